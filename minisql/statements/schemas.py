"""Schemas of sources and sinks in the registry, and ASSERT SCHEMA."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from minisql.analyzer.inference import Wanted, check_columns, full_name, look_up
from minisql.errors import KsqlError
from minisql.formats.format import SCHEMA_ID, format_of
from minisql.formats.info import FormatInfo, Subject
from minisql.formats.registry import RegistryError
from minisql.metastore import WITH_REGISTRY, Source
from minisql.results import Entity
from minisql.schema import Column
from minisql.statements.prepared import Prepared
from minisql.statements.topics import ASSERTION_FAILED

if TYPE_CHECKING:
    from minisql.engine import Engine, Session
    from minisql.formats.registry import SchemaRegistry
    from minisql.planner.sink import SinkRequest


def register(source: Source, anew: bool) -> None:
    """Register the schemas of a source's topic.

    Args:
        source: a declared or derived source.
        anew: whether to register even where the subject has schemas already, as CREATE ... AS SELECT does.

    Raises:
        KsqlError: the registry refuses a schema.
    """
    key, value = source.key_format, source.value_format
    for subject, info, features, columns in (
        (key.subject, key.info, key.features, source.schema.key),
        (value.subject, value.info, value.features, source.schema.value),
    ):
        if subject is not None and (columns or anew):
            _register(subject, info, features, columns, anew)


def _register(subject: Subject, info: FormatInfo, features: frozenset[str], columns: tuple[Column, ...], anew: bool) -> None:
    from minisql.formats.connect.columns import written_schema
    from minisql.formats.format import RegistryFormat

    registry: SchemaRegistry = subject.registry
    options = dict(info.properties)
    try:
        if SCHEMA_ID in options:
            _register_id(subject, int(options[SCHEMA_ID]), info)
        elif anew or subject.name not in registry.subjects():
            found = format_of(info.format)
            assert isinstance(found, RegistryFormat)
            fields = tuple((column.name, column.type) for column in columns)
            registry.register_parsed(
                subject.name, found.language().made_of(written_schema(fields, "UNWRAP_SINGLES" in features), options)
            )
    except RegistryError as error:
        reason = f"{error.message}; error code: {error.error_code}"
        raise KsqlError(f"Could not register schema for topic: Could not register schema for topic: {reason}") from error


def _register_id(subject: Subject, wanted: int, info: FormatInfo) -> None:
    registry: SchemaRegistry = subject.registry
    side = subject.name.rpartition("-")[2].upper()
    schema = registry.parsed(wanted)
    found = format_of(info.format)
    language = found.language().type  # type: ignore[attr-defined]
    if schema.type != language:
        raise KsqlError(
            f"Format and fetched schema type using {side}_SCHEMA_ID {wanted} are different. "
            f"Format: [{info.format}], Fetched schema type: [{schema.type}]."
        )
    id = registry.register_id(subject.name, wanted)
    if id != wanted:
        raise KsqlError(
            f"Schema id registered is {id} which is different from provided {side}_SCHEMA_ID {wanted}.\n"
            f"Topic: {subject.name.rpartition('-')[0]}\nSubject: {subject.name}\nSchema: {schema.text}"
        )


def with_schemas(engine: Engine, request: SinkRequest, sink: Source) -> SinkRequest:
    """What is asked of a sink, with the full names of the schemas that it asks for by id.

    Args:
        engine: has the registry.
        request: what CREATE ... AS SELECT says.
        sink: what the query would make without them.

    Raises:
        KsqlError: there is no such schema, or it has not all columns of the sink.
    """
    properties, registry = request.properties, engine.metastore.schema_registry
    names: dict[str, Any] = {}
    for side, id, format, columns in (
        ("key", properties.key_schema_id, sink.key_format, sink.schema.key),
        ("value", properties.value_schema_id, sink.value_format, sink.schema.value),
    ):
        if id is None:
            continue
        if format.info.format not in WITH_REGISTRY:
            upper = side.upper()
            raise KsqlError(
                f"{upper}_FORMAT should support schema inference when {upper}_SCHEMA_ID is provided. "
                f"Current format is {format.info.format}."
            )
        wanted = Wanted(side, properties.kafka_topic, id, format.info, format.features)
        found = look_up(registry, wanted)
        check_columns(wanted, columns, found)
        names[f"{side}_schema_full_name"] = full_name(getattr(properties, f"{side}_schema_full_name"), id, found)
    return request._replace(properties=properties._replace(**names))


def assert_schema(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """ASSERT [NOT EXISTS] SCHEMA; nothing can change while it would wait, so TIMEOUT is not waited for.

    Raises:
        KsqlError: the assertion does not hold.
    """
    node = prepared.node
    subject, id, exists = node.args.get("subject"), node.args.get("id"), not node.args.get("not_exists")
    name = None if subject is None else subject.name
    number = None if id is None else int(id.name)
    if _exists(engine.metastore.schema_registry, name, number) != exists:
        described = ("" if name is None else f" subject name {name}") + ("" if number is None else f" id {number}")
        raise KsqlError(f"Schema with{described} {'does not exist' if exists else 'exists'}", ASSERTION_FAILED)
    return Entity("assert_schema", prepared.text, {"subject": name, "id": number, "exists": exists})


def _exists(registry: SchemaRegistry, subject: str | None, id: int | None) -> bool:
    try:
        if id is None:
            assert subject is not None
            registry.get_latest(subject)
            return True
        return subject is None or subject in registry.subjects_of(id) if registry.parsed(id) else False
    except RegistryError:
        return False
