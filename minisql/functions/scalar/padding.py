"""LPAD and RPAD: strings and bytes of a given length."""

from typing import TypeVar

from minisql.functions.registry import scalar
from minisql.functions.utf16 import join_units, split_units

CATEGORY = "STRING"

MOST = 2**28
"""Characters that are filled up at the most."""

Text = TypeVar("Text", str, bytes)


@scalar("LPad(input STRING, targetLen INT, padding STRING) -> STRING")
def lpad(text: str, length: int, padding: str) -> str | None:
    """Fill a text, or bytes, up in front to a length; what is longer is cut off at the end.

    NULL where the padding is empty or the length negative.

    >>> LPAD('foo', 7, 'Bar')
    'BarBfoo'
    >>> LPAD('foo', 2, 'Bar')
    'fo'
    """
    if length < 0 or not padding:
        return None
    text, padding = split_units(text), split_units(padding)
    return join_units(_filler(length - len(text), padding) + text[:length])


@scalar("LPad(input BYTES, targetLen INT, padding BYTES) -> BYTES")
def lpad_bytes(data: bytes, length: int, padding: bytes) -> bytes | None:
    """Fill bytes up in front to a length.

    >>> LPAD(TO_BYTES('foo', 'utf8'), 5, TO_BYTES('-', 'utf8'))
    b'--foo'
    """
    return None if length < 0 or not padding else _filler(length - len(data), padding) + data[:length]


@scalar("RPad(input STRING, targetLen INT, padding STRING) -> STRING")
def rpad(text: str, length: int, padding: str) -> str | None:
    """Fill a text, or bytes, up at the end to a length; what is longer is cut off.

    NULL where the padding is empty or the length negative.

    >>> RPAD('foo', 7, 'Bar')
    'fooBarB'
    """
    if length < 0 or not padding:
        return None
    text, padding = split_units(text), split_units(padding)
    return join_units(text[:length] + _filler(length - len(text), padding))


@scalar("RPad(input BYTES, targetLen INT, padding BYTES) -> BYTES")
def rpad_bytes(data: bytes, length: int, padding: bytes) -> bytes | None:
    """Fill bytes up at the end to a length.

    >>> RPAD(TO_BYTES('foo', 'utf8'), 5, TO_BYTES('-', 'utf8'))
    b'foo--'
    """
    return None if length < 0 or not padding else data[:length] + _filler(length - len(data), padding)


def _filler(length: int, padding: Text) -> Text:
    """As much of the padding, again and again, as fills ``length``.

    Raises:
        ValueError: the memory of a server, and of this machine, would end before that.
    """
    if length > MOST:
        raise ValueError("Java heap space")
    return (padding * (length // len(padding) + 1))[: max(length, 0)]
