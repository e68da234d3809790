"""Strings and bytes cut to pieces at a delimiter."""

from minisql.functions.registry import scalar
from minisql.functions.utf16 import split_units
from minisql.java import map_order

CATEGORY = "STRING"


@scalar("split(string STRING, delimiter STRING) -> ARRAY<STRING>")
def split(text: str, delimiter: str) -> list[str]:
    """Cut a text, or bytes, at each delimiter; without a delimiter, after each character.

    >>> SPLIT('a,,b', ',')
    ['a', '', 'b']
    >>> SPLIT('abc', '')
    ['a', 'b', 'c']
    """
    return text.split(delimiter) if delimiter else list(split_units(text)) or [""]


@scalar("split(bytes BYTES, delimiter BYTES) -> ARRAY<BYTES>")
def split_bytes(data: bytes, delimiter: bytes) -> list[bytes]:
    """Cut bytes at each delimiter; without a delimiter, after each byte.

    >>> SPLIT(TO_BYTES('a-b', 'utf8'), TO_BYTES('-', 'utf8'))
    [b'a', b'b']
    """
    return data.split(delimiter) if delimiter else [bytes([byte]) for byte in data] or [b""]


@scalar("split_to_map(input STRING, entryDelimiter STRING, kvDelimiter STRING) -> MAP<STRING, STRING>")
def split_to_map(text: str, entry_delimiter: str, pair_delimiter: str) -> dict[str, str] | None:
    """Cut a text into entries, and each entry into a key and a value; what has no value is left out.

    NULL where a delimiter is empty or both are the same. Of entries with the same key the last one counts.

    >>> SPLIT_TO_MAP('a=1;b=2;a=3;c', ';', '=')
    {'a': '3', 'b': '2'}
    """
    if not entry_delimiter or not pair_delimiter or entry_delimiter == pair_delimiter:
        return None
    entries = (entry.split(pair_delimiter) for entry in text.split(entry_delimiter))
    found: dict[str | None, str] = {entry[0]: entry[1] for entry in entries if len(entry) > 1}
    return {key: found[key] for key in map_order(found) if key is not None}
