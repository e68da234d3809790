"""Predicates as disjunctions of conjunctions (ksqlDB's PullQueryRewriter and LogicRewriter)."""

from __future__ import annotations

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.analyzer.trees import rewrite
from minisql.planner.magic_time import with_times

LOGICAL = (exp.And, exp.Or)

MOST_NESTED = 32
"""Alternatives of IN that follow each other as ksqlDB has them; more of them make a tree that Python's stack can hold."""


def disjunctive(predicate: Expression) -> Expression:
    """The predicate with texts of times, BETWEEN and IN written out, NOT pushed down and OR pulled up."""
    plain = rewrite(rewrite(rewrite(with_times(predicate), _bounds), _alternatives), _negation)
    return _distributed(rewrite(plain, _Negations().pushed))


def disjuncts(predicate: Expression) -> list[Expression]:
    """The parts between the ORs of a disjunctive predicate."""
    if isinstance(predicate, exp.Or):
        return disjuncts(predicate.this) + disjuncts(predicate.expression)
    return [predicate]


def _bounds(node: Expression) -> Expression | None:
    if not isinstance(node, exp.Between):
        return None
    low = exp.GTE(this=node.this, expression=node.args["low"])
    return exp.And(this=low, expression=exp.LTE(this=node.this, expression=node.args["high"]))


def _alternatives(node: Expression) -> Expression | None:
    if not isinstance(node, exp.In):
        return None
    found: list[Expression] = [exp.EQ(this=node.this, expression=value) for value in node.expressions]
    while len(found) > MOST_NESTED:
        found = [_any_of(found[at : at + MOST_NESTED]) for at in range(0, len(found), MOST_NESTED)]
    return _any_of(found)


def _any_of(alternatives: list[Expression]) -> Expression:
    *others, found = alternatives
    for other in reversed(others):
        found = exp.Or(this=other, expression=found)
    return found


class _Negations:
    """NOT pushed down to comparisons, columns and TRUE or FALSE, as LogicRewriter does it, whose mind is one flag.

    A NOT before anything else, such as LIKE, is lost. Within a comparison the flag is not put back: what follows a NOT there
    is negated too.
    """

    def __init__(self) -> None:
        self._negated = False

    def pushed(self, node: Expression) -> Expression | None:
        """What becomes of an expression; None where that depends on its parts."""
        if isinstance(node, exp.Not) and not isinstance(node.this, exp.Is):  # IS NOT NULL is no NOT
            self._negated = not self._negated
            return self.pushed(node.this) or node.this
        if isinstance(node, LOGICAL):
            return self._both_sides(node)
        if isinstance(node, _NEGATED) and self._negated:
            return exp.Not(this=node)
        return None

    def _both_sides(self, node: Expression) -> Expression:
        negated = self._negated
        sides = []
        for side in (node.this, node.expression):
            sides.append(self.pushed(side) or side)
            self._negated = negated
        made = type(node)
        if negated:
            made = exp.Or if made is exp.And else exp.And
        return made(this=sides[0], expression=sides[1])


_NEGATED = (exp.Column, exp.Boolean, exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.NullSafeNEQ)


def _negation(node: Expression) -> Expression | None:
    """ksqlDB's parser knows no IS NOT DISTINCT FROM."""
    if not isinstance(node, exp.NullSafeEQ):
        return None
    return exp.Not(this=exp.NullSafeNEQ(this=node.this, expression=node.expression))


def _distributed(node: Expression) -> Expression:
    if not isinstance(node, LOGICAL):
        return node
    left, right = _distributed(node.this), _distributed(node.expression)
    if isinstance(node, exp.And) and isinstance(left, exp.Or):
        return exp.Or(this=_both(left.this, right), expression=_both(left.expression, right))
    if isinstance(node, exp.And) and isinstance(right, exp.Or):
        return exp.Or(this=_both(left, right.this), expression=_both(left, right.expression))
    return type(node)(this=left, expression=right)


def _both(left: Expression, right: Expression) -> Expression:
    return _distributed(exp.And(this=left, expression=right))
