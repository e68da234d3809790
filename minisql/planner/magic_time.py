"""Times as text compared with ROWTIME, WINDOWSTART or WINDOWEND (StatementRewriteForMagicPseudoTimestamp)."""

from __future__ import annotations

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.analyzer.trees import column_name, is_column, rewrite
from minisql.names import ROWTIME, WINDOW_BOUNDS

_COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.NullSafeEQ, exp.NullSafeNEQ)


def with_times(predicate: Expression) -> Expression:
    """The predicate with such texts as milliseconds.

    Raises:
        KsqlError: a text that is no timestamp.
    """
    return rewrite(predicate, _timed)


def _timed(node: Expression) -> Expression | None:
    if isinstance(node, exp.Between) and _is_time(node.this):
        return exp.Between(this=node.this, low=_milliseconds(node.args["low"]), high=_milliseconds(node.args["high"]))
    if isinstance(node, _COMPARISONS) and _is_time(node.this):
        return type(node)(this=node.this, expression=_milliseconds(node.expression))
    if isinstance(node, _COMPARISONS) and _is_time(node.expression):
        return type(node)(this=_milliseconds(node.this), expression=node.expression)
    return None


def _is_time(node: Expression) -> bool:
    return is_column(node) and column_name(node) in (ROWTIME, *WINDOW_BOUNDS)


def _milliseconds(node: Expression) -> Expression:
    if not isinstance(node, exp.Literal) or not node.is_string:
        return node
    from minisql.codegen.times import parse_timestamp  # only such a query needs it

    return exp.Literal(this=str(parse_timestamp(node.this)), is_string=False)
