"""INSERT INTO ... VALUES: one record, checked strictly, written at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.analyzer.sources import alternatives
from minisql.broker import Entry
from minisql.causes import with_causes
from minisql.codegen.coercion import CoercionError, coerce, told_mismatch
from minisql.codegen.expressions import compiled_value
from minisql.dialect import sql
from minisql.dialect.masking import masked_insert
from minisql.dialect.places import placed
from minisql.errors import BAD_REQUEST, BareError, KsqlError, StatementError, UnsupportedError
from minisql.metastore import Source
from minisql.names import PSEUDO_COLUMNS, ROWTIME, quote
from minisql.results import Entity
from minisql.runtime.codecs import normalized, source_codec
from minisql.schema import Namespace
from minisql.statements.prepared import Prepared
from minisql.types import BIGINT, SqlType

if TYPE_CHECKING:
    from minisql.engine import Engine, Session

INSERT_ENABLED = "ksql.insert.into.values.enabled"


def insert_values(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """Write the record; the /ksql endpoint answers nothing to it.

    Raises:
        KsqlError: an unknown or read-only source, or a value that does not fit.
    """
    node = prepared.node
    names = [item.name for item in node.args.get("columns") or ()]
    try:
        source = writable_source(engine, node.this.name)
        _refuse_headers(source, names)
    except KsqlError as error:
        error.error_code = BAD_REQUEST
        raise
    try:
        if session_disabled(engine, session):
            raise KsqlError(
                "The server has disabled INSERT INTO ... VALUES functionality. To enable it, restart your ksqlDB "
                "server with 'ksql.insert.into.values.enabled'=true"
            )
        entry = values_entry(engine, source, names, node.args["values"])
    except (BareError, UnsupportedError):
        raise
    except KsqlError as error:
        message = f"Failed to insert values into '{source.name}'. {error.message}"
        refused = StatementError(message, statement=masked_insert(node), line=error.line, column=error.column, hint=error.hint)
        refused.quoted = False
        raise refused from error
    _refuse_keyless(engine, source, entry)
    engine.append(source, source_codec(source), [entry])
    return Entity.nothing(prepared.text)


def session_disabled(engine: Engine, session: Session) -> bool:
    """Whether the configuration forbids INSERT VALUES."""
    layers = (session.overrides, session.properties, engine.config)
    value = next((layer[INSERT_ENABLED] for layer in layers if INSERT_ENABLED in layer), True)
    return str(value).lower() == "false"


def writable_source(engine: Engine, name: str) -> Source:
    """The source that may be written to, or ksqlDB's refusal."""
    source = engine.metastore.source(name)
    if source is None:
        hint = alternatives(name, engine.metastore)
        raise KsqlError(f"Cannot insert values into an unknown stream/table: {quote(name)}{hint}")
    if source.windowed:
        raise KsqlError("Cannot insert values into windowed stream/table!")
    if source.read_only:
        raise KsqlError(f"Cannot insert values into read-only {source.kind.lower()}: {source.name}")
    return source


def column_types(source: Source) -> dict[str, SqlType]:
    """The columns that VALUES may give, key columns first, and their types."""
    columns = {column.name: column.type for column in source.schema.key + source.schema.value}
    return columns | {ROWTIME: BIGINT}


def _refuse_headers(source: Source, names: list[str]) -> None:
    headers = [column.name for column in source.schema.headers if not names or column.name in names]
    if headers:
        raise KsqlError(f"Cannot insert into HEADER columns: {', '.join(headers)}")


def _refuse_keyless(engine: Engine, source: Source, entry: Entry) -> None:
    topic = engine.topic_of(source)
    if topic.compacted and entry[0] is None:
        fault = f"Compacted topic cannot accept message without key in topic partition {topic.name}-0"
        raise KsqlError(with_causes(f"Failed to insert values into '{source.name}'.", fault), BAD_REQUEST)


def given_columns(source: Source, names: list[str]) -> list[str]:
    """The columns that VALUES gives: those named, else all, key columns first."""
    return names or [column.name for column in source.schema.key + source.schema.value]


def values_entry(engine: Engine, source: Source, names: list[str], nodes: list[Expression]) -> Entry:
    """The entry that the expressions ``nodes`` of VALUES make, for the columns ``names`` or for all.

    Raises:
        KsqlError: there are too few or too many, a column that is not there, or a value that does not fit.
    """
    types = column_types(source)
    columns = given_columns(source, names)
    if len(columns) != len(nodes):
        given = ", ".join(map(sql, nodes))
        expected = ", ".join(map(quote, names))
        raise KsqlError(f"Expected a value for each column. Expected Columns: [{expected}]. Got [{given}]")
    _check_columns(columns, types)
    values = {name: column_value(engine, name, types[name], node) for name, node in zip(columns, nodes, strict=True)}
    return entry_of(source, values, engine.clock.now())


def _check_columns(columns: list[str], types: dict[str, SqlType]) -> None:
    for name in columns:
        if name in PSEUDO_COLUMNS and name != ROWTIME:
            raise KsqlError(f"Inserting into column {quote(name)} is not allowed.")
        if name not in types:
            raise KsqlError(f"Column name {quote(name)} does not exist.")


def entry_of(source: Source, values: dict[str, Any], now: int) -> Entry:
    """The entry of these column values; columns that are not given are NULL."""
    keys = [column.name for column in source.schema.columns if column.namespace is Namespace.KEY]
    missing = [name for name in keys if name not in values] if source.is_table else []
    if missing:
        raise KsqlError(f"Value for primary key column(s) {', '.join(missing)} is required for tables")
    parts = tuple(values.get(name) for name in keys)
    key = parts[0] if len(parts) == 1 else parts
    row = tuple(values.get(column.name) for column in source.schema.value)
    return normalized(source, (key, row, _timestamp(values, now), ()))


def _timestamp(values: dict[str, Any], now: int) -> int:
    """The record's time; what Kafka's producer would refuse is refused."""
    stamp: int | None = values.get(ROWTIME, now)
    if stamp is None:
        raise KsqlError("ROWTIME is NULL: a record needs a time")
    if stamp < 0:
        raise KsqlError(f"Invalid timestamp: {stamp}. Timestamp should always be non-negative or null.")
    return stamp


def column_value(engine: Engine, name: str, kind: SqlType, node: Expression) -> Any:
    """What an expression of VALUES gives for a column.

    Raises:
        KsqlError: it does not fit the column's type, or speaks of columns.
    """
    if node.find(exp.Column):
        raise placed(KsqlError(f"Unsupported column reference in insert value: {sql(node)}"), node)
    value, given = _evaluated(engine, node)
    if value is None:
        return None
    try:
        return coerce(value, given, kind)
    except CoercionError:
        message = told_mismatch(name, kind, value, given)
        raise placed(KsqlError(message), node) from None


def _evaluated(engine: Engine, node: Expression) -> tuple[Any, SqlType | None]:
    """Value and type; why an evaluation fails ksqlDB does not tell."""
    try:
        value, given = compiled_value(node, engine.functions, engine.metastore.types)
    except (BareError, UnsupportedError):
        raise
    except KsqlError as error:
        refused = KsqlError(f"Invalid insert value: {error.message}.", line=error.line, column=error.column, hint=error.hint)
        raise placed(refused, node) from error
    try:
        return value(), given
    except UnsupportedError:
        raise
    except Exception as error:
        raise placed(KsqlError("", hint=str(error)), node) from error
