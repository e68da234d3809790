"""Functions written in place, and those that stay calls."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minisql.codegen.inline import inline_call
from minisql.codegen.reading import definition
from minisql.source import Bindings

SCALE = 3
FLAGS = re.DOTALL
counter = itertools.count()


def scaled(x: int) -> int:
    """A docstring."""
    return x * SCALE


def sine(x: float) -> float:
    return math.sin(x)


def kept(state: int, value: int | None) -> int:
    return state if value is None else state + value


def bounded(state: int, value: int | None) -> int:
    return state if value is None else state + value if -9 <= state + value <= 9 else scaled(state + value)


def twice(x: int) -> int:
    return (y := x + 1) * y


def with_default(x: int, by: int = 2) -> int:
    return x + by


def distance(x: float, y: float, unit: str | None = None) -> float:
    if x < -90 or x > 90:
        raise ValueError("no latitude")
    scale = 1000.0 if unit else 1.0
    half = x / 2
    across = math.sin(half)
    return across * across * math.cos(y) * scale


def told(x: int) -> int:
    return int(str(x), base=SCALE * 10 // 3)


def flagged(text: str) -> object:
    return re.sub("a.b", "", text, flags=FLAGS)


def formatted(text: str, by: int) -> str:
    return f"<{text!r:>{by}}>"


def next_twice(x: int) -> int:
    first = next(counter)
    return next(counter) - first + x


def two_statements(x: int) -> int:
    x += 1
    return x


def with_scope(items: list[int]) -> list[int]:
    return [item + 1 for item in items]


def swapped(a: int, b: int) -> int:
    return b - a if a else b


class Verbs:
    """An aggregate's like."""

    def __init__(self, ignore: bool) -> None:
        self.ignore = ignore

    def aggregate(self, state: Any, value: Any) -> Any:
        return state if value is None and self.ignore else value

    def late(self, state: Any) -> Any:
        return self.absent + state  # type: ignore[attr-defined]


def closure() -> Callable[[int], int]:
    by = 5

    def add(x: int) -> int:
        return x + by

    return add


def code(function: Callable[..., Any], *arguments: str) -> str:
    return inline_call(function, list(arguments), Bindings())


def test_one_expression_is_written_in_place() -> None:
    assert code(scaled, "v") == "(v * 3)"
    assert code(kept, "s[0]", "v") == "(s[0] if v is None else s[0] + v)"
    assert code(sine, "v") == "sin_0(v)"
    assert code(with_default, "v") == "(v + 2)"


def test_an_argument_that_is_needed_twice_is_evaluated_once() -> None:
    assert code(kept, "s", "f(x)") == "(s if (t0 := f(x)) is None else s + t0)"


def test_attributes_of_the_owner_are_constants() -> None:
    assert code(Verbs(True).aggregate, "s", "v") == "(s if v is None else v)"
    assert code(Verbs(False).aggregate, "s", "v") == "v"


@pytest.mark.parametrize("function", [two_statements, next_twice, with_scope, closure(), len, Verbs(True).late, lambda x: x])
def test_what_cannot_be_written_in_place_is_called(function: Callable[..., Any]) -> None:
    bindings = Bindings()
    written = inline_call(function, ["x"], bindings)
    assert written.endswith("(x)")
    assert bindings.names[written.removesuffix("(x)")] == function


def test_keywords_flags_and_formats() -> None:
    for function, arguments in ((flagged, ("a\nb",)), (formatted, ('it\'s "x"\n', 20)), (told, (7,))):
        bindings = Bindings()
        written = inline_call(function, [repr(argument) for argument in arguments], bindings)
        assert eval(written, dict(bindings.names)) == function(*arguments)  # type: ignore[operator]


def test_statements_become_one_expression() -> None:
    assert code(distance, "v", "0.0") == (
        "(distance_0(v, 0.0, None) if v < -90 or v > 90 else (t0 := sin_1(v / 2)) * t0 * 1.0 * 1.0)"
    )
    assert code(distance, "91", "w").startswith("distance_")
    assert code(told, "v") == "int(str(v), base=10)"


@given(st.floats(-100, 100), st.floats(-4, 4), st.none() | st.just("m"))
def test_statements_in_place_mean_the_same(x: float, y: float, unit: str | None) -> None:
    def outcome(action: Callable[[], float]) -> float | str:
        try:
            return action()
        except ValueError as error:
            return str(error)

    for arguments in (["x", "y", "unit"], ["next(i)", "y", repr(unit)], [repr(x), "y", "unit"]):
        bindings = Bindings()
        written = inline_call(distance, arguments, bindings)
        names = {**bindings.names, "x": x, "y": y, "unit": unit, "i": iter([x])}
        assert outcome(lambda: eval(written, names)) == outcome(lambda: distance(x, y, unit))  # noqa: B023 - called at once


def test_arguments_may_have_the_names_of_parameters() -> None:
    assert eval(code(swapped, "b", "a"), {"a": 10, "b": 3}) == swapped(3, 10)


def test_a_function_whose_source_has_changed_is_called() -> None:
    changed = type(scaled)(two_statements.__code__.replace(co_firstlineno=scaled.__code__.co_firstlineno), globals())
    assert definition(changed) is None


@given(st.integers(-20, 20), st.none() | st.integers(-20, 20))
def test_in_place_means_the_same(state: int, value: int | None) -> None:
    for function in (kept, bounded):
        bindings = Bindings()
        written = inline_call(function, ["s[0]", "next(v)"], bindings)
        assert eval(written, {**bindings.names, "s": [state], "v": iter([value])}) == function(state, value)
    bindings = Bindings()
    assert eval(inline_call(twice, ["next(v)"], bindings), {**bindings.names, "v": iter([state])}) == twice(state)
