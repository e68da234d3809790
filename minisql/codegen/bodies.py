"""What a Python function does, as steps that an expression can take."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import lru_cache
from types import FunctionType, MethodType
from typing import Any

from minisql.codegen.reading import definition

_SCOPED = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
"""Expressions with names of their own."""

_VARIADIC = 0x0C
"""The flags of code with ``*args`` or ``**kwargs``."""


class Let:
    """``name = value``."""

    __slots__ = ("name", "value")

    def __init__(self, name: str, value: ast.expr) -> None:
        self.name = name
        self.value = value


class Guard:
    """``if test: return value``, or ``if test: raise ...`` where there is no value."""

    __slots__ = ("test", "value")

    def __init__(self, test: ast.expr, value: ast.expr | None) -> None:
        self.test = test
        self.value = value


class Steps:
    """The statements of a function: some lets and guards, then one ``return``."""

    __slots__ = ("before", "result")

    def __init__(self, before: tuple[Let | Guard, ...], result: ast.expr) -> None:
        self.before = before
        self.result = result


class Body:
    """A function that can perhaps be written in place.

    Attributes:
        function: itself, without its object.
        parameters: those that a call gives.
        defaults: the values of parameters that a call may leave out.
        owner, owner_name: the object of a method, and what the function calls it.
        names: the globals that the function sees.
    """

    __slots__ = ("defaults", "function", "names", "owner", "owner_name", "parameters", "steps")

    def __init__(self, function: FunctionType, steps: Steps, owner: Any) -> None:
        code = function.__code__
        parameters = code.co_varnames[: code.co_argcount]
        self.function = function
        self.steps = steps
        self.parameters = parameters if owner is None else parameters[1:]
        self.defaults: dict[str, Any] = dict(zip(reversed(parameters), reversed(function.__defaults__ or ()), strict=False))
        self.owner = owner
        self.owner_name = None if owner is None else parameters[0]
        self.names = function.__globals__

    @property
    def raises(self) -> bool:
        """Whether a step is a ``raise``."""
        return any(isinstance(step, Guard) and step.value is None for step in self.steps.before)


def body_of(function: Callable[..., Any]) -> Body | None:
    """The body of a function, or None when it is not of this kind."""
    plain = getattr(function, "__func__", function)
    owner = function.__self__ if isinstance(function, MethodType) else None
    if not isinstance(plain, FunctionType) or plain.__closure__ or hasattr(plain, "__wrapped__"):
        return None
    code = plain.__code__
    steps = _steps_of(plain)
    if steps is None or code.co_kwonlyargcount or code.co_flags & _VARIADIC:
        return None
    return Body(plain, steps, owner)


@lru_cache(maxsize=1000)
def _steps_of(function: FunctionType) -> Steps | None:
    tree = definition(function)
    if tree is None or any(isinstance(node, _SCOPED) for node in ast.walk(tree)):
        return None
    statements = [item for item in tree.body if not (isinstance(item, ast.Expr) and isinstance(item.value, ast.Constant))]
    if not statements:
        return None
    result = statements[-1]
    before = [_step(statement) for statement in statements[:-1]]
    known = tuple(step for step in before if step is not None)
    if len(known) < len(before) or not isinstance(result, ast.Return) or result.value is None:
        return None
    return Steps(known, result.value)


def _step(statement: ast.stmt) -> Let | Guard | None:
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and isinstance(statement.targets[0], ast.Name):
        return Let(statement.targets[0].id, statement.value)
    if isinstance(statement, ast.If) and len(statement.body) == 1 and not statement.orelse:
        taken = statement.body[0]
        if isinstance(taken, ast.Raise):
            return Guard(statement.test, None)
        if isinstance(taken, ast.Return) and taken.value is not None:
            return Guard(statement.test, taken.value)
    return None
