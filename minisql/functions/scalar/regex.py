"""Regular expressions, in Java's dialect."""

from minisql.errors import KsqlError
from minisql.functions.java_regex.pattern import Pattern, compiled
from minisql.functions.java_regex.reader import PatternError
from minisql.functions.java_regex.replacement import replace_all
from minisql.functions.registry import scalar

CATEGORY = "REGULAR EXPRESSION"


@scalar(
    "regexp_extract(pattern STRING, input STRING) -> STRING",
    "regexp_extract(pattern STRING, input STRING, group INT) -> STRING",
)
def regexp_extract(pattern: str, text: str, group: int = 0) -> str | None:
    """The first part of a text that matches a pattern, or what a group of the pattern matches there.

    NULL where nothing matches, or the pattern has no such group.

    >>> REGEXP_EXTRACT('(.*) (.*)', 'hello there', 2)
    'there'
    """
    known = compiled(pattern)
    match = known.find(text) if group <= known.groups else None
    return None if match is None else known.group(match, group)


@scalar(
    "regexp_extract_all(pattern STRING, input STRING) -> ARRAY<STRING>",
    "regexp_extract_all(pattern STRING, input STRING, group INT) -> ARRAY<STRING>",
)
def regexp_extract_all(pattern: str, text: str, group: int = 0) -> list[str | None] | None:
    """All parts of a text that match a pattern, or what a group of the pattern matches in them.

    NULL where the pattern has no such group.

    >>> REGEXP_EXTRACT_ALL('(\\w)\\w*', 'hello there', 1)
    ['h', 't']
    """
    known = valid(pattern)
    return None if group > known.groups else [known.group(match, group) for match in known.find_all(text)]


@scalar("regexp_replace(str STRING, regexp STRING, newStr STRING) -> STRING")
def regexp_replace(text: str, pattern: str, replacement: str) -> str:
    """Replace each part of a text that matches a pattern; $1 stands for what the first group matches there.

    >>> REGEXP_REPLACE('ab12', '([a-z])(\\d)', '$2$1')
    'a1b2'
    """
    return replace_all(valid(pattern), text, replacement)


@scalar("regexp_split_to_array(string STRING, regexp STRING) -> ARRAY<STRING>")
def regexp_split_to_array(text: str, pattern: str) -> list[str]:
    """Cut a text wherever a pattern matches; a pattern that matches nothing cuts after each character.

    >>> REGEXP_SPLIT_TO_ARRAY('a1b22c', '\\d')
    ['a', 'b', '', 'c']
    >>> REGEXP_SPLIT_TO_ARRAY('abc', '')
    ['a', 'b', 'c']
    """
    known = valid(pattern)
    return known.split(text) if known.is_whole("") else known.pieces(text)


def valid(pattern: str) -> Pattern:
    """The pattern of a text.

    Raises:
        KsqlError: it is none.
    """
    try:
        return compiled(pattern)
    except PatternError:
        raise KsqlError(f"Invalid regular expression pattern: {pattern}") from None
