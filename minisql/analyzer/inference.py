"""Columns from a schema registry: of CREATE without columns, or with the id of a schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from minisql.analyzer.create_source import infers
from minisql.dialect import nodes, parse
from minisql.errors import SERVER_ERROR, KsqlError, UnsupportedError
from minisql.formats.format import UNWRAP_SINGLES, format_of
from minisql.formats.info import FormatInfo
from minisql.names import quote
from minisql.schema import Column, Namespace

if TYPE_CHECKING:
    from minisql.analyzer.create_source import Declaration
    from minisql.formats.connect.parsed import ParsedSchema
    from minisql.formats.connect.schema import ConnectSchema
    from minisql.formats.registry import SchemaRegistry
    from minisql.formats.rows import Fields

_DOCS = "https://docs.confluent.io/current/schema-registry"


class Wanted(NamedTuple):
    """What is looked for in the registry.

    Attributes:
        side: "key" or "value".
        topic: the topic's name; None when the statement does not say it.
        id: of a schema; None for the newest of the topic's subject.
        format: the format that reads it.
        features: WRAP_SINGLES or UNWRAP_SINGLES.
    """

    side: str
    topic: str | None
    id: int | None
    format: FormatInfo
    features: frozenset[str]

    @property
    def place(self) -> str:
        """How errors name it."""
        parts = [] if self.topic is None else [f"topic: {self.topic}"]
        return ", ".join(parts if self.id is None else [*parts, f"schema id: {self.id}"])


class Inferred(NamedTuple):
    """A schema of the registry, and the columns that it stands for."""

    id: int
    schema: ParsedSchema
    columns: Fields


def with_inferred(declared: Declaration, registry: SchemaRegistry | None) -> Declaration:
    """The declaration with the columns that it leaves to the registry.

    Args:
        declared: what CREATE says.
        registry: where schemas are; None only for formats that need none.

    Raises:
        KsqlError: there is no such schema, or ksqlDB cannot use it, in ksqlDB's words.
    """
    elements = list(declared.node.args.get("elements") or ())
    keys = [element for element in elements if element.args.get("constraint") in ("KEY", "PRIMARY KEY")]
    values = [element for element in elements if element.args.get("constraint") is None]
    properties = declared.properties
    key = value = None
    topic = properties.kafka_topic
    if infers("KEY", declared.key, properties.key_schema_id, bool(keys)):
        features = frozenset({UNWRAP_SINGLES}) & format_of(declared.key.format).features
        key = _found(registry, Wanted("key", topic, properties.key_schema_id, declared.key, features))
    if infers("VALUE", declared.value, properties.value_schema_id, bool(values)):
        wanted = Wanted("value", topic, properties.value_schema_id, declared.value, properties.value_features)
        value = _found(registry, wanted)
    if key is None and value is None:
        return declared
    others = [element for element in elements if element.args.get("constraint") in ("HEADERS", "HEADER")]
    constraint = "PRIMARY KEY" if declared.kind == "TABLE" else "KEY"
    others += keys if key is None else _elements(key.columns, constraint)
    others += values if value is None else _elements(value.columns, "")
    return _named(declared, others, key, value)


def _found(registry: SchemaRegistry | None, wanted: Wanted) -> Inferred:
    assert registry is not None
    return look_up(registry, wanted)


def look_up(registry: SchemaRegistry, wanted: Wanted) -> Inferred:
    """The schema and its columns.

    Raises:
        KsqlError: with ksqlDB's text.
    """
    from minisql.formats.registry import RegistryError

    try:
        id = registry.get_latest(f"{wanted.topic}-{wanted.side}").id if wanted.id is None else wanted.id
        schema = registry.parsed(id)
    except RegistryError as error:
        raise KsqlError(_not_found(wanted)) from error
    language: Any = format_of(wanted.format.format)
    expected = language.language().type
    if schema.type != expected:
        raise KsqlError(_wrong_format(wanted, expected, schema.type))
    try:
        columns = _columns(schema.connect(dict(wanted.format.properties)), wanted)
    except KsqlError as error:
        if error.error_code == SERVER_ERROR or isinstance(error, UnsupportedError):
            raise
        raise KsqlError(_incompatible(wanted, schema, error.message)) from error
    if wanted.side == "key" and len(columns) > 1:
        raise KsqlError(
            f"The key schema for {wanted.place} contains multiple columns, which is not supported by ksqlDB at this time.\n"
            f"Schema:{schema.text}"
        )
    return Inferred(id, schema, columns)


def _columns(schema: ConnectSchema, wanted: Wanted) -> Fields:
    from minisql.formats.connect import schema as connect
    from minisql.formats.connect.columns import inferred
    from minisql.formats.connect.schema import ConnectSchema

    unsupported = wanted.features - format_of(wanted.format.format).features
    if unsupported:
        raise KsqlError(f"Unsupported features: [{', '.join(sorted(unsupported))}]")
    if UNWRAP_SINGLES in wanted.features:
        only = "ROWKEY" if wanted.side == "key" else "ROWVAL"
        schema = ConnectSchema(connect.STRUCT, fields=((only, schema),))
    if schema.type != connect.STRUCT:
        raise KsqlError(
            "Schema returned from schema registry is anonymous type. To use this schema with ksqlDB, set "
            "'WRAP_SINGLE_VALUE=false' in the WITH clause properties."
        )
    return inferred(schema, wanted.id is None)


def _elements(columns: Fields, constraint: str) -> list[nodes.TableElement]:
    """Columns as CREATE would declare them."""
    text = ", ".join(f"{quote(name)} {kind} {constraint}" for name, kind in columns)
    return list(parse(f"CREATE {'TABLE' if constraint == 'PRIMARY KEY' else 'STREAM'} X ({text});").args["elements"])


def _named(
    declared: Declaration, elements: list[nodes.TableElement], key: Inferred | None, value: Inferred | None
) -> Declaration:
    """The declaration with these columns, and with the full names of schemas that it asks for by id."""
    properties = declared.properties
    _check_single("Key", "KEY", declared.key, key, properties.key_schema_full_name)
    _check_single("Value", "VALUE", declared.value, value, properties.value_schema_full_name)
    names: dict[str, Any] = {
        "key_schema_full_name": full_name(properties.key_schema_full_name, properties.key_schema_id, key),
        "value_schema_full_name": full_name(properties.value_schema_full_name, properties.value_schema_id, value),
    }
    node = declared.node.copy()
    node.set("elements", elements)
    given = {str(item.this).upper(): item for item in node.args.get("properties") or ()}
    for name, text in names.items():
        if text is not None:
            given[name.upper()] = property_node(name.upper(), text)
    node.set("properties", list(given.values()))
    properties = properties._replace(**names)
    return declared.with_(
        node=node,
        properties=properties,
        key=declared.key.with_(properties=properties.key_format_properties(declared.name, declared.key.format)),
        value=declared.value.with_(properties=properties.value_format_properties(declared.value.format)),
    )


def property_node(name: str, text: str) -> nodes.Property:
    """A property of a WITH clause."""
    from sqlglot import expressions as exp

    return nodes.Property(this=name, expression=exp.Literal.string(text))


def full_name(given: str | None, schema_id: int | None, found: Inferred | None) -> str | None:
    """The full name of a side's schema: what WITH says, else that of the schema that it asks for by id."""
    return given if given is not None or schema_id is None or found is None else found.schema.name


def _check_single(side: str, prefix: str, info: FormatInfo, found: Inferred | None, given: str | None) -> None:
    names = [] if found is None or given is not None else found.schema.names
    if len(names) > 1:
        listed = "\n".join(f"- {name}" for name in names)
        raise KsqlError(
            f"{side} schema has multiple schema definitions. \n\n{listed}\n\n"
            f"Please specify a schema full name in the WITH clause using {prefix}_SCHEMA_FULL_NAME"
        )


def check_columns(wanted: Wanted, columns: tuple[Column, ...], found: Inferred) -> None:
    """Check the columns of CREATE ... AS SELECT against a schema that it asks for by id.

    Raises:
        KsqlError: the schema has not all of them.
    """
    namespace = Namespace.KEY if wanted.side == "key" else Namespace.VALUE
    known = [Column(name, kind, namespace) for name, kind in found.columns]
    places = {column: index for index, column in enumerate(known)}
    odd = [column for index, column in enumerate(columns) if places.get(column) != index]
    if wanted.id is not None and odd:
        raise KsqlError(
            f"The following {wanted.side} columns are changed, missing or reordered: [{', '.join(map(str, odd))}]. "
            f"Schema from schema registry is [{', '.join(map(str, known))}]"
        )


def _not_found(wanted: Wanted) -> str:
    sides = f"message {wanted.side}s"
    id = "" if wanted.id is None else f"Schema Id: {wanted.id}\n"
    suffix = (
        "- Messages on the topic have not been serialized using a Confluent Schema Registry supported serializer\n"
        f"\t-> See {_DOCS}/docs/serializer-formatter.html\n"
        "- The schema is registered on a different instance of the Schema Registry\n"
        f"\t-> Use the REST API to list available subjects\t{_DOCS}/docs/api.html#get--subjects\n"
        "- You do not have permissions to access the Schema Registry.\n"
        f"\t-> See {_DOCS}/docs/security.html"
    )
    if wanted.topic is None:
        return (
            f"Schema for {sides} on schema id'{wanted.id} does not exist in the Schema Registry.\n{id}"
            f"Possible causes include:\n- Schema Id Optional[{wanted.id}]\n{suffix}"
        )
    return (
        f"Schema for {sides} on topic '{wanted.topic}' does not exist in the Schema Registry.\n"
        f"Subject: {wanted.topic}-{wanted.side}\n{id}Possible causes include:\n- The topic itself does not exist\n"
        "\t-> Use SHOW TOPICS; to check\n- Messages on the topic are not serialized using a format Schema Registry supports\n"
        f"\t-> Use PRINT '{wanted.topic}' FROM BEGINNING; to verify\n{suffix}"
    )


def _wrong_format(wanted: Wanted, expected: str, actual: str) -> str:
    return (
        f"{wanted.side.capitalize()} schema is not in the expected format. "
        f"You may want to set {wanted.side.upper()}_FORMAT to '{actual}'.\n{wanted.place}\n"
        f"expected format: {expected}\nactual format from Schema Registry: {actual}"
    )


def _incompatible(wanted: Wanted, schema: ParsedSchema, reason: str) -> str:
    return (
        f"Unable to verify if the {wanted.side} schema for {wanted.place} is compatible with ksqlDB.\nReason: {reason}\n\n"
        "Please see https://github.com/confluentinc/ksql/issues/ to see if this particular reason is already known.\n"
        f"If not, please log a new issue, including this full error message.\nSchema:{schema.text}"
    )
