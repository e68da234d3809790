"""What ksqlDB does with a query before it looks at the statement as a whole: its names are made unambiguous."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.analyzer.analysis import AllColumns, SelectItem, SingleColumn
from minisql.analyzer.sanitize import Sanitizer
from minisql.analyzer.sources import known_sources
from minisql.dialect import nodes
from minisql.errors import BareError, KsqlError
from minisql.metastore import Metastore


@contextmanager
def preparing() -> Iterator[None]:
    """What is refused in here ksqlDB refuses before it looks at the statement as a whole, and says so."""
    try:
        yield
    except BareError:
        raise
    except KsqlError as error:
        message = f"Exception while preparing statement: {error.message}"
        raise KsqlError(message, line=error.line, column=error.column) from error


def prepared_query(query: nodes.Query, metastore: Metastore) -> nodes.Query:
    """The query as ksqlDB shows it from then on: every column has its source, and every select item its alias.

    Raises:
        KsqlError: a source is not there, or a column is ambiguous.
    """
    with preparing():
        sanitizer = Sanitizer(known_sources(query, metastore), metastore.types)
        args = dict(query.args)
        args["expressions"] = [_item(sanitizer.select(item), item) for item in query.expressions]
        if args.get("joins"):
            args["joins"] = [_join(join, sanitizer) for join in args["joins"]]
        for clause in ("where", "having"):
            if args.get(clause) is not None:
                args[clause] = sanitizer.expression(args[clause])
        for clause in ("group", "partition"):
            if args.get(clause) is not None:
                args[clause] = list(sanitizer.expressions(args[clause]))
        return nodes.Query(**args)


def _item(item: SelectItem, given: Expression) -> Expression:
    if isinstance(item, AllColumns):
        return given
    if isinstance(item, SingleColumn):
        return exp.Alias(this=item.expression, alias=exp.Identifier(this=item.alias, quoted=False))
    return exp.Dot(this=item.base, expression=exp.Star())


def _join(join: nodes.JoinedSource, sanitizer: Sanitizer) -> nodes.JoinedSource:
    return nodes.JoinedSource(**{**join.args, "on": sanitizer.expression(join.args["on"])})
