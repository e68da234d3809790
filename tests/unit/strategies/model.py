"""Which Python values are values of a SQL type, told without the engine; what strategies shrink to; scenarios that run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar

from hypothesis import HealthCheck, find, settings
from hypothesis import strategies as st

import minisql
from minisql.testing.differential import Produce, Scenario
from minisql.types import BIGINT, INTEGER, SqlArray, SqlDecimal, SqlMap, SqlStruct, SqlType

T = TypeVar("T")

CLASSES = {
    "BOOLEAN": bool,
    "INTEGER": int,
    "BIGINT": int,
    "DOUBLE": float,
    "STRING": str,
    "BYTES": bytes,
    "DATE": date,
    "TIME": time,
    "TIMESTAMP": datetime,
}


def is_value(value: Any, kind: SqlType) -> bool:
    """Whether a value that a cursor gave is one of the type; None always is."""
    if value is None:
        return True
    if isinstance(kind, SqlArray):
        return type(value) is list and all(is_value(item, kind.item) for item in value)
    if isinstance(kind, SqlMap):
        return type(value) is dict and all(is_value(k, kind.key) and is_value(v, kind.value) for k, v in value.items())
    if isinstance(kind, SqlStruct):
        names = [name for name, _ in kind.fields]
        return type(value) is dict and list(value) == names and all(is_value(value[name], field) for name, field in kind.fields)
    if isinstance(kind, SqlDecimal):
        return type(value) is Decimal and -value.as_tuple().exponent == kind.scale and abs(value) < _limit(kind)
    bits = {INTEGER: 31, BIGINT: 63}.get(kind)
    return type(value) is CLASSES[str(kind)] and (bits is None or -(2**bits) <= value < 2**bits)


def _limit(kind: SqlDecimal) -> Decimal:
    return Decimal(10) ** (kind.precision - kind.scale)


def shrunk(some: st.SearchStrategy[T], condition: Callable[[T], bool], examples: int = 5000) -> T:
    """What the strategy shrinks to; each run tries the same, and nothing is remembered from run to run."""
    several = settings(max_examples=examples, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    return find(some, condition, settings=several)


def played(scenario: Scenario) -> tuple[minisql.Connection, list[minisql.KsqlError]]:
    """The engine once the steps have run, and the errors of those that were refused."""
    connection = minisql.connect(clock=minisql.ManualClock(0), properties=scenario.properties)
    errors = []
    for step in scenario.steps:
        try:
            if isinstance(step, Produce):
                connection.topic(step.topic).produce(step.value, step.key, timestamp=step.timestamp)
            else:
                connection.execute(step.sql())
        except minisql.KsqlError as error:
            errors.append(error)
    return connection, errors
