"""JOIN clauses: which sources and expressions each one brings together."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.analyzer.analysis import JoinInfo
from minisql.analyzer.columns import referenced_sources, schemas_of
from minisql.analyzer.sources import AliasedSource
from minisql.analyzer.text import text
from minisql.dialect import nodes
from minisql.errors import KsqlError


def join_infos(
    query: nodes.Query, sources: tuple[AliasedSource, ...], conditions: tuple[Expression, ...]
) -> tuple[JoinInfo, ...]:
    """The joins of the query, each seen with what came before it on its left; ``conditions`` have their columns qualified.

    Raises:
        KsqlError: a condition that is not one equality between two sources, or sources that cannot meet.
    """
    joins: list[nodes.JoinedSource] = query.args.get("joins") or []
    pairs = enumerate(zip(joins, conditions, strict=True))
    return tuple(_info(join, condition, sources[: number + 2]) for number, (join, condition) in pairs)


def _info(join: nodes.JoinedSource, condition: Expression, seen: tuple[AliasedSource, ...]) -> JoinInfo:
    _check_equality(condition)
    left, right = _side(condition.this, condition, seen), _side(condition.expression, condition, seen)
    if left.alias == right.alias:
        raise KsqlError(
            "Each side of the join must reference exactly one source and not the same source. "
            f"Left side references `{left.alias}` and right references `{right.alias}`"
        )
    _check_windows(left, right)
    _check_joined(seen[-1], left, right)
    kind, within = join.args["kind"], join.args.get("within")
    info = JoinInfo(left, condition.this, right, condition.expression, kind, False, within)
    return info.flip() if right.alias == seen[0].alias else info


def _check_equality(condition: Expression) -> None:
    if isinstance(condition, (exp.And, exp.Or)) and _is_equality(condition.this) and _is_equality(condition.expression):
        raise KsqlError(
            f"Invalid join condition: joins on multiple conditions are not yet supported. Got {text(condition)}."
        )  # fmt: skip
    if not isinstance(condition, _COMPARISONS):
        raise KsqlError(f"Unsupported join expression: {text(condition)}")
    if not _is_equality(condition):
        raise KsqlError("Only equality join criteria is supported.")


_COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.NullSafeEQ, exp.NullSafeNEQ)


def _is_equality(node: Expression) -> bool:
    return isinstance(node, exp.EQ)


def _side(expression: Expression, condition: Expression, seen: tuple[AliasedSource, ...]) -> AliasedSource:
    aliases = referenced_sources(expression, "JOIN ON", schemas_of(seen, windowed=False), synthetic=False)
    if len(aliases) != 1:
        raise KsqlError(
            f"Invalid comparison expression '{text(expression)}' in join '{text(condition)}'. "
            "Each side of the join comparision must contain references from exactly one source."
        )
    return next(source for source in seen if source.alias in aliases)


def _check_joined(joined: AliasedSource, left: AliasedSource, right: AliasedSource) -> None:
    if joined.alias not in (left.alias, right.alias):
        raise KsqlError(
            f"A join criteria is expected to reference the source (`{joined.alias}`) in the FROM clause, instead the right "
            f"source references `{right.alias}` and the left source references `{left.alias}`"
        )


def _check_windows(left: AliasedSource, right: AliasedSource) -> None:
    kinds = [None if window is None else window.type for window in (source.source.key_format.window for source in (left, right))]
    if (kinds[0] is None) != (kinds[1] is None):
        lines = [f"`{side.alias}` is {kind or 'not'} windowed" for side, kind in zip((left, right), kinds, strict=True)]
        raise KsqlError("\n".join(["Can not join windowed source to non-windowed source.", *lines]))
    if (kinds[0] == "SESSION") != (kinds[1] == "SESSION"):
        raise KsqlError(_incompatible(kinds))


def _incompatible(kinds: Sequence[str | None]) -> str:
    return (
        f"Incompatible windowed sources.\nLeft source: {kinds[0]}\nRight source: {kinds[1]}\n"
        "Session windowed sources can only be joined to other session windowed sources, "
        "and may still not result in expected behaviour as session bounds must be an exact match for the join to work\n"
        "Hopping and tumbling windowed sources can only be joined to other hopping and tumbling windowed sources"
    )
