"""Calls of Python functions, written in place where their body is one ``return``.

What a function sees besides its parameters is bound to the generated code as it is at that moment: globals, and
the attributes of the object of a method (the verbs of aggregates). Python's names, ``math.sin``, become the
function itself. An argument that is not cheap to read again and is needed twice is kept in a temporary.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Sequence
from functools import lru_cache
from types import FunctionType, MethodType, ModuleType
from typing import Any, NamedTuple

from minisql.codegen.folding import fold
from minisql.codegen.reading import definition
from minisql.source import Bindings

_PLAIN = (bool, int, float, str, type(None))
_SCOPED = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
"""Expressions with names of their own."""

_ATOMS = (ast.Name, ast.Call, ast.Tuple, ast.List, ast.Dict, ast.Subscript)


def inline_call(function: Callable[..., Any], arguments: Sequence[str], bindings: Bindings) -> str:
    """Code that does what ``function(*arguments)`` does.

    Args:
        function: any callable; one that cannot be inlined is bound and called.
        arguments: code; it must have no effects, for it may be left out or evaluated in another order.
        bindings: takes what the code refers to.
    """
    body = _body(function)
    if body is not None and len(arguments) <= len(body.parameters):
        try:
            return _inlined(body, arguments, bindings)
        except _NotInlinable:
            pass
    return f"{bindings.bind(function, getattr(function, '__name__', 'function'))}({', '.join(arguments)})"


class _NotInlinable(Exception):
    """Something in the body that must stay in its function."""


class _Body(NamedTuple):
    """The expression that a function returns, and what its names mean."""

    expression: ast.expr
    parameters: Sequence[str]
    defaults: dict[str, Any]
    names: dict[str, Any]
    owner: Any


def _body(function: Any) -> _Body | None:
    owner = None
    if isinstance(function, MethodType):
        function, owner = function.__func__, function.__self__
    if not isinstance(function, FunctionType) or function.__closure__ or hasattr(function, "__wrapped__"):
        return None
    code = function.__code__
    expression = _returned(function)
    if expression is None or code.co_kwonlyargcount or code.co_flags & 0x0C:
        return None
    parameters = code.co_varnames[: code.co_argcount]
    defaults = dict(zip(reversed(parameters), reversed(function.__defaults__ or ()), strict=False))
    return _Body(expression, parameters[owner is not None :], defaults, function.__globals__, _Owner(parameters, owner))


class _Owner(NamedTuple):
    """The object of a method; it has the name of the first parameter."""

    parameters: Sequence[str]
    value: Any

    @property
    def name(self) -> str | None:
        return self.parameters[0] if self.value is not None else None


@lru_cache(maxsize=1000)
def _returned(function: FunctionType) -> ast.expr | None:
    """The expression of the only statement of a function, if that is a ``return`` without inner scopes."""
    tree = definition(function)
    if tree is None:
        return None
    statements = [item for item in tree.body if not (isinstance(item, ast.Expr) and isinstance(item.value, ast.Constant))]
    if len(statements) != 1 or not isinstance(statements[0], ast.Return):
        return None
    value = statements[0].value
    if value is None or any(isinstance(item, _SCOPED) for item in ast.walk(value)):
        return None
    return value


def _inlined(body: _Body, arguments: Sequence[str], bindings: Bindings) -> str:
    given = {name: _parsed(code) for name, code in zip(body.parameters, arguments, strict=False)}
    for name in body.parameters[len(arguments) :]:
        if name not in body.defaults:
            raise _NotInlinable(name)
        given[name] = _value(body.defaults[name], name, bindings)
    written = fold(_Substitution(body, given, bindings).visit(_copy(body.expression)))
    for name, argument in given.items():
        written = _put(_placeholder(name), argument, written, bindings)
    code = ast.unparse(ast.fix_missing_locations(written))
    return code if isinstance(written, _ATOMS) else f"({code})"


def _placeholder(parameter: str) -> str:
    """The name of a parameter until its argument is put in: none that an argument's code could have."""
    return f"{parameter} of the function"


def _parsed(code: str) -> ast.expr:
    return ast.parse(code, mode="eval").body


def _copy(node: ast.expr) -> ast.expr:
    return _parsed(ast.unparse(node))


def _value(value: Any, hint: str, bindings: Bindings) -> ast.expr:
    if isinstance(value, _PLAIN) and value == value and value not in (float("inf"), float("-inf")):
        return ast.Constant(value)
    return ast.Name(bindings.bind(value, hint), ast.Load())


class _Substitution(ast.NodeTransformer):
    """Puts bound values in the place of globals and of ``self.x``, and constant arguments in that of parameters."""

    def __init__(self, body: _Body, given: dict[str, ast.expr], bindings: Bindings) -> None:
        self._body = body
        self._given = given
        self._bindings = bindings

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in self._given:
            argument = self._given[node.id]
            return argument if isinstance(argument, ast.Constant) else ast.Name(_placeholder(node.id), ast.Load())
        if node.id == self._body.owner.name:
            return ast.Name(self._bindings.bind(self._body.owner.value, "owner"), ast.Load())
        return self._global(node)

    def _global(self, node: ast.Name) -> ast.expr:
        if node.id in self._body.names:
            return _value(self._body.names[node.id], node.id, self._bindings)
        if hasattr(builtins, node.id):
            return node
        raise _NotInlinable(node.id)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        found, value = self._resolved(node)
        if found:
            return _value(value, node.attr, self._bindings)
        self.generic_visit(node)
        return node

    def _resolved(self, node: ast.Attribute) -> tuple[bool, Any]:
        """The value of ``module.x`` or ``self.x``."""
        if not isinstance(node.value, ast.Name) or node.value.id in self._given:
            return False, None
        owner = self._body.owner
        base = owner.value if node.value.id == owner.name else self._body.names.get(node.value.id)
        if node.value.id != owner.name and not isinstance(base, ModuleType):
            return False, None
        if not hasattr(base, node.attr):
            raise _NotInlinable(node.attr)
        return True, getattr(base, node.attr)


# -- arguments -----------------------------------------------------------------------------------


def _put(name: str, argument: ast.expr, node: ast.expr, bindings: Bindings) -> ast.expr:
    """The node with the argument in the place of a name, and evaluated once at most."""
    if isinstance(argument, (ast.Name, ast.Constant)) or _uses(name, node) < 2:
        return _replaced(name, argument, node)
    if isinstance(node, ast.IfExp) and not _uses(name, node.test):
        node.body = _put(name, argument, node.body, bindings)
        node.orelse = _put(name, argument, node.orelse, bindings)
        return node
    temporary = bindings.fresh("t")
    if not _place(name, ast.NamedExpr(ast.Name(temporary, ast.Store()), argument), node):
        raise _NotInlinable(name)
    return _replaced(name, ast.Name(temporary, ast.Load()), node)


def _uses(name: str, node: ast.AST) -> int:
    """How often a name is evaluated at most."""
    if isinstance(node, ast.Name):
        return node.id == name
    if isinstance(node, ast.IfExp):
        return _uses(name, node.test) + max(_uses(name, node.body), _uses(name, node.orelse))
    return sum(_uses(name, child) for child in ast.iter_child_nodes(node))


def _place(name: str, replacement: ast.expr, node: ast.expr) -> bool:
    """Put something where a name is evaluated first, if that is evaluated whatever happens."""
    for field, child, at in _certain(node):
        if isinstance(child, ast.Name) and child.id == name:
            _set(node, field, at, replacement)
            return True
        if _uses(name, child):
            return _place(name, replacement, child)
    return False


def _certain(node: ast.expr) -> list[tuple[str, ast.expr, int | None]]:
    """The operands that are evaluated whatever the others are: (field, node, index in the field)."""
    if isinstance(node, ast.IfExp):
        return [("test", node.test, None)]
    if isinstance(node, ast.BoolOp):
        return [("values", node.values[0], 0)]
    if isinstance(node, ast.Compare):
        return [("left", node.left, None), ("comparators", node.comparators[0], 0)]
    found: list[tuple[str, ast.expr, int | None]] = []
    for field, value in ast.iter_fields(node):
        if isinstance(value, ast.expr):
            found.append((field, value, None))
        elif isinstance(value, list):
            found += [(field, item, at) for at, item in enumerate(value) if isinstance(item, ast.expr)]
    return found


def _set(node: ast.expr, field: str, at: int | None, value: ast.expr) -> None:
    if at is None:
        setattr(node, field, value)
    else:
        getattr(node, field)[at] = value


def _replaced(name: str, replacement: ast.expr, node: ast.expr) -> ast.expr:
    result: ast.expr = _Replacing(name, replacement).visit(node)
    return result


class _Replacing(ast.NodeTransformer):
    def __init__(self, name: str, replacement: ast.expr) -> None:
        self._name = name
        self._replacement = replacement

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self._replacement if node.id == self._name else node
