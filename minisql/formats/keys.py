"""Keys: bare values and tuples over the rows of a format, and windowed keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from struct import Struct
from typing import Any

from minisql.errors import SerdeError
from minisql.formats.info import WindowInfo
from minisql.formats.rows import Row, Rows
from minisql.types import BIGINT_MAX

Encode = Callable[[Any], "bytes | None"]
Decode = Callable[["bytes | None"], Any]


class KeyCodec:
    """Keys of a format: a bare value for one column, a tuple for several.

    Args:
        rows: the format's.
        columns: how many there are.
        bodiless: whether a key without columns is something other than null, as JSON's ``{}`` is; it is ``()`` then.
    """

    raw = False

    def __init__(self, rows: Rows, columns: int, bodiless: bool = False) -> None:
        self._rows = rows
        self._columns = columns
        self._bodiless = bodiless and not columns

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, KeyCodec) and self._rows == other._rows)

    def __hash__(self) -> int:
        return hash(self._rows)

    @cached_property
    def encode(self) -> Encode:
        """Key -> bytes; raises SerdeError when the format cannot hold the key."""
        encode = self._rows.encode
        if self._columns > 1 or self._bodiless:
            return encode
        if not self._columns:
            return lambda key: None
        return lambda key: None if key is None else encode((key,))

    @cached_property
    def decode(self) -> Decode:
        """Bytes -> key; raises SerdeError, and nothing else."""
        decode = self._rows.decode
        if self._columns > 1 or self._bodiless:
            return decode

        def bare(data: bytes | None) -> Any:
            row = decode(data)
            return row[0] if row else None

        return bare

    @property
    def void(self) -> bool:
        """Whether all keys are null, since there are no columns."""
        return not self._columns and not self._bodiless

    @property
    def inner(self) -> KeyCodec:
        """The codec of the key without its window: this one."""
        return self

    @property
    def unchanged(self) -> str | None:
        """A quick test, as Python code over ``{0}``, that is true only for keys that ``normalize`` leaves as they are."""
        return self._rows.unchanged if self._columns == 1 else None

    @cached_property
    def normalize(self) -> Callable[[Any], Any] | None:
        """What a key becomes by being written and read; None when it stays as it is."""
        if self.void:
            return _no_key
        normalize = self._rows.normalize
        if normalize is None or self._columns != 1:
            return normalize

        def bare(key: Any) -> Any:
            row = None if key is None else normalize((key,))
            return row[0] if row else None

        return bare

    @cached_property
    def of_null(self) -> Any:
        """How a key is read whose one column is NULL: Protobuf writes it, and knows no NULL of its own types."""
        normalize = self._rows.normalize
        row = None if normalize is None or self._columns != 1 else normalize((None,))
        return row[0] if row else None

    def placed_by(self, key: Any) -> bytes | None:
        """The key's bytes: Kafka's default partitioner hashes them."""
        return self.encode(key)

    def to_json(self, key: Any) -> Any:
        """The key as ``json.loads`` would give it."""
        return self._rows.to_json(self._row(key))

    def from_json(self, value: Any) -> Any:
        """A key from what a program gives for it; raises SerdeError when it does not fit the columns."""
        row = self._rows.from_json(value)
        return row if self._columns > 1 or self._bodiless or row is None else row[0] if row else None

    def window(self, key: Any) -> tuple[int, int] | None:
        """None: these keys have no window."""
        return None

    def _row(self, key: Any) -> Row | None:
        return key if key is None or self._columns != 1 else (key,)


def _no_key(key: Any) -> None:
    """What becomes of a key where there is none."""


class WindowedKeyCodec:
    """Keys with a window, ``(key, start, end)``, laid out as Kafka Streams' windowed serdes do.

    A time window has its start behind the key; a session has its end and then its start.
    """

    raw = False

    def __init__(self, inner: KeyCodec, info: WindowInfo) -> None:
        self.inner = inner
        self._size = info.size
        self._session = info.size is None
        self._bounds = Struct(">qq" if self._session else ">q")

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, WindowedKeyCodec) and self.inner == other.inner and self._size == other._size)

    def __hash__(self) -> int:
        return hash((self.inner, self._size))

    @cached_property
    def normalize(self) -> Callable[[Any], Any] | None:
        """What a key becomes by being written and read; None when it stays as it is."""
        normalize = self.inner.normalize
        if normalize is None:
            return None
        return lambda key: None if key is None else (normalize(key[0]), key[1], key[2])

    def encode(self, key: Any, /) -> bytes | None:
        """Key -> bytes; raises SerdeError when the format cannot hold the key."""
        if key is None:
            return None
        bare, start, end = key
        bounds = self._bounds.pack(end, start) if self._session else self._bounds.pack(start)
        return (self.inner.encode(bare) or b"") + bounds

    def decode(self, data: bytes | None, /) -> Any:
        """Bytes -> key; raises SerdeError, and nothing else."""
        if not data:
            return None
        split = len(data) - self._bounds.size
        if split < 0:
            # Java's exception when it makes the array for the inner key.
            raise SerdeError(str(split))
        bounds = self._bounds.unpack_from(data, split)
        end, start = bounds if self._session else (self._end(bounds[0]), bounds[0])
        return self.inner.decode(data[:split]), start, end

    def placed_by(self, key: Any) -> bytes | None:
        """The bytes of the key without its window: Kafka Streams puts all windows of a key into one partition."""
        return None if key is None else self.inner.placed_by(key[0])

    def to_json(self, key: Any) -> Any:
        """The key without its window."""
        return None if key is None else self.inner.to_json(key[0])

    def from_json(self, value: Any) -> Any:
        """A key without its window, from what a program gives for it."""
        return self.inner.from_json(value)

    def window(self, key: Any) -> tuple[int, int] | None:
        """Start and end."""
        return None if key is None else (key[1], key[2])

    def _end(self, start: int) -> int:
        end = start + (self._size or 0)
        return end if end <= BIGINT_MAX else BIGINT_MAX
