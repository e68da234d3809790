"""Whether Java's DateTimeFormatter would take a pattern, and what it says when not."""

from __future__ import annotations

import re

_RUN = re.compile(r"'(?:[^']|'')*'?|([A-Za-z])\1*|.", re.DOTALL)

_MOST: dict[str, int] = {
    **dict.fromkeys("GMLQqEecZ", 5),
    **dict.fromkeys("dhHkKmsw", 2),
    **dict.fromkeys("aWF", 1),
    **dict.fromkeys("uyYAnNg", 19),
    **dict.fromkeys("Xx", 5),
    **dict.fromkeys("zv", 4),
    "D": 3,
    "S": 9,
    "B": 5,
    "V": 2,
    "O": 4,
}
"""Pattern letter to the longest run of it."""


def pattern_fault(pattern: str) -> str | None:
    """The reason why Java refuses ``pattern``, or None when it takes it."""
    depth = 0
    runs = [match.group() for match in _RUN.finditer(pattern)]
    for position, run in enumerate(runs):
        depth += (run == "[") - (run == "]")
        if depth < 0:
            return "Pattern invalid as it contains ] without previous ["
        fault = _quote_fault(run, pattern) or _letter_fault(run, runs[position + 1 : position + 2], pattern)
        if fault:
            return fault
    return None


def _quote_fault(run: str, pattern: str) -> str | None:
    if run[0] == "'" and (len(run) == 1 or not run.endswith("'")):
        return f"Pattern ends with an incomplete string literal: {pattern}"
    if run in ("{", "}", "#"):
        return f"Pattern includes reserved character: '{run}'"
    return None


def _letter_fault(run: str, following: list[str], pattern: str) -> str | None:
    letter = run[0]
    if not (letter.isascii() and letter.isalpha()):
        return None
    if letter == "p":
        padded = bool(following) and following[0].isalpha()
        return None if padded else f"Pad letter 'p' must be followed by valid pad pattern: {pattern}"
    if letter not in _MOST:
        return f"Unknown pattern letter: {letter}"
    if letter == "V" and len(run) != 2:
        return f"Pattern letter count must be 2: {letter}"
    if letter == "O" and len(run) not in (1, 4):
        return f"Pattern letter count must be 1 or 4: {letter}"
    if len(run) > _MOST[letter]:
        return f"Too many pattern letters: {letter}"
    return None
