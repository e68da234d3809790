"""Simplification of Python trees in which names have become constants."""

from __future__ import annotations

import ast
from typing import TypeVar

Node = TypeVar("Node", bound=ast.AST)


def fold(node: Node) -> Node:
    """The tree without the branches that constants decide on."""
    result: Node = _Folding().visit(node)
    return result


class _Folding(ast.NodeTransformer):
    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        self.generic_visit(node)
        node.test = _as_test(node.test)
        if isinstance(node.test, ast.Constant):
            return node.body if node.test.value else node.orelse
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        decisive = isinstance(node.op, ast.Or)
        kept: list[ast.expr] = []
        for at, value in enumerate(node.values):
            if not isinstance(value, ast.Constant):
                kept.append(value)
            elif bool(value.value) is decisive:
                kept.append(value)
                break
            elif at == len(node.values) - 1:
                kept.append(value)
        node.values = kept
        return kept[0] if len(kept) == 1 else node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.operand, ast.Constant) and isinstance(node.op, (ast.Not, ast.USub)):
            value = node.operand.value
            if isinstance(node.op, ast.Not):
                return ast.Constant(not value)
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                return ast.Constant(-value)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        sides = (node.left, *node.comparators)
        if len(sides) != 2 or not all(isinstance(side, ast.Constant) for side in sides):
            return node
        left, right = (side.value for side in sides if isinstance(side, ast.Constant))
        return _compared(node.ops[0], left, right) or node


def _as_test(node: ast.expr) -> ast.expr:
    """A condition of which only the truth counts: operands have no effects, so one that decides is the whole."""
    if not isinstance(node, ast.BoolOp):
        return node
    decisive = isinstance(node.op, ast.Or)
    kept: list[ast.expr] = []
    for value in map(_as_test, node.values):
        if not isinstance(value, ast.Constant):
            kept.append(value)
        elif bool(value.value) is decisive:
            return ast.Constant(decisive)
    node.values = kept
    return ast.Constant(not decisive) if not kept else kept[0] if len(kept) == 1 else node


def _compared(operator: ast.cmpop, left: object, right: object) -> ast.Constant | None:
    if isinstance(operator, (ast.Is, ast.IsNot)):
        same = left is None and right is None
        return ast.Constant(same is isinstance(operator, ast.Is)) if left is None or right is None else None
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        orders = {ast.Lt: left < right, ast.LtE: left <= right, ast.Gt: left > right, ast.GtE: left >= right}
        found = orders.get(type(operator))
        return None if found is None else ast.Constant(found)
    return None
