"""How ksqlDB tells of an error's causes (ErrorMessageUtil.buildErrorMessage)."""

from __future__ import annotations

WIDTH, BREAK = 80, "\n\t"


def with_causes(message: str, *causes: str) -> str:
    """The message and, each on lines of its own, what it comes from.

    >>> with_causes("It failed.", "No reason was given.")
    'It failed.\\nCaused by: No reason was given.'
    """
    told = [cause for cause in dict.fromkeys(causes) if cause and cause not in message]
    return "\n".join([message, *(_wrapped(f"Caused by: {cause}") for cause in told)])


def _wrapped(text: str) -> str:
    """Lines of at most 80 characters; a line break in the text counts as a character (commons-text's WordUtils.wrap)."""
    lines, start = [], 0
    while start < len(text):
        if text[start] == " ":
            start += 1
            continue
        if len(text) - start <= WIDTH:
            break
        space = text.rfind(" ", start, start + WIDTH + 1)
        end = start + WIDTH if space < 0 else space
        lines.append(text[start:end])
        start = end if space < 0 else end + 1
    return BREAK.join([*lines, text[start:]])
