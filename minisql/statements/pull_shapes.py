"""Pull queries on tables that were asked before: planned and compiled once, then only run.

A query is known by its text. One that asks for a key and nothing else is known by its shape, the text without the key.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlglot import expressions as exp
from sqlglot.expressions import Expr

from minisql.analyzer.trees import column_name
from minisql.dialect import nodes
from minisql.dialect.shapes import Value, same, shape
from minisql.errors import KsqlError, QueryError
from minisql.planner.lookup import Lookup
from minisql.planner.pull import PullPlan
from minisql.query_result import QueryResult
from minisql.record import Record
from minisql.runtime.launch import Surroundings
from minisql.runtime.pull import TablePull, table_pull
from minisql.statements.insert_shapes import CONVERTERS, Convert

if TYPE_CHECKING:
    from minisql.engine import Engine, Session
    from minisql.metastore import Source
    from minisql.statements.prepared import Prepared

MOST_SHAPES = 1000

PLAIN: frozenset[type] = frozenset(
    {
        *(nodes.Query, nodes.Relation, exp.Identifier, exp.Column, exp.Star, exp.Alias, exp.Literal, exp.Boolean, exp.Null),
        *(exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.And, exp.Or, exp.Not, exp.In, exp.Between, exp.Like, exp.Is),
        exp.Paren,
    }
)
"""Queries of these parts depend on nothing but their source: not on functions, not on types that have names."""

Slot = tuple[int, Convert]
"""Which literal a column of the key is, and what makes the column's value of it."""


class PullShape(Record):
    """A query that was run.

    Attributes:
        plan: what it does.
        rows: does it.
        config: the server's configuration at that time.
        properties: what the session had set.
        overrides: what the call had set.
        slots: of a query known by its shape, where each column of the key comes from.
    """

    plan: PullPlan
    rows: TablePull
    config: dict[str, str]
    properties: dict[str, str]
    overrides: dict[str, Any]
    slots: tuple[Slot, ...] = ()

    def fits(self, engine: Engine, session: Session) -> bool:
        """Whether nothing has changed that the query depends on."""
        source = self.plan.source
        return (
            engine.metastore.source(source.name) is source
            and session.properties == self.properties
            and session.overrides == self.overrides
            and engine.config == self.config
        )

    def run(self, engine: Engine, text: str, literals: Sequence[Value] = ()) -> QueryResult:
        """Run it, with the key that the literals are."""
        lookups = self.plan.lookups
        if self.slots:
            key = tuple(convert(literals[number]) for number, convert in self.slots)
            lookups = (Lookup("=", key[0] if len(key) == 1 else key),)
        return pull_result(engine, self.plan, self.rows(engine.view(self.plan.source), lookups), text)


class PullShapes:
    """The pull queries that an engine has met."""

    def __init__(self) -> None:
        self._texts: dict[str, PullShape] = {}
        self._shapes: dict[str, PullShape] = {}

    def run(self, engine: Engine, session: Session, text: str) -> QueryResult | None:
        """Run a query if it is known; None when it must take the whole way."""
        known = self._texts.get(text)
        literals: tuple[Value, ...] = ()
        if known is None and text[:6].upper() == "SELECT" and "${" not in text:
            template, literals = shape(text)
            known = self._shapes.get(template)
        if known is None or not known.fits(engine, session):
            return None
        try:
            return known.run(engine, text, literals)
        except KsqlError:
            return None  # the whole way tells it in full

    def learn(self, engine: Engine, session: Session, prepared: Prepared, plan: PullPlan, around: Surroundings) -> TablePull:
        """What runs a query that takes the whole way; it is remembered if it depends on its source alone."""
        rows = table_pull(plan, around)
        if all(type(node) in PLAIN for node in prepared.node.walk()):
            template, literals = shape(prepared.text)
            slots = _slots(prepared.node, plan.source, literals)
            session_state = dict(engine.config), dict(session.properties), dict(session.overrides)
            if slots is None:
                _keep(self._texts, prepared.text, PullShape(plan, rows, *session_state))
            else:
                bare = plan.with_(predicate=None)  # whatever is found by the key has the key
                _keep(self._shapes, template, PullShape(bare, table_pull(bare, around), *session_state, slots))
        return rows


def pull_result(
    engine: Engine, plan: PullPlan, rows: Sequence[tuple[Any, ...]], text: str, error: QueryError | None = None
) -> QueryResult:
    """The result of a pull query; ``error`` ended it."""
    prefix = "query_" if plan.is_table else f"transient_{plan.source.name}_"  # ksqlDB reads a stream by a push query that ends
    query_id = f"{prefix}{next(engine.transient_number)}"
    reached = not plan.is_table and plan.limit is not None and len(rows) >= plan.limit  # of tables ksqlDB does not tell
    header = None if plan.announced is plan.schema else plan.announced.columns
    return QueryResult(query_id, plan.schema.columns, None, rows, reached, text, not plan.is_table, header, error)


def _keep(shapes: dict[str, PullShape], text: str, known: PullShape) -> None:
    if text in shapes or len(shapes) < MOST_SHAPES:
        shapes[text] = known


def _slots(query: Expr, source: Source, literals: Sequence[Value]) -> tuple[Slot, ...] | None:
    """Where each column of the key comes from, in a query whose WHERE is "column = literal" for each of them and nothing else."""
    found: dict[str, tuple[int, Value]] = {}
    for number, term in enumerate(_terms(query.args.get("where"))):
        column, literal = (term.this, term.expression) if isinstance(term, exp.EQ) else (None, None)
        if not isinstance(column, exp.Column) or not isinstance(literal, exp.Literal):
            return None
        if number == len(literals) or not same(literal, literals[number]):
            return None
        found[column_name(column)] = number, literals[number]
    keys = source.schema.key
    if not len(found) == len(literals) == len(keys) or any(key.name not in found for key in keys):
        return None
    converters = [CONVERTERS.get((type(found[key.name][1]), key.type)) for key in keys]
    slots = [(found[key.name][0], convert) for key, convert in zip(keys, converters, strict=True) if convert is not None]
    return tuple(slots) if len(slots) == len(keys) else None


def _terms(predicate: Expr | None) -> Iterator[Expr]:
    if isinstance(predicate, exp.And):
        yield from _terms(predicate.this)
        yield from _terms(predicate.expression)
    elif predicate is not None:
        yield predicate
