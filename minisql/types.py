"""ksqlDB's SQL types, and which Python value stands for each while a row is processed.

=================  =========================================================
BOOLEAN            ``bool``
INTEGER, BIGINT    ``int`` within 32 and 64 bits
DOUBLE             ``float``
DECIMAL(p, s)      ``decimal.Decimal`` with exactly ``s`` decimals
STRING             ``str``
BYTES              ``bytes``
DATE               ``int``, days since the epoch
TIME               ``int``, milliseconds of the day
TIMESTAMP          ``int``, milliseconds since the epoch
ARRAY<T>           ``list``, never changed once it is in a row
MAP<K, V>          ``dict``, likewise
STRUCT<F T, ...>   ``dict`` from field name to value, all fields, in their order
NULL               ``None``
=================  =========================================================

``str(type)`` is ksqlDB's text of the type.
"""

from __future__ import annotations

from minisql.names import quote
from minisql.record import Record


class SqlType(Record):
    """A SQL type; equal when its text is equal."""


class SqlPrimitive(SqlType):
    """A type without parameters."""

    name: str

    def __str__(self) -> str:
        return self.name


class SqlDecimal(SqlType):
    """DECIMAL(precision, scale)."""

    precision: int
    scale: int

    def __str__(self) -> str:
        return f"DECIMAL({self.precision}, {self.scale})"


class SqlArray(SqlType):
    """ARRAY<item>."""

    item: SqlType

    def __str__(self) -> str:
        return f"ARRAY<{self.item}>"


class SqlMap(SqlType):
    """MAP<key, value>."""

    key: SqlType
    value: SqlType

    def __str__(self) -> str:
        return f"MAP<{self.key}, {self.value}>"


class SqlStruct(SqlType):
    """STRUCT<name type, ...>; the order of the fields matters."""

    fields: tuple[tuple[str, SqlType], ...]

    def __str__(self) -> str:
        inner = ", ".join(f"{quote(name)} {kind}" for name, kind in self.fields)
        return f"STRUCT<{inner}>" if inner else "STRUCT< >"

    def field(self, name: str) -> SqlType | None:
        """The type of the field called ``name`` (exact case), or None."""
        return next((kind for field, kind in self.fields if field == name), None)


BOOLEAN = SqlPrimitive("BOOLEAN")
INTEGER = SqlPrimitive("INTEGER")
BIGINT = SqlPrimitive("BIGINT")
DOUBLE = SqlPrimitive("DOUBLE")
STRING = SqlPrimitive("STRING")
BYTES = SqlPrimitive("BYTES")
DATE = SqlPrimitive("DATE")
TIME = SqlPrimitive("TIME")
TIMESTAMP = SqlPrimitive("TIMESTAMP")

PRIMITIVES: dict[str, SqlPrimitive] = {
    **{kind.name: kind for kind in (BOOLEAN, INTEGER, BIGINT, DOUBLE, STRING, BYTES, DATE, TIME, TIMESTAMP)},
    "INT": INTEGER,
    "VARCHAR": STRING,
}
"""Type names of the grammar, upper case, to types."""

INT_MIN, INT_MAX = -(2**31), 2**31 - 1
BIGINT_MIN, BIGINT_MAX = -(2**63), 2**63 - 1


def literal_type(value: object) -> SqlType | None:
    """The type of a literal with this value; None for NULL."""
    if value is None:
        return None
    if isinstance(value, bool):
        return BOOLEAN
    if isinstance(value, int):
        return INTEGER if INT_MIN <= value <= INT_MAX else BIGINT
    return STRING if isinstance(value, str) else DOUBLE


def is_numeric(kind: SqlType | None) -> bool:
    """Whether ``kind`` is INTEGER, BIGINT, DOUBLE or a DECIMAL."""
    return kind in (INTEGER, BIGINT, DOUBLE) or isinstance(kind, SqlDecimal)


class SqlLambda(SqlType):
    """The type of a lambda argument while a function is resolved; no column has it."""

    inputs: tuple[SqlType | None, ...]
    returns: SqlType | None

    def __str__(self) -> str:
        return f"LAMBDA ({', '.join(map(str, self.inputs))}) => {self.returns}"


class SqlInterval(SqlType):
    """The type of DAYS, HOURS, ... as an argument of a function."""

    def __str__(self) -> str:
        return "INTERVALUNIT"
