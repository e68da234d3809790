"""Putting arguments into the place of names in Python trees, such that each is evaluated once at most."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from minisql.source import Bindings

Operand = tuple[str, ast.expr, int | None]
"""A node below another: its field, itself, its place where the field is a list."""


def put(name: str, argument: ast.expr, node: ast.expr, bindings: Bindings) -> ast.expr:
    """The node with the argument in the place of a name; where it is needed twice, in a temporary."""
    if isinstance(argument, (ast.Name, ast.Constant)) or _uses(name, node) < 2:
        return _replaced(name, argument, node)
    if isinstance(node, ast.IfExp) and not _uses(name, node.test):
        node.body = put(name, argument, node.body, bindings)
        node.orelse = put(name, argument, node.orelse, bindings)
        return node
    temporary = bindings.fresh("t")
    first = ast.NamedExpr(ast.Name(temporary, ast.Store()), argument)
    if not _place(name, first, node):
        node = _preceded(first, node)
    return _replaced(name, ast.Name(temporary, ast.Load()), node)


def _preceded(first: ast.NamedExpr, node: ast.expr) -> ast.expr:
    """The node after an assignment: behind a test that is always true where there is a test, else in a tuple."""
    if isinstance(node, ast.IfExp):
        always = ast.Compare(first, [ast.Is()], [ast.Name(first.target.id, ast.Load())])
        node.test = ast.BoolOp(ast.And(), [always, node.test])
        return node
    return ast.Subscript(ast.Tuple([first, node], ast.Load()), ast.Constant(1), ast.Load())


def _uses(name: str, node: ast.expr) -> int:
    """How often a name is evaluated at most."""
    if isinstance(node, ast.Name):
        return node.id == name
    if isinstance(node, ast.IfExp):
        return _uses(name, node.test) + max(_uses(name, node.body), _uses(name, node.orelse))
    return sum(_uses(name, child) for _, child, _ in _operands(node))


def _operands(node: ast.expr) -> Iterator[Operand]:
    """All operands, in order."""
    for field in node._fields:
        value = getattr(node, field)
        if isinstance(value, ast.expr):
            yield field, value, None
        elif isinstance(value, list):
            for at, item in enumerate(value):
                if isinstance(item, ast.keyword):
                    yield field, item.value, at
                elif isinstance(item, ast.expr):
                    yield field, item, at


def _place(name: str, replacement: ast.expr, node: ast.expr) -> bool:
    """Put something where a name is evaluated first, if that is evaluated whatever happens."""
    for field, child, at in _certain(node):
        if isinstance(child, ast.Name) and child.id == name:
            _set(node, field, at, replacement)
            return True
        if _uses(name, child):
            return _place(name, replacement, child)
    return False


def _certain(node: ast.expr) -> Iterator[Operand]:
    """The operands that are evaluated whatever the others are, in order."""
    if isinstance(node, ast.IfExp):
        yield "test", node.test, None
    elif isinstance(node, ast.BoolOp):
        yield "values", node.values[0], 0
    elif isinstance(node, ast.Compare):
        yield "left", node.left, None
        yield "comparators", node.comparators[0], 0
    else:
        yield from _operands(node)


def _set(node: ast.expr, field: str, at: int | None, value: ast.expr) -> None:
    if at is None:
        setattr(node, field, value)
    elif isinstance(getattr(node, field)[at], ast.keyword):
        getattr(node, field)[at].value = value
    else:
        getattr(node, field)[at] = value


def _replaced(name: str, replacement: ast.expr, node: ast.expr) -> ast.expr:
    """The node, changed in place unless it is the name itself."""
    if isinstance(node, ast.Name):
        return replacement if node.id == name else node
    for field, child, at in list(_operands(node)):
        _set(node, field, at, _replaced(name, replacement, child))
    return node
