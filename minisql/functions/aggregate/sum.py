"""SUM and SUM_LIST: nothing sums up to 0, whole numbers wrap as Java's do."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Generic, TypeVar

from minisql.errors import KsqlError
from minisql.functions.registry import aggregate
from minisql.functions.rules import first
from minisql.java import decimal_text, wrap32, wrap64
from minisql.types import BIGINT_MAX, BIGINT_MIN, INT_MAX, INT_MIN, SqlDecimal, SqlType

Number = TypeVar("Number", int, float)


@aggregate("SUM(val1 INT) -> INT")
class SumInteger:
    """The sum of the values of a column; of a DECIMAL column with the column's type."""

    def initialize(self) -> int:
        return 0

    def aggregate(self, state: int, value: int | None) -> int:
        return state if value is None else state + value if INT_MIN <= state + value <= INT_MAX else wrap32(state + value)

    def merge(self, one: int, other: int) -> int:
        return wrap32(one + other)

    def undo(self, state: int, value: int | None) -> int:
        return state if value is None else wrap32(state - value)


@aggregate("SUM(val1 BIGINT) -> BIGINT")
class SumBigint:
    """The sum of the values of a BIGINT column."""

    def initialize(self) -> int:
        return 0

    def aggregate(self, state: int, value: int | None) -> int:
        return state if value is None else state + value if BIGINT_MIN <= state + value <= BIGINT_MAX else wrap64(state + value)

    def merge(self, one: int, other: int) -> int:
        return wrap64(one + other)

    def undo(self, state: int, value: int | None) -> int:
        return state if value is None else wrap64(state - value)


@aggregate("SUM(val1 DOUBLE) -> DOUBLE")
class SumDouble:
    """The sum of the values of a DOUBLE column."""

    def initialize(self) -> float:
        return 0.0

    def aggregate(self, state: float, value: float | None) -> float:
        return state if value is None else state + value

    def merge(self, one: float, other: float) -> float:
        return one + other

    def undo(self, state: float, value: float | None) -> float:
        return state if value is None else state - value


@aggregate("SUM(val1 DECIMAL) -> DECIMAL", returns=first)
class SumDecimal:
    """The sum of the values of a DECIMAL column, of the same type; it must not outgrow that."""

    def bind_types(self, kinds: Sequence[SqlType | None]) -> None:
        kind = kinds[0]
        assert isinstance(kind, SqlDecimal)
        self.type = kind
        self.digits = kind.precision - kind.scale
        self.limit = Decimal(10) ** self.digits
        self.context = Context(prec=kind.precision, rounding=ROUND_HALF_UP)

    def initialize(self) -> Decimal:
        return Decimal(0)

    def aggregate(self, state: Decimal, value: Decimal | None) -> Decimal:
        return state if value is None else self.fit(self.context.add(state, value))

    def fit(self, value: Decimal) -> Decimal:
        """``value``, if it has not too many digits before the point."""
        if abs(value) < self.limit:
            return value
        raise KsqlError(
            f"Numeric field overflow: A field with precision {self.type.precision} and scale {self.type.scale} "
            f"must round to an absolute value less than 10^{self.digits}. Got {decimal_text(value)}"
        )

    def merge(self, one: Decimal, other: Decimal) -> Decimal:
        return self.context.add(one, other)

    def undo(self, state: Decimal, value: Decimal | None) -> Decimal:
        return state if value is None else self.context.subtract(state, value)


class SumList(Generic[Number]):
    """The sum of the elements of a column's arrays."""

    zero: Number

    def wrap(self, value: Number) -> Number:
        """``value`` as its type holds it."""
        return value

    def total(self, values: Iterable[Number | None]) -> Number:
        """The sum of those ``values`` that are not NULL."""
        return sum((value for value in values if value is not None), self.zero)

    def initialize(self) -> Number:
        return self.zero

    def aggregate(self, state: Number, values: list[Number | None] | None) -> Number:
        return state if values is None else self.wrap(state + self.total(values))

    def merge(self, one: Number, other: Number) -> Number:
        return self.wrap(one + other)

    def undo(self, state: Number, values: list[Number | None] | None) -> Number:
        return state if values is None else self.wrap(state - self.total(values))


@aggregate("sum_list(val1 ARRAY<DOUBLE>) -> DOUBLE")
class SumDoubles(SumList[float]):
    """The sum of the elements of a column's arrays."""

    zero = 0.0


@aggregate("sum_list(val1 ARRAY<INT>) -> INT")
class SumIntegers(SumList[int]):
    """The sum of the elements of a column's INT arrays."""

    zero = 0

    def wrap(self, value: int) -> int:
        return wrap32(value)


@aggregate("sum_list(val1 ARRAY<BIGINT>) -> BIGINT")
class SumBigints(SumList[int]):
    """The sum of the elements of a column's BIGINT arrays."""

    zero = 0

    def wrap(self, value: int) -> int:
        return wrap64(value)
