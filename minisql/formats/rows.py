"""What every format gives: rows to bytes and back."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from minisql.errors import SerdeError
from minisql.types import SqlType

Row = tuple[Any, ...]
Fields = tuple[tuple[str, SqlType], ...]
"""Names and types of the columns that lie in a key or in a value."""


class Rows:
    """A format applied to columns. A value codec is one; a key codec has one inside.

    Two are equal when they do the same, so that a reader knows when it can take a writer's rows as they are.
    ``encode`` and ``decode`` may be made when they are first asked for.

    Law: ``decode(encode(row)) == normalize(row)``, where no ``normalize`` means the row itself. A row that can be
    written but not read breaks it; such a codec equals no other.
    """

    raw = False
    shared = True
    """Whether its equals may take rows as they are; what can be written but not read must go by way of the bytes."""

    def __init__(self, *identity: Hashable) -> None:
        self._identity = (type(self), *identity)
        self._hash = hash(self._identity)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, Rows) and self._hash == other._hash and self._identity == other._identity

    def __hash__(self) -> int:
        return self._hash

    @property
    def encode(self) -> Callable[[Row | None], bytes | None]:
        """A function from a row, or None, to bytes; it raises SerdeError when the format cannot hold the row."""
        raise NotImplementedError

    @property
    def decode(self) -> Callable[[bytes | None], Row | None]:
        """A function from bytes to a row; it raises SerdeError, and nothing else, for bytes that are not a row."""
        raise NotImplementedError

    @property
    def normalize(self) -> Callable[[Row | None], Row | None] | None:
        """What a row becomes by being written and read; None when it stays as it is."""
        return None

    @property
    def kept(self) -> Callable[[Row | None], Row | None] | None:
        """What a topic keeps of a row: what becomes of it by being written and read."""
        return self.normalize

    @property
    def unchanged(self) -> str | None:
        """For rows of one column: Python code over the bare value ``{0}``, true only where ``normalize`` changes nothing."""
        return None

    def to_json(self, row: Row | None) -> Any:
        """The row as ``json.loads`` would give it, decimals as Decimal."""
        raise NotImplementedError

    def from_json(self, value: Any) -> Row | None:
        """A row from what a program gives for it; the inverse of ``to_json``, and more lenient.

        Raises:
            SerdeError: the value does not fit the columns.
        """
        raise NotImplementedError

    def placed_by(self, key: Any) -> bytes | None:
        """None: values do not decide on the partition."""
        return None

    def window(self, key: Any) -> tuple[int, int] | None:
        """None: values have no window."""
        return None


class NoRows(Rows):
    """Nothing is written, and whatever lies there is not read."""

    @property
    def encode(self) -> Callable[[Row | None], bytes | None]:
        """Row -> None."""
        return lambda row: None

    @property
    def decode(self) -> Callable[[bytes | None], Row | None]:
        """Bytes -> None."""
        return lambda data: None

    @property
    def normalize(self) -> Callable[[Row | None], Row | None]:
        """Row -> None."""
        return lambda row: None

    def to_json(self, row: Row | None) -> Any:
        """None."""

    def from_json(self, value: Any) -> Row | None:
        """None; raises SerdeError for anything else than None."""
        if value is not None:
            raise SerdeError(f"there are no columns to hold {value!r}")
        return None
