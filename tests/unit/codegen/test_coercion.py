"""The strict rules of INSERT VALUES, and the lax ones of literals in lists."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from minisql.codegen.coercion import CoercionError, can_coerce, coerce, coerce_literal
from minisql.types import (
    BIGINT,
    BOOLEAN,
    BYTES,
    DATE,
    DOUBLE,
    INTEGER,
    STRING,
    TIME,
    TIMESTAMP,
    SqlArray,
    SqlDecimal,
    SqlMap,
    SqlStruct,
    SqlType,
)

D42 = SqlDecimal(4, 2)
PERSON = SqlStruct((("NAME", STRING), ("AGE", BIGINT)))


@pytest.mark.parametrize(
    ("value", "given", "wanted", "result"),
    [
        (None, None, INTEGER, None),
        (1, INTEGER, BIGINT, 1),
        (1, INTEGER, DOUBLE, 1.0),
        (1, BIGINT, D42, Decimal("1.00")),
        (Decimal("1.5"), SqlDecimal(2, 1), D42, Decimal("1.50")),
        (Decimal("1.5"), SqlDecimal(2, 1), DOUBLE, 1.5),
        (" 1970-01-02 ", STRING, DATE, 1),
        ("00:00:01", STRING, TIME, 1000),
        ("1970-01-01T00:00:01Z", STRING, TIMESTAMP, 1000),
        ("YWI=", STRING, BYTES, b"ab"),
        ([1, None], SqlArray(INTEGER), SqlArray(DOUBLE), [1.0, None]),
        ({"a": 1}, SqlMap(STRING, INTEGER), SqlMap(STRING, BIGINT), {"a": 1}),
        ({"AGE": 3, "X": 1}, SqlStruct((("AGE", INTEGER), ("X", INTEGER))), PERSON, {"NAME": None, "AGE": 3}),
    ],
)
def test_what_fits(value: Any, given: SqlType | None, wanted: SqlType, result: Any) -> None:
    found = coerce(value, given, wanted)
    assert (found, str(found)) == (result, str(result))


@pytest.mark.parametrize(
    ("value", "given", "wanted"),
    [
        (1, BIGINT, INTEGER),
        (1.0, DOUBLE, D42),
        ("1", STRING, INTEGER),
        (1, INTEGER, STRING),
        (True, BOOLEAN, INTEGER),
        (100, INTEGER, D42),
        (Decimal("1.555"), SqlDecimal(4, 3), D42),
        ("tomorrow", STRING, DATE),
        ("?", STRING, BYTES),
        (1, INTEGER, DATE),
        ([1], SqlArray(BIGINT), SqlArray(INTEGER)),
        ([1], SqlArray(INTEGER), INTEGER),
    ],
)
def test_what_does_not(value: Any, given: SqlType, wanted: SqlType) -> None:
    with pytest.raises(CoercionError):
        coerce(value, given, wanted)


def test_literals_may_go_between_text_and_numbers() -> None:
    assert coerce_literal("12", STRING, BIGINT) == 12
    assert coerce_literal("NO", STRING, BOOLEAN) is False
    assert coerce_literal(1.0, DOUBLE, STRING) == "1.0"
    with pytest.raises(CoercionError):
        coerce_literal("perhaps", STRING, BOOLEAN)


def test_types_that_hold_both() -> None:
    assert can_coerce(INTEGER, D42, lax=False) == SqlDecimal(12, 2)
    assert can_coerce(D42, INTEGER, lax=False) is None
    assert can_coerce(STRING, INTEGER, lax=False) is None
    assert can_coerce(STRING, INTEGER, lax=True) == INTEGER
    both = can_coerce(SqlStruct((("A", INTEGER),)), SqlStruct((("B", STRING),)), lax=False)
    assert str(both) == "STRUCT<`A` INTEGER, `B` STRING>"
