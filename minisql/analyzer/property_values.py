"""Property values: literals of a WITH clause converted and checked as Kafka's ConfigDef does it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlglot import expressions as exp

from minisql.configdef import SHORT, convert, invalid, java_text
from minisql.dialect import nodes
from minisql.errors import KsqlError

WINDOW_TYPES = ("SESSION", "HOPPING", "TUMBLING")
NULLABLE_REPRESENTATIONS = ("OPTIONAL", "WRAPPER")


def literals(properties: Iterable[nodes.Property] | None) -> dict[str, Any]:
    """Properties as Python values by upper-case name.

    Raises:
        KsqlError: a name stands twice.
    """
    given: dict[str, tuple[str, Any]] = {}
    for item in properties or ():
        written, value = str(item.this), literal_value(item.expression)
        name = written.upper()
        if name in given:
            raise KsqlError(_twice(given[name], (written, value)))
        given[name] = (written, value)
    return {name: value for name, (_, value) in given.items()}


def literal_value(node: exp.Expression) -> Any:
    """The Python value of a literal node: str, bool, int, Decimal, float or None."""
    if isinstance(node, exp.Neg):
        return -literal_value(node.this)
    if isinstance(node, exp.Boolean):
        return bool(node.this)
    if isinstance(node, exp.Null):
        return None
    text = str(node.this)
    if not isinstance(node, exp.Literal) or node.is_string:
        return text
    if "e" in text.lower():
        return float(text)
    return Decimal(text) if "." in text else int(text)


def parse(given: dict[str, Any], definition: dict[str, str], required: tuple[str, ...] = ()) -> dict[str, Any]:
    """Values of the defined properties, converted as Kafka's ConfigDef converts them; None where absent.

    Raises:
        KsqlError: a required property is missing, or a value does not fit its type.
    """
    values: dict[str, Any] = {}
    for name, kind in definition.items():
        if name in required and name not in given:
            raise KsqlError(f'Missing required configuration "{name}" which has no default value.')
        values[name] = convert(name, _shortened(given.get(name), kind), kind)
        if name in _VALIDATORS and values[name] is not None:
            _VALIDATORS[name](name, values[name])
    return values


def _shortened(value: Any, kind: str) -> Any:
    """ksqlDB takes Number.shortValue() of what is written before Kafka looks at it: 65537 is 1."""
    if kind != SHORT or value is None or isinstance(value, (str, bool)):
        return value
    return (int(value) + 2**15) % 2**16 - 2**15


def _twice(first: tuple[str, Any], second: tuple[str, Any]) -> str:
    if first[0] == second[0]:
        return f"Multiple entries with same key: {second[0]}={_sql(second[1])} and {first[0]}={_sql(first[1])}"
    return f"Duplicate key {first[0].upper()} (attempted merging values {_sql(first[1])} and {_sql(second[1])})"


def _sql(value: Any) -> str:
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return java_text(value)


def _not_empty(name: str, value: Any) -> None:
    if value == "":
        raise invalid(name, value, "String must be non-empty")


def _one_of(*choices: str) -> Any:
    def check(name: str, value: Any) -> None:
        if value.upper() not in choices:
            raise invalid(name, value, f"String must be one of: {', '.join(choices)}, null")

    return check


def _delimiter(name: str, value: Any) -> None:
    if not value.strip():
        reason = (
            "Delimiter cannot be empty, if you meant to have a tab or space for delimiter, "
            "please use the special values 'TAB' or 'SPACE'"
        )
    elif len(value) == 1 or value in ("TAB", "SPACE"):
        return
    else:
        reason = f"Invalid delimiter value: '{value}'. Delimiter must be a single character or TAB,SPACE"
    raise KsqlError(f"Configuration {name} is invalid: {reason}\nExample valid value: ';'")


def _duration(name: str, value: Any) -> None:
    from minisql.analyzer.duration import parse_duration  # few keys have windows

    try:
        parse_duration(value)
    except KsqlError as error:
        raise KsqlError(f"Configuration {name} is invalid: {error.message}") from None


_VALIDATORS = {
    "KAFKA_TOPIC": _not_empty,
    "WINDOW_TYPE": _one_of(*WINDOW_TYPES),
    "WINDOW_SIZE": _duration,
    "KEY_PROTOBUF_NULLABLE_REPRESENTATION": _one_of(*NULLABLE_REPRESENTATIONS),
    "VALUE_PROTOBUF_NULLABLE_REPRESENTATION": _one_of(*NULLABLE_REPRESENTATIONS),
    "KEY_DELIMITER": _delimiter,
    "VALUE_DELIMITER": _delimiter,
}
