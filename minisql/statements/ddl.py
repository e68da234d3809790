"""CREATE STREAM and CREATE TABLE."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from minisql import config
from minisql.analyzer.create_source import Declaration, declaration, declared_source, needs_inference, statement_text
from minisql.analyzer.registered import is_registered, written_out
from minisql.analyzer.trees import rewrite
from minisql.dialect import nodes
from minisql.errors import KsqlError
from minisql.metastore import Source
from minisql.names import quote
from minisql.results import Entity, created, warning
from minisql.statements.about import about
from minisql.statements.prepared import Prepared
from minisql.statements.topics import check_topic, ensure_topic, unmade_on_failure
from minisql.types import SqlType

if TYPE_CHECKING:
    from minisql.engine import Engine, Session


def create_source(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """CREATE [OR REPLACE] [SOURCE] STREAM | TABLE; its topic is made where PARTITIONS says of how many partitions.

    Raises:
        KsqlError: the declaration is wrong, the name is taken, or there is no such topic.
    """
    node = prepared.node
    assert isinstance(node, nodes.CreateSource)
    properties = engine.properties(session)
    _check_headers_enabled(node, properties)
    declared = declaration(_typed(node, engine.metastore.types), properties)
    with about(lambda: statement_text(declared)):
        inferred = _inferred(engine, declared)
    existing = engine.metastore.source(declared.name)
    with about(lambda: _completed(inferred)):
        check_topic(engine, inferred, _cleanup_policy(inferred))
        source = declared_source(inferred, engine.metastore.types, properties, _in_the_way(node, existing))
        source = engine.metastore.with_subjects(source)
        _check_replacement(inferred, source, existing)
        if existing is not None and node.args.get("exists"):
            kind = declared.kind.lower()
            message = f"Cannot add {kind} {quote(declared.name)}: A {kind} with the same name already exists."
            return warning(prepared.text, message)
        if source.read_only:
            from minisql.planner.plan import check_readable  # few sources are read only

            check_readable(source)
        with unmade_on_failure(engine, source.topic):
            ensure_topic(engine, inferred)
            if source.uses_registry:
                from minisql.statements.schemas import register

                register(source, anew=False)
    return _register(engine, inferred, source)


def _typed(node: nodes.CreateSource, types: Mapping[str, SqlType]) -> nodes.CreateSource:
    """The statement with its registered types written out; Raises: BareError: there is no such type."""
    if not any(is_registered(part) for element in node.args.get("elements") or () for part in element.args["kind"].walk()):
        return node
    elements = [_with_known_type(element, types) for element in node.args["elements"]]
    return type(node)(**{**node.args, "elements": elements})


def _with_known_type(element: nodes.TableElement, types: Mapping[str, SqlType]) -> nodes.TableElement:
    kind = rewrite(element.args["kind"], lambda part: written_out(part, types))
    return nodes.TableElement(**{**element.args, "kind": kind})


def _completed(declared: Declaration) -> str:
    """The statement as the server keeps it."""
    return statement_text(declared, cleanup_policy=_cleanup_policy(declared))


def _inferred(engine: Engine, declared: Declaration) -> Declaration:
    """The declaration with the columns that it leaves to the schema registry."""
    if not needs_inference(declared):
        return declared
    from minisql.analyzer.inference import with_inferred  # most sources declare their columns

    return with_inferred(declared, engine.metastore.schema_registry)


def _register(engine: Engine, declared: Declaration, source: Source) -> Entity:
    text = _completed(declared)
    source = source.with_(sql=text)
    engine.forget(source)
    engine.metastore.sources[source.name] = source
    message, query_id = f"{source.kind.capitalize()} created", None
    if source.read_only and source.is_table:
        query_id = engine.materialize(source).id
        message = f"Created query with ID {query_id}"
    return created(text, source.kind, source.name, message, next(engine.command_number), query_id)


def _cleanup_policy(declared: Declaration) -> str:
    return "compact" if declared.kind == "TABLE" else "delete"


def _check_headers_enabled(node: nodes.CreateSource, properties: Mapping[str, str]) -> None:
    elements = node.args.get("elements") or ()
    headers = any(element.args.get("constraint") in ("HEADERS", "HEADER") for element in elements)
    if headers and config.value_of("ksql.headers.columns.enabled", properties) is False:
        kind = "TABLE" if isinstance(node, nodes.CreateTable) else "STREAM"
        raise KsqlError(f"Cannot create {kind} because schema with headers columns is disabled.")


def _in_the_way(node: nodes.CreateSource, existing: Source | None) -> Source | None:
    return None if node.args.get("replace") or node.args.get("exists") else existing


def _check_replacement(declared: Declaration, source: Source, existing: Source | None) -> None:
    if not declared.node.args.get("replace"):
        return
    if source.read_only or (existing is not None and existing.read_only):
        kind = declared.kind.lower()
        raise KsqlError(f"Cannot add {kind} '{declared.name}': CREATE OR REPLACE is not supported on source {kind}s.")
    if existing is not None:
        from minisql.statements.upgrade import check_upgrade  # few sources are replaced

        check_upgrade(existing, source)
