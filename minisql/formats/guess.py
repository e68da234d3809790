"""Which formats bytes may be in: PRINT finds out by trying all of them, as ksqlDB does."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from struct import error as StructError

from minisql.formats.json.scan import read_text
from minisql.java import double_text
from minisql.types import BIGINT_MAX

Reader = Callable[[bytes], str]
"""Bytes to text; it raises ValueError or StructError for bytes that are not in its format."""

NOTHING_SEEN = "¯\\_(ツ)_/¯ - no data processed"
_NOT_MATCHED = (ValueError, StructError)
_REPLACEMENT = "\ufffd"
_INT, _BIGINT, _DOUBLE = Struct(">i"), Struct(">q"), Struct(">d")
_SESSION = Struct(">qq")


class Guess:
    """The formats in which all keys, or all values, seen so far can be read.

    Args:
        windowed: whether they may be windowed keys.
        registered: readers of the formats whose schemas lie in a registry: AVRO, PROTOBUF and JSON_SR.
    """

    def __init__(self, windowed: bool, registered: dict[str, Reader] | None = None) -> None:
        self._left = dict(_readers(registered or {}, windowed))
        self._seen = False

    @property
    def names(self) -> list[str]:
        """The formats that are left, the likeliest first."""
        return list(self._left) if self._seen else [NOTHING_SEEN]

    def text(self, data: bytes | None) -> str:
        """The data as the likeliest format has it; formats in which it cannot be read are out from now on."""
        if data is None:
            return "<null>"
        self._seen = True
        texts = {name: _attempt(reader, data) for name, reader in self._left.items()}
        self._left = {name: reader for name, reader in self._left.items() if texts[name] is not None}
        return next((text for text in texts.values() if text is not None), bytes_text(data))


def bytes_text(data: bytes) -> str:
    """Bytes of no known format: printable ASCII as it is, the rest in hexadecimal.

    >>> bytes_text(b"ab\\x00\\xff")
    'ab\\\\x00\\\\xFF'
    """
    return "".join(chr(each) if 32 <= each < 127 and each != 92 else f"\\x{each:02X}" for each in data)


def _attempt(reader: Reader, data: bytes) -> str | None:
    try:
        return reader(data)
    except _NOT_MATCHED:
        return None


def _readers(registered: dict[str, Reader], windowed: bool) -> list[tuple[str, Reader]]:
    plain = {name: registered[name] for name in ("AVRO", "PROTOBUF") if name in registered} | {"JSON": _json}
    plain |= {name: registered[name] for name in ("JSON_SR",) if name in registered} | _KAFKA
    if not windowed:
        return list(plain.items())
    return [each for name, reader in plain.items() for each in (*_windowed(name, reader), (name, reader))]


def _windowed(name: str, reader: Reader) -> list[tuple[str, Reader]]:
    def session(data: bytes) -> str:
        end, start = _SESSION.unpack(data[-_SESSION.size :])
        if not 0 <= start <= end:
            raise ValueError("not a session")
        return f"[{reader(data[: -_SESSION.size])}@{start}/{end}]"

    def window(data: bytes) -> str:
        """A window's end is not in its key."""
        (start,) = _BIGINT.unpack(data[-_BIGINT.size :])
        if not 0 <= start < BIGINT_MAX:
            raise ValueError("not a window")
        return f"[{reader(data[: -_BIGINT.size])}@{start}/-]"

    return [(f"SESSION({name})", session), (f"HOPPING({name})", window), (f"TUMBLING({name})", window)]


def _string(data: bytes) -> str:
    text = data.decode()
    if not text or _REPLACEMENT in text:
        raise ValueError("not a text")
    return text


def _json(data: bytes) -> str:
    """Text that starts with JSON: ksqlDB does not look at what comes after it."""
    text = _string(data)
    read_text(text)
    return text


_KAFKA: dict[str, Reader] = {
    "KAFKA_INT": lambda data: str(_INT.unpack(data)[0]),
    "KAFKA_BIGINT": lambda data: str(_BIGINT.unpack(data)[0]),
    "KAFKA_DOUBLE": lambda data: double_text(_DOUBLE.unpack(data)[0]),
    "KAFKA_STRING": _string,
}
