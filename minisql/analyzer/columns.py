"""Every column that a query names exists (ksqlDB's ColumnReferenceValidator)."""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot.expressions import Expression

from minisql.analyzer.analysis import Analysis, SingleColumn
from minisql.analyzer.names import SYNTHETIC_KEY
from minisql.analyzer.sources import AliasedSource
from minisql.analyzer.text import place, refusal
from minisql.analyzer.trees import column_name, columns_in, qualifier
from minisql.schema import Schema


def schemas_of(sources: tuple[AliasedSource, ...], windowed: bool) -> dict[str, Schema]:
    """What the rows of each source have, by alias; ``windowed`` when the query's own window adds bounds."""
    return {alias: source.schema.with_pseudo_and_key_columns(source.windowed or windowed) for alias, source in sources}


def referenced_sources(expression: Expression, clause: str, schemas: Mapping[str, Schema], synthetic: bool) -> set[str]:
    """The aliases of the sources whose columns the expression has.

    ``synthetic`` lets names pass that the key of a join may get; they are looked at when it is known.

    Raises:
        KsqlError: a column does not exist.
    """
    found: set[str] = set()
    for node in columns_in(expression):
        owners = _owners(node, schemas)
        if len(owners) == 1:
            found.add(owners[0])
        elif owners or not (synthetic and _may_be_synthetic(node, clause, schemas)):
            raise _unknown(node, clause)
    return found


def check_columns(analysis: Analysis) -> None:
    """Look at all clauses, in ksqlDB's order.

    Raises:
        KsqlError: a column does not exist.
    """
    schemas = schemas_of(analysis.sources, analysis.window is not None)
    synthetic = not analysis.group or analysis.implicit_group
    clauses = [("WHERE", [analysis.where]), ("GROUP BY", analysis.group), ("PARTITION BY", analysis.partition)]
    clauses += [("HAVING", [analysis.having])]
    clauses += [("SELECT", [item.expression for item in analysis.selects if isinstance(item, SingleColumn)])]
    for clause, expressions in clauses:
        for expression in expressions:
            if expression is not None:
                referenced_sources(expression, clause, schemas, synthetic)


def _owners(node: Expression, schemas: Mapping[str, Schema]) -> list[str]:
    alias, name = qualifier(node), column_name(node)
    if alias is not None:
        return [alias] if alias in schemas and schemas[alias].find(name) else []
    return [each for each, schema in schemas.items() if schema.find(name)]


def _may_be_synthetic(node: Expression, clause: str, schemas: Mapping[str, Schema]) -> bool:
    return (
        len(schemas) > 1 and clause == "SELECT" and qualifier(node) is None and column_name(node).startswith(SYNTHETIC_KEY)
    )  # fmt: skip


def _unknown(node: Expression, clause: str) -> Exception:
    alias, name = qualifier(node), column_name(node)
    shown = name if alias is None else f"{alias}.{name}"
    reason = "cannot be resolved."
    if clause == "PARTITION BY":
        reason += f" '{shown}' must be a column in the source schema since PARTITION BY is applied on the input."
    return refusal(f"{place(node)}{clause} column '{shown}' {reason}", node)
