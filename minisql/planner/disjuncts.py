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
    plain = rewrite(rewrite(with_times(predicate), _bounds), _alternatives)
    return _distributed(_negations(plain, False))


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


def _negations(node: Expression, negated: bool) -> Expression:
    if isinstance(node, exp.Not):
        return _negations(node.this, not negated)
    if isinstance(node, LOGICAL):
        made = type(node)
        if negated:
            made = exp.Or if made is exp.And else exp.And
        return made(this=_negations(node.this, negated), expression=_negations(node.expression, negated))
    return exp.Not(this=node) if negated else node


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
