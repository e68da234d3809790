"""Plans as text, for people and for golden tests: a line per step, sources further in."""

from __future__ import annotations

from typing import Any

from sqlglot.expressions import Expression

from minisql.dialect import text
from minisql.metastore import Source
from minisql.planner.steps import Call, Select, Step, Window

_UNTOLD = frozenset(["schema", "context"])


def render(step: Step, depth: int = 0) -> str:
    """The tree under ``step``; every line ends the schema that its step gives."""
    told = [(name, value) for name, value in step.items() if name not in _UNTOLD]
    facts = [f"{name}={_shown(value)}" for name, value in told if not isinstance(value, Step) and _is_told(value)]
    line = f"{'  ' * depth}{type(step).__name__}({', '.join(facts)}) -> {step.schema}"
    return "\n".join([line, *(render(below, depth + 1) for below in step.sources)])


def _is_told(value: Any) -> bool:
    return value not in (None, False, ())


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_shown, value))}]"
    if isinstance(value, Expression):
        return text(value)
    if isinstance(value, Select):
        shown = text(value.expression)
        return shown if shown == value.name else f"{shown} AS {value.name}"
    if isinstance(value, Call):
        return f"{value.name}({', '.join([*map(text, value.arguments), *map(repr, value.initial)])})"
    if isinstance(value, Source):
        return value.name
    if isinstance(value, Window):
        return _window(value)
    return _format(value)


def _window(window: Window) -> str:
    told = [(name, value) for name, value in window.items() if name not in ("kind", "final")]
    times = ", ".join(f"{name} {value}" for name, value in told if value is not None)
    return f"{window.kind}({times}){' FINAL' if window.final else ''}"


def _format(value: Any) -> str:
    info = getattr(value, "info", None)
    if info is None:
        return str(value)
    window = getattr(value, "window", None)
    return "+".join([str(info), *sorted(value.features), *([window.type] if window is not None else [])])
