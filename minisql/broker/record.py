"""What lies on a topic: entries, and how their bytes are made when somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

Header = tuple[str, "bytes | None"]
Entry = tuple[Any, Any, int, tuple[Header, ...]]
"""``(key, row, timestamp, headers)``; a windowed key is ``(key, start, end)``."""


class Codec(Protocol):
    """One side (keys or values) of how records become bytes. Codecs that do the same are equal.

    ``raw`` tells that items are bytes, of which nobody has said what they mean.
    """

    @property
    def raw(self) -> bool:
        """Whether keys or rows are plain bytes."""

    @property
    def encode(self) -> Callable[[Any], bytes | None]:
        """A function from a key or row to its bytes."""

    @property
    def decode(self) -> Callable[[bytes | None], Any]:
        """A function from bytes to the key or row; it raises SerdeError, and nothing else."""

    def placed_by(self, key: Any) -> bytes | None:
        """The bytes that decide on a key's partition; None when nothing does."""

    def to_json(self, item: Any) -> Any:
        """The key or row as ``json.loads`` would give it, without a window."""

    def from_json(self, value: Any) -> Any:
        """The key or row, without a window, for what a program gives; raises SerdeError when it does not fit."""

    def window(self, key: Any) -> tuple[int, int] | None:
        """Start and end of the key's window, if keys have one."""


class RecordCodec(NamedTuple):
    """The codecs of both sides of a record."""

    key: Codec
    value: Codec


class Record(NamedTuple):
    """A record as a reader of the topic sees it.

    ``key`` and ``value`` are decoded "as JSON would hold them", or are bytes where bytes were asked for
    or where nobody knows how to decode them. ``window`` is ``(start, end)`` of a windowed key.
    """

    key: Any
    value: Any
    timestamp: int
    partition: int
    offset: int
    headers: tuple[Header, ...]
    window: tuple[int, int] | None


class RawCodec:
    """Keys or values that are bytes already."""

    __slots__ = ()
    raw = True

    def encode(self, item: Any) -> Any:
        """The bytes themselves."""
        return item

    def decode(self, data: bytes | None) -> bytes | None:
        """The bytes themselves."""
        return data

    def placed_by(self, key: bytes | None) -> bytes | None:
        """All of the key."""
        return key

    def to_json(self, item: bytes | None) -> bytes | None:
        """The bytes themselves."""
        return item

    def from_json(self, value: bytes | None) -> bytes | None:
        """The bytes themselves."""
        return value

    def window(self, key: bytes | None) -> tuple[int, int] | None:
        """None: what the bytes mean is not known."""
        return None


_BYTES = RawCodec()

RAW = RecordCodec(_BYTES, _BYTES)
"""The codec of entries whose key and row are bytes or None."""
