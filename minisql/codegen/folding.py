"""Simplification of Python trees in which names have become constants."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable
from itertools import pairwise
from typing import Any


def folded(node: ast.expr) -> ast.expr:
    """The node, whose operands are simplified already, in its simplest form; the node may be changed for it."""
    simplify = _SIMPLIFIERS.get(type(node))
    return node if simplify is None else simplify(node)


def _conditional(node: ast.IfExp) -> ast.expr:
    node.test = _as_test(node.test)
    if isinstance(node.test, ast.Constant):
        return node.body if node.test.value else node.orelse
    return node


def _logical(node: ast.BoolOp) -> ast.expr:
    decisive = isinstance(node.op, ast.Or)
    kept: list[ast.expr] = []
    for value in node.values[:-1]:
        if not isinstance(value, ast.Constant):
            kept.append(value)
        elif bool(value.value) is decisive:
            return _joined(node, [*kept, value])
    return _joined(node, [*kept, node.values[-1]])


def _unary(node: ast.UnaryOp) -> ast.expr:
    if not isinstance(node.operand, ast.Constant):
        return node
    if isinstance(node.op, ast.Not):
        return ast.Constant(not node.operand.value)
    if isinstance(node.op, ast.USub) and _is_number(node.operand):
        return ast.Constant(-node.operand.value)  # type: ignore[operator]
    return node


def _binary(node: ast.BinOp) -> ast.expr:
    operate = _OPERATORS.get(type(node.op))
    left, right = node.left, node.right
    if operate is None or not (isinstance(left, ast.Constant) and isinstance(right, ast.Constant)):
        return node
    return _computed(operate, left.value, right.value) or node


def _comparison(node: ast.Compare) -> ast.expr:
    operands = [node.left, *node.comparators]
    found = [_compared(symbol, *pair) for symbol, pair in zip(node.ops, pairwise(operands), strict=True)]
    if False in found:
        return ast.Constant(False)
    return ast.Constant(True) if all(found) else node


_SIMPLIFIERS: dict[type[ast.expr], Callable[[Any], ast.expr]] = {
    ast.IfExp: _conditional,
    ast.BoolOp: _logical,
    ast.UnaryOp: _unary,
    ast.BinOp: _binary,
    ast.Compare: _comparison,
}


def _joined(node: ast.BoolOp, values: list[ast.expr]) -> ast.expr:
    node.values = values
    return node if len(values) > 1 else values[0]


def _as_test(node: ast.expr) -> ast.expr:
    """A condition of which only the truth counts: operands have no effects, so one that decides is the whole."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        node.operand = _as_test(node.operand)
        return node if not isinstance(node.operand, ast.Constant) else ast.Constant(not node.operand.value)
    if not isinstance(node, ast.BoolOp):
        return node
    decisive = isinstance(node.op, ast.Or)
    kept: list[ast.expr] = []
    for value in map(_as_test, node.values):
        if not isinstance(value, ast.Constant):
            kept.append(value)
        elif bool(value.value) is decisive:
            return ast.Constant(decisive)
    return _joined(node, kept) if kept else ast.Constant(not decisive)


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def _computed(operate: Callable[[Any, Any], Any], left: object, right: object) -> ast.Constant | None:
    if type(left) not in (int, float) or type(right) not in (int, float):
        return None
    try:
        result = operate(left, right)
    except ArithmeticError:
        return None
    return ast.Constant(result) if isinstance(result, (int, float)) and math.isfinite(result) else None


_OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Pow: lambda left, right: left**right if abs(right) < 32 else None,
}


def _compared(comparison: ast.cmpop, left: ast.expr, right: ast.expr) -> bool | None:
    """The result, where it is known."""
    if not (isinstance(left, ast.Constant) and isinstance(right, ast.Constant)):
        return None
    if isinstance(comparison, (ast.Is, ast.IsNot)):
        if left.value is not None and right.value is not None:
            return None
        return (left.value is right.value) is isinstance(comparison, ast.Is)
    order = _ORDERS.get(type(comparison))
    return order(left.value, right.value) if order is not None and _is_number(left) and _is_number(right) else None


_ORDERS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
