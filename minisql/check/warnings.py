"""What ksqlDB accepts, and what may yet surprise whoever wrote it: a function and a row in ``WARNINGS`` for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlglot.expressions import Expression

from minisql.config import AUTO_OFFSET_RESET
from minisql.dialect import nodes
from minisql.engine import Engine, Session
from minisql.metastore import Source
from minisql.planner.plan import QueryPlan
from minisql.planner.steps import (
    GroupBy,
    Join,
    Rekey,
    SourceStep,
    Step,
    StreamGroupByKey,
    StreamWindowedAggregate,
)
from minisql.query_result import QueryResult
from minisql.record import Record
from minisql.results import Entity


class Tried(Record):
    """A statement that has been accepted.

    Attributes:
        node: its tree.
        result: what it answered.
        plan: of the query that it would start, if it starts one that runs on.
        engine: the sandbox, in which the statement has taken effect.
        session: likewise.
        filled: the sources for which the script had an INSERT before.
    """

    node: Expression
    result: Entity | QueryResult
    plan: QueryPlan | None
    engine: Engine
    session: Session
    filled: frozenset[str]

    @property
    def query(self) -> nodes.Query | None:
        """Its SELECT."""
        found = self.node if isinstance(self.node, nodes.Query) else self.node.args.get("query")
        return found if isinstance(found, nodes.Query) else None

    @property
    def steps(self) -> Iterator[Step]:
        """The steps of the plan, from the sink down."""
        waiting = [] if self.plan is None else [self.plan.step]
        while waiting:
            step = waiting.pop(0)
            yield step
            waiting += step.sources


Surprise = tuple["Expression | str | None", str]
"""Where in the statement (a part or a word of it, None for all of it), and what."""


def deprecated(tried: Tried) -> Iterator[Surprise]:
    """The server warns that it will not take the statement for ever."""
    for text in tried.result.warnings if isinstance(tried.result, Entity) else ():
        if text.startswith("DEPRECATION NOTICE") and tried.query is not None:
            yield tried.query.args["joins"][0], text


def full_scan(tried: Tried) -> Iterator[Surprise]:
    """A pull query looks at every row of a table, or reads all of a stream."""
    if not isinstance(tried.node, nodes.Query) or tried.node.args.get("emit") is not None:
        return
    from minisql.planner.pull import plan_pull

    engine, relation = tried.engine, tried.node.args["source"]
    config = engine.properties(tried.session)
    plan = plan_pull(tried.node, metastore=engine.metastore, functions=engine.functions, config=config)
    if plan.stream is not None:
        yield relation, f"the pull query reads all of the topic of the stream {plan.source.name}, each time it is asked"
    elif plan.is_scan:
        keys = ", ".join(column.name for column in plan.source.schema.key)
        yield relation, f"the pull query looks at every row of {plan.source.name}: its WHERE does not say which {keys} is wanted"


def key_format(tried: Tried) -> Iterator[Surprise]:
    """A join writes one side anew, only because its key format is not that of the other."""
    for step in _rekeyed_for_joins(tried):
        if _same_key(step):
            yield (
                _join_of(tried, step),
                f"{_source(step).name} goes through an internal topic, though it has the key of the join: its key format, "
                f"{_source(step).key_format.info.format}, is not that of the other side",
            )


def late_rows(tried: Tried) -> Iterator[Surprise]:
    """EMIT FINAL without GRACE PERIOD drops every row that comes after its window's end."""
    query = tried.query
    if query is None or not any(isinstance(step, StreamWindowedAggregate) and step.window.final for step in tried.steps):
        return
    window = query.args["window"]
    if window.args.get("grace") is None:
        yield "EMIT", "EMIT FINAL without GRACE PERIOD: a row that comes after the end of its window is dropped"


def latest_offset(tried: Tried) -> Iterator[Surprise]:
    """A query starts at the end of a stream into which the script has inserted before."""
    if tried.query is None or tried.engine.properties(tried.session).get(AUTO_OFFSET_RESET) == "earliest":
        return
    for step in tried.steps:
        if isinstance(step, SourceStep) and not step.source.is_table and step.source.name in tried.filled:
            name = step.source.name
            yield (
                _relation(tried.query, name),
                f"the query does not see the rows inserted into {name} above: it starts with what comes later, "
                f"unless SET '{AUTO_OFFSET_RESET}' = 'earliest' stands before it",
            )


def null_key(tried: Tried) -> Iterator[Surprise]:
    """INSERT VALUES gives a stream's record no key."""
    node = tried.node
    if not isinstance(node, nodes.InsertValues) or not node.args.get("columns"):
        return
    source = tried.engine.metastore.sources[node.this.name]
    given = {column.name for column in node.args["columns"]}
    missing = [column.name for column in source.schema.key if column.name not in given]
    if source.schema.key and len(missing) == len(source.schema.key):
        yield node.this, f"the record has no key ({', '.join(missing)}): joins and GROUP BY of the key leave it out"


def query_id(tried: Tried) -> Iterator[Surprise]:
    """A query is named by an id, whose number depends on what the server has run."""
    named = tried.node.this if isinstance(tried.node, (nodes.QueryCommand, nodes.Explain)) else None
    if isinstance(named, Expression) and named.key == "identifier":
        yield named, f"the number in {named.name} depends on what the server has run before: it may be another one there"


def repartition(tried: Tried) -> Iterator[Surprise]:
    """GROUP BY or a join on something else than the key sends records through an internal topic."""
    query = tried.query
    for step in tried.steps:
        if query is not None and isinstance(step, GroupBy) and not isinstance(step, StreamGroupByKey):
            yield query.args["group"][0], "GROUP BY something else than the key: all records go through an internal topic"
    for step in _rekeyed_for_joins(tried):
        if not _same_key(step):
            yield (
                _join_of(tried, step),
                f"{_source(step).name} is joined on something else than its key: its records go through an internal topic, "
                "and may be overtaken there by those of the other side",
            )


def _rekeyed_for_joins(tried: Tried) -> Iterator[Rekey]:
    for join in tried.steps:
        for side in join.sources if isinstance(join, Join) else ():
            below = side
            while not isinstance(below, (Rekey, Join, SourceStep)):
                (below,) = below.sources
            if isinstance(below, Rekey):
                yield below


def _same_key(step: Rekey) -> bool:
    before, after = ([column.name for column in each.schema.key] for each in (step.below, step))
    return before == after


def _source(step: Step) -> Source:
    while not isinstance(step, SourceStep):
        step = step.sources[0]
    return step.source


def _relation(query: nodes.Query, name: str) -> Expression | None:
    return next((relation for relation in query.find_all(nodes.Relation) if relation.this.name == name), None)


def _join_of(tried: Tried, step: Rekey) -> Expression | None:
    """The ON of the join for which it is done: that which has the source on its right, else the first."""
    joins = tried.query.args["joins"] if tried.query is not None else []
    name = _source(step).name
    found = next((join for join in joins if join.this.this.name == name), joins[0] if joins else None)
    return None if found is None else found.args["on"]


Find = Callable[[Tried], Iterator[Surprise]]

WARNINGS: dict[str, Find] = {
    "deprecated": deprecated,
    "full-scan": full_scan,
    "key-format": key_format,
    "late-rows": late_rows,
    "latest-offset": latest_offset,
    "null-key": null_key,
    "query-id": query_id,
    "repartition": repartition,
}
"""Code -> what looks for it; the docstring says what it is about."""


def about(code: str) -> str:
    """What a warning is about, in a sentence."""
    return (WARNINGS[code].__doc__ or "").strip()
