"""What an expression can speak of: columns, the ways into them, and functions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, islice

from minisql.dialect import quoted_name
from minisql.schema import Column
from minisql.strategies.columns import PLAIN
from minisql.strategies.signatures import Signatures
from minisql.types import SqlArray, SqlMap, SqlStruct, SqlType

Named = tuple[str, SqlType]
"""SQL of a value, and its type."""

_DEEP = 3
"""How many steps lead into a column at most."""


class Scope:
    """What the expressions of one place can speak of.

    Attributes:
        named: columns and the like: whatever stands for a value of a type.
        signatures: the functions.
        kinds: types worth asking for: those of columns and of what lies in them, then plain ones.
        lambdas: how many lambdas are around.
        interpreted: ksqlDB's interpreter evaluates them, as in pull queries on tables: it can do less than the compiler.
    """

    def __init__(self, named: Sequence[Named], signatures: Signatures, lambdas: int = 0, interpreted: bool = False) -> None:
        self.named = tuple(named)
        self.signatures = signatures
        self.lambdas = lambdas
        self.interpreted = interpreted
        self._paths: dict[SqlType, list[str]] = {}
        for text, kind in self.named:
            for path, inner in _ways_into(text, kind, _DEEP):
                self._paths.setdefault(inner, []).append(path)
        self.kinds = tuple(dict.fromkeys((*self._paths, *PLAIN)))

    def paths(self, kind: SqlType) -> Sequence[str]:
        """Columns of this type, and elements, entries and fields of columns."""
        return self._paths.get(kind, ())

    def within(self, kinds: Sequence[SqlType]) -> tuple[list[str], Scope]:
        """The names of a lambda's variables of these types, and what its body can speak of."""
        taken = {text for text, _ in self.named}
        free = (name for number in count(self.lambdas + 1) if (name := f"X{number}") not in taken)
        names = list(islice(free, len(kinds)))
        inner = [*zip(names, kinds, strict=True), *self.named]
        return names, Scope(inner, self.signatures, self.lambdas + len(kinds), self.interpreted)


def named(columns: Sequence[Column], qualifier: str = "") -> list[Named]:
    """Columns as expressions name them: ``V`` or ``S.V``."""
    prefix = f"{quoted_name(qualifier)}." if qualifier else ""
    return [(prefix + quoted_name(column.name), column.type) for column in columns]


def _ways_into(text: str, kind: SqlType, deep: int) -> Iterator[Named]:
    yield text, kind
    if not deep:
        return
    if isinstance(kind, SqlArray):
        yield from _ways_into(f"{text}[1]", kind.item, deep - 1)
    elif isinstance(kind, SqlMap):
        yield from _ways_into(f"{text}['a']", kind.value, deep - 1)
    elif isinstance(kind, SqlStruct):
        for name, field in kind.fields:
            yield from _ways_into(f"{text}->{quoted_name(name)}", field, deep - 1)
