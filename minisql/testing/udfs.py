"""The functions that exist only in ksqlDB's test harness, where cases of its corpora call them.

They show what functions can do wrong (throw, be called when they should not be) and which shapes of
signatures there are; what they compute is of no use.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

from minisql.functions.function import Variant
from minisql.functions.registry import FunctionRegistry, builtins
from minisql.java import string_value

Declared = TypeVar("Declared", bound=Callable[..., Any])

_DECLARED: list[tuple[str, Variant]] = []


def with_test_functions() -> FunctionRegistry:
    """A registry for one engine: ksqlDB's functions and those of its tests."""
    return _registry().child()


@cache
def _registry() -> FunctionRegistry:
    registry = builtins().child()
    for kind, variant in _DECLARED:
        registry.add(kind, variant)
    return registry


def _test_only(kind: str, *signatures: str, nulls: str = "propagate", **options: Any) -> Callable[[Declared], Declared]:
    """Declare a function as the decorators of the registry do, but not for everybody."""

    def declare(function: Declared) -> Declared:
        _DECLARED.extend((kind, Variant(text, function, nulls, **options)) for text in signatures)
        return function

    return declare


# -- scalar functions ----------------------------------------------------------------------------


@_test_only("scalar", "WhenCondition(retValue BOOLEAN!, shouldBeEvaluated BOOLEAN!) -> BOOLEAN")
@_test_only("scalar", "WhenResult(retValue INT!, shouldBeEvaluated BOOLEAN!) -> INT")
def _lazy(result: Any, allowed: bool) -> Any:
    """Shows whether CASE evaluates what it should not."""
    if not allowed:
        raise RuntimeError("When condition in case is not running lazily!")
    return result


@_test_only("scalar", "test_udf(arg1 INT!, arg2 STRING) -> STRING", nulls="pass")
def _int_string(number: int, text: str | None) -> str:
    return "doStuffIntString"


@_test_only("scalar", "test_udf(arg1 BIGINT!, arg2 STRING) -> STRING", nulls="pass")
def _long_string(number: int, text: str | None) -> str:
    return "doStuffLongString"


@_test_only("scalar", "test_udf(arg1 BIGINT!, arg2 BIGINT!, arg3 STRING) -> STRING", nulls="pass")
def _long_long_string(one: int, other: int, text: str | None) -> str:
    return "doStuffLongLongString"


@_test_only("scalar", "test_udf(longs BIGINT!...) -> STRING", nulls="pass")
def _longs(*numbers: int) -> str:
    return "doStuffLongVarargs"


@_test_only("scalar", "test_udf(struct STRUCT<A STRING>) -> STRING")
def _field(struct: Mapping[str, str]) -> str:
    return struct["A"]


@_test_only("scalar", "test_udf() -> STRUCT<A STRING>")
def _struct() -> dict[str, str]:
    return {"A": "foo"}


@_test_only("scalar", "bad_udf(arg1 INT!) -> INT")
def _boom(number: int) -> int:
    raise RuntimeError("boom!")


@_test_only("scalar", "bad_udf(shouldThrow BOOLEAN!) -> INT")
def _boom_when(throw: bool) -> int:
    if throw:
        raise RuntimeError("You asked me to throw...")
    return 0


def _alternating(config: Mapping[str, Any]) -> Callable[[str], str | None]:
    """Each use in a query counts its own calls."""
    calls = 0

    def every_other(text: str) -> str | None:
        nonlocal calls
        calls += 1
        return text if calls % 2 == 0 else None

    return every_other


@_test_only("scalar", "bad_udf(arg STRING) -> STRING", configure=_alternating)
def _every_other(text: str) -> str | None:
    """NULL the first time, the argument the second, and so on."""
    return text


@_test_only(
    "scalar",
    "multiply(v1 INT!, v2 INT!) -> BIGINT",
    "multiply(v1 BIGINT!, v2 BIGINT!) -> BIGINT",
    "multiply(v1 DOUBLE!, v2 DOUBLE!) -> DOUBLE",
)
def _multiply(one: Any, other: Any) -> Any:
    return one * other


@_test_only("scalar", "tolist(value STRING) -> ARRAY<STRING>")
def _to_list(text: str) -> list[str]:
    return [text]


@_test_only("scalar", "tomap(value STRING) -> MAP<STRING, STRING>")
def _to_map(text: str) -> dict[str, str]:
    return {text: text}


@_test_only(
    "scalar",
    "tostring(value STRING) -> STRING",
    "tostring(value MAP<STRING, INT>) -> STRING",
    "tostring(value INT) -> STRING",
    "tostring(value BIGINT) -> STRING",
)
def _to_string(value: Any) -> str:
    return string_value(value)


@_test_only("scalar", "tostruct(value STRING) -> STRUCT<A STRING>")
def _to_struct(text: str) -> dict[str, str]:
    return {"A": text}


@_test_only("scalar", "backward_concat(s1 STRING, s2 STRING) -> STRING")
def _backward_concat(one: str, other: str) -> str:
    return other + one


# -- table functions -----------------------------------------------------------------------------

_KINDS = ("INT", "BIGINT", "DOUBLE", "BOOLEAN", "STRING", "DECIMAL", "STRUCT<A STRING>")


def _signature(pattern: str) -> str:
    parameters = ", ".join(f"p{i} {pattern.format(kind)}" for i, kind in enumerate(_KINDS))
    return f"test_udtf({parameters}) -> STRING"


def _text(value: Any) -> str:
    """``String.valueOf``; the only dict that comes here is the struct."""
    return f"Struct{{A={value['A']}}}" if isinstance(value, dict) else string_value(value)


@_test_only("table", _signature("{}"), nulls="pass")
def _texts(*values: Any) -> list[str]:
    return [_text(value) for value in values]


@_test_only("table", _signature("ARRAY<{}>"))
def _first_of_each(*lists: list[Any]) -> list[str]:
    return [_text(values[0]) for values in lists]


@_test_only("table", _signature("MAP<STRING, {}>"))
def _first_value_of_each(*maps: Mapping[str, Any]) -> list[str]:
    return [_text(next(iter(values.values()))) for values in maps]


@_test_only("table", *(f"test_udtf(p {kind}) -> {kind}" for kind in _KINDS if kind != "DECIMAL"))
@_test_only("table", "test_udtf(p DECIMAL) -> DECIMAL(30, 10)")
def _itself(value: Any) -> list[Any]:
    return [value]


@_test_only("table", "throwing_udtf(shouldThrow BOOLEAN!) -> BOOLEAN")
def _throw_when(throw: bool) -> list[bool]:
    if throw:
        raise RuntimeError("You asked me to throw...")
    return [False]


# -- aggregates ----------------------------------------------------------------------------------


class _Sum:
    """Adds up."""

    def initialize(self) -> Any:
        return 0

    def aggregate(self, state: Any, value: Any) -> Any:
        return state + value

    def merge(self, one: Any, other: Any) -> Any:
        return one + other


@_test_only("aggregate", "TEST_UDAF(value BIGINT) -> BIGINT", nulls="pass")
class _SumLongs(_Sum):
    def undo(self, state: int, value: int) -> int:
        return state - value


@_test_only("aggregate", "TEST_UDAF(value INT) -> BIGINT", nulls="pass")
class _SumInts(_SumLongs):
    """Starts where the configuration says."""

    start = 0

    def configure(self, config: Mapping[str, Any]) -> None:
        self.start = int(config.get("ksql.functions.test_udaf.init", 0))

    def initialize(self) -> int:
        return self.start


@_test_only("aggregate", "TEST_UDAF(value DOUBLE) -> DOUBLE", nulls="pass")
class _SumDoubles(_Sum):
    def initialize(self) -> float:
        return 0.0


@_test_only("aggregate", "TEST_UDAF(value STRING, [init STRING]) -> BIGINT", nulls="pass")
class _SumLengths(_Sum):
    def __init__(self, initial: str) -> None:
        self.start = len(initial)

    def initialize(self) -> int:
        return self.start

    def aggregate(self, state: int, value: str) -> int:
        return state + len(value)

    def undo(self, state: int, value: str) -> int:
        return state - len(value)


@_test_only("aggregate", "TEST_UDAF(value STRUCT<A INT, B INT>) -> STRUCT<A INT, B INT>", nulls="pass")
class _SumStructs:
    def initialize(self) -> dict[str, int]:
        return {"A": 0, "B": 0}

    def aggregate(self, state: dict[str, int], value: dict[str, int]) -> dict[str, int]:
        return {name: state[name] + value[name] for name in state}

    merge = aggregate

    def undo(self, state: dict[str, int], value: dict[str, int]) -> dict[str, int]:
        return {name: state[name] - value[name] for name in state}


@_test_only("aggregate", "MULTI_ARG(a BIGINT, b STRING, [init INT, more STRING...]) -> BIGINT", nulls="pass")
@_test_only("aggregate", "FOUR_ARG(a BIGINT, b STRING, c STRING, d STRING, [init INT, more STRING...]) -> BIGINT", nulls="pass")
@_test_only(
    "aggregate", "FIVE_ARG(a BIGINT, b STRING, c STRING, d STRING, e INT, [init INT, more STRING...]) -> BIGINT", nulls="pass"
)
class _SumAll(_Sum):
    """Numbers count for themselves, texts for their length, NULLs for nothing."""

    def __init__(self, initial: int, *more: str) -> None:
        self.start = _weigh(initial, *more)

    def initialize(self) -> int:
        return self.start

    def aggregate(self, state: int, *values: Any) -> int:
        return state + _weigh(*values)


@_test_only("aggregate", "VAR_ARG(a BIGINT, more STRING...) -> BIGINT", nulls="pass")
class _SumVariadic(_Sum):
    def aggregate(self, state: int, *values: Any) -> int:
        return state + _weigh(*values)


@_test_only("aggregate", "MID_VAR_ARG(a BIGINT, more STRING..., [one INT, other INT]) -> BIGINT", nulls="pass")
class _SumMiddle(_SumVariadic):
    def __init__(self, one: int, other: int) -> None:
        self.extra = one + other

    def map(self, state: int) -> int:
        return state + self.extra


@_test_only("aggregate", "GENERIC_VAR_ARG(a A, b B, more C...) -> ARRAY<A>", nulls="pass")
@_test_only("aggregate", "OBJ_COL_ARG(a INT, more ANY...) -> ARRAY<INT>", nulls="pass")
class _CollectComplete:
    """Lists the first value of the rows that have no NULL."""

    def initialize(self) -> list[Any]:
        return []

    def aggregate(self, state: list[Any], *values: Any) -> list[Any]:
        return state if None in values else [*state, values[0]]

    def merge(self, one: list[Any], other: list[Any]) -> list[Any]:
        return one + other


def _weigh(*values: Any) -> int:
    return sum(len(value) if isinstance(value, str) else value or 0 for value in values)
