"""Calls of Python functions, written in place where they are simple enough.

A function that is one ``return`` can be written in place, and one of a few assignments and ``if ...: raise`` before it
if it calls nothing but such functions and those of ``math``. What it sees besides its parameters is bound to the
generated code as it is at that moment: globals, and the attributes of the object of a method (the verbs of
aggregates). Constant arguments are computed with: of GEO_DISTANCE to a fixed point little more is left than two sines.
"""

from __future__ import annotations

import ast
import builtins
import math
from collections.abc import Callable, Sequence
from types import FunctionType, ModuleType
from typing import Any

from minisql.codegen.bodies import Body, Guard, Let, body_of
from minisql.codegen.folding import folded
from minisql.codegen.placing import put
from minisql.source import Bindings

_PLAIN = (bool, int, float, str, type(None))
_ATOMS = (ast.Name, ast.Call, ast.Tuple, ast.List, ast.Dict, ast.Subscript)
_MOST_NESTED = 3
_PURE = {abs, float, int, len, max, min, round, str} | {value for name, value in vars(math).items() if callable(value)}
"""Functions whose calls can change places."""


def inline_call(function: Callable[..., Any], arguments: Sequence[str], bindings: Bindings) -> str:
    """Code that does what ``function(*arguments)`` does.

    Args:
        function: any callable; one that cannot be inlined is bound and called.
        arguments: code; it must have no effects, for it may be left out or evaluated in another order.
        bindings: takes what the code refers to.
    """
    return inlined(function, arguments, bindings)[0]


def inlined(function: Callable[..., Any], arguments: Sequence[str], bindings: Bindings) -> tuple[str, bool]:
    """As `inline_call`; and whether the code may give None."""
    body = body_of(function)
    if body is not None:
        try:
            written = _Inlining(bindings).call(body, [ast.parse(code, mode="eval").body for code in arguments])
            code = ast.unparse(written)
        except (NotInlinable, ValueError):  # the latter for an f-string that cannot be printed
            pass
        else:
            return (code if isinstance(written, _ATOMS) or code.isalnum() else f"({code})"), _may_be_none(written)
    return f"{bindings.bind(function, getattr(function, '__name__', 'function'))}({', '.join(arguments)})", True


def _may_be_none(node: ast.expr) -> bool:
    if isinstance(node, ast.IfExp):
        return _may_be_none(node.body) or _may_be_none(node.orelse)
    return not isinstance(node, (ast.BinOp, ast.Compare, ast.UnaryOp)) and not (
        isinstance(node, ast.Constant) and node.value is not None
    )


class NotInlinable(Exception):
    """Something that must stay in its function."""


class _Inlining:
    """One call and those within it."""

    def __init__(self, bindings: Bindings) -> None:
        self.bindings = bindings
        self.nested = 0
        self.strict = False
        self._count = 0

    def placeholder(self, name: str) -> ast.Name:
        """A name that no code could have, for what is put in its place later."""
        self._count += 1
        return ast.Name(f"{name} {self._count}", ast.Load())

    def value(self, value: Any, hint: str) -> ast.expr:
        """A constant, or the name of what is bound."""
        if type(value) in _PLAIN and value == value and value not in (math.inf, -math.inf):
            return ast.Constant(value)
        return ast.Name(self.bindings.bind(value, hint), ast.Load())

    def call(self, body: Body, arguments: Sequence[ast.expr]) -> ast.expr:
        """The expression of a call with these arguments."""
        given = self._given(body, arguments)
        known: dict[str, ast.expr] = {}
        waiting: list[tuple[ast.Name, ast.expr]] = []
        for name, argument in given.items():
            argument = folded(argument)
            known[name] = argument if isinstance(argument, ast.Constant) else self.placeholder(name)
            if known[name] is not argument:
                waiting.append((known[name], argument))  # type: ignore[arg-type]
        written = self._steps(body, known, self._itself(body, known) if body.raises else None)
        for placeholder, argument in waiting:
            written = put(placeholder.id, argument, written, self.bindings)
        return written

    def _itself(self, body: Body, known: dict[str, ast.expr]) -> ast.expr:
        """The call as it is."""
        return ast.Call(self.value(body.function, body.function.__name__), list(known.values()), [])

    def _given(self, body: Body, arguments: Sequence[ast.expr]) -> dict[str, ast.expr]:
        if len(arguments) > len(body.parameters):
            raise NotInlinable("arguments")
        given = dict(zip(body.parameters, arguments, strict=False))
        for name in body.parameters[len(arguments) :]:
            if name not in body.defaults:
                raise NotInlinable(name)
            given[name] = self.value(body.defaults[name], name)
        return given

    def _steps(self, body: Body, known: dict[str, ast.expr], itself: ast.expr | None) -> ast.expr:
        """The statements as one expression, made from the last to the first."""
        if body.steps.before and body.owner is not None:
            raise NotInlinable("a method of several statements")
        done: list[tuple[ast.Name, ast.expr] | Guard] = []
        for step in body.steps.before:
            if isinstance(step, Let):
                self._let(step, body, known, done)
            elif self._decided(guard := self._guard(step, body, known, itself), done):
                assert guard.value is not None
                return self._folded_up(done, guard.value)
        return self._folded_up(done, self._expression(body.steps.result, body, known))

    def _let(self, step: Let, body: Body, known: dict[str, ast.expr], done: list[Any]) -> None:
        outer, self.strict = self.strict, True  # what is assigned may be evaluated later, so it must not matter when
        try:
            value = self._expression(step.value, body, known)
        finally:
            self.strict = outer
        if isinstance(value, ast.Constant):
            known[step.name] = value
            return
        name = self.placeholder(step.name)
        known[step.name] = name
        done.append((name, value))

    def _guard(self, step: Guard, body: Body, known: dict[str, ast.expr], itself: ast.expr | None) -> Guard:
        test = self._expression(step.test, body, known)
        # Where the function raises, it is called, to raise itself.
        return Guard(test, itself if step.value is None else self._expression(step.value, body, known))

    @staticmethod
    def _decided(guard: Guard, done: list[Any]) -> bool:
        """Whether the guard is taken for certain; one that may be is remembered."""
        if not isinstance(guard.test, ast.Constant):
            done.append(guard)
            return False
        return bool(guard.test.value)

    def _folded_up(self, done: list[tuple[ast.Name, ast.expr] | Guard], result: ast.expr) -> ast.expr:
        for step in reversed(done):
            if isinstance(step, Guard):
                assert step.value is not None
                result = folded(ast.IfExp(step.test, step.value, result))
            else:
                result = put(step[0].id, step[1], result, self.bindings)
        return result

    def _expression(self, node: ast.expr, body: Body, known: dict[str, ast.expr]) -> ast.expr:
        return _Writing(self, body, known).written(node)


class _Writing:
    """Writes an expression of a body anew: known things in the place of names, and simplified.

    Names are parameters and locals, globals, ``self.x`` and ``module.x``.
    """

    def __init__(self, inlining: _Inlining, body: Body, known: dict[str, ast.expr]) -> None:
        self._inlining = inlining
        self._body = body
        self._known = known
        self._locals: dict[str, str] = {}

    def written(self, node: ast.expr) -> ast.expr:
        """The expression; the given one stays as it is."""
        if isinstance(node, ast.Constant):
            return node
        if isinstance(node, ast.Name):
            return self._name(node)
        if isinstance(node, ast.Attribute):
            found, value = self._attribute(node)
            if found:
                return self._inlining.value(value, node.attr)
        if isinstance(node, ast.NamedExpr):
            self._locals[node.target.id] = self._inlining.bindings.fresh("t")
        if isinstance(node, ast.IfExp):
            return self._conditional(node)
        made = type(node)(**{field: self._field(getattr(node, field)) for field in node._fields})
        return self._call(made) if isinstance(made, ast.Call) else folded(made)

    def _field(self, value: Any) -> Any:
        if isinstance(value, ast.expr):
            return self.written(value)
        if isinstance(value, ast.keyword):
            return ast.keyword(value.arg, self.written(value.value))
        return list(map(self._field, value)) if isinstance(value, list) else value

    def _conditional(self, node: ast.IfExp) -> ast.expr:
        """A branch that is never taken is not written."""
        test = self.written(node.test)
        if isinstance(test, ast.Constant):
            return self.written(node.body if test.value else node.orelse)
        return folded(ast.IfExp(test, self.written(node.body), self.written(node.orelse)))

    def _name(self, node: ast.Name) -> ast.expr:
        name = node.id
        if name in self._locals:
            return ast.Name(self._locals[name], node.ctx)
        if name in self._known:
            return self._known[name]
        if name == self._body.owner_name:
            return self._inlining.value(self._body.owner, "owner")
        if name in self._body.names:
            return self._inlining.value(self._body.names[name], name)
        if hasattr(builtins, name):
            return node
        raise NotInlinable(name)

    def _attribute(self, node: ast.Attribute) -> tuple[bool, Any]:
        """The value of ``self.x`` or ``module.x``."""
        if not isinstance(node.value, ast.Name) or node.value.id in self._known:
            return False, None
        name = node.value.id
        owned = name == self._body.owner_name
        base = self._body.owner if owned else self._body.names.get(name)
        if not owned and not isinstance(base, ModuleType):
            return False, None
        if not hasattr(base, node.attr):
            raise NotInlinable(node.attr)
        return True, getattr(base, node.attr)

    # -- calls within ----------------------------------------------------------------------------

    def _call(self, node: ast.Call) -> ast.expr:
        called = self._called(node.func)
        if called in _PURE and not node.keywords:
            return _computed(called, node)
        if not self._inlining.strict:
            return self._inner_or_call(called, node)
        if node.keywords or called is None:
            raise NotInlinable("a call")
        return self._inner(called, node)

    def _called(self, node: ast.expr) -> Any:
        if not isinstance(node, ast.Name):
            return None
        return self._inlining.bindings.names.get(node.id) or getattr(builtins, node.id, None)

    def _inner_or_call(self, called: Any, node: ast.Call) -> ast.expr:
        """A call whose arguments call nothing can be written in place too, unless it is there to raise."""
        if node.keywords or any(isinstance(item, ast.Call) for argument in node.args for item in ast.walk(argument)):
            return node
        try:
            return self._inner(called, node)
        except NotInlinable:
            return node

    def _inner(self, called: Any, node: ast.Call) -> ast.expr:
        body = body_of(called) if isinstance(called, FunctionType) else None
        if body is None or body.raises or self._inlining.nested == _MOST_NESTED:
            raise NotInlinable("a call")
        self._inlining.nested += 1
        try:
            return self._inlining.call(body, node.args)
        finally:
            self._inlining.nested -= 1


def _computed(function: Callable[..., Any], node: ast.Call) -> ast.expr:
    """The call of a pure function; its result, when the arguments are constant."""
    values: list[Any] = [item.value for item in node.args if isinstance(item, ast.Constant)]
    if len(values) < len(node.args) or not isinstance(function, type(math.sin)):
        return node
    try:
        result = function(*values)
    except (TypeError, ValueError, ArithmeticError):
        return node
    return ast.Constant(result) if isinstance(result, (int, float)) and math.isfinite(result) else node
