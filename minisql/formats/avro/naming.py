"""Names that Avro can bear: ksqlDB gives them to structs and maps before Confluent's AvroData sees the schema."""

from __future__ import annotations

from minisql.errors import BareError, KsqlError
from minisql.formats.connect import schema as connect
from minisql.formats.connect.columns import written_schema
from minisql.formats.connect.schema import ConnectSchema
from minisql.formats.rows import Fields

DEFAULT_NAME = "io.confluent.ksql.avro_schemas.KsqlDataSourceSchema"


def named(schema: ConnectSchema, full_name: str) -> ConnectSchema:
    """The schema with a name for each STRUCT and MAP: those of its parents and its own, joined by underscores.

    The outermost schema is never optional, and a logical type has lost its version there (AvroSchemas builds it anew).
    Dots in the names of fields become underscores.
    """
    return _named(schema, full_name).with_(optional=False, version=None)


def check_names(fields: Fields, unwrapped: bool) -> None:
    """Refuse columns whose names Avro cannot bear.

    Raises:
        BareError: with the text of SchemaRegisterInjector.
    """
    from minisql.formats.avro.building import avro_schema

    try:
        avro_schema(named(written_schema(fields, unwrapped), DEFAULT_NAME))
    except KsqlError as error:
        raise BareError(f"Could not register schema for topic: {error.message}") from None


def field_name(name: str) -> str:
    """A column's name as that of a field."""
    return name.replace(".", "_")


def _named(schema: ConnectSchema, name: str) -> ConnectSchema:
    if schema.type == connect.ARRAY:
        return schema.with_(value=_named(schema.item, name))
    if schema.type == connect.MAP:
        key, value = _named(schema.keys, f"{name}_MapKey"), _named(schema.item, f"{name}_MapValue")
        return schema.with_(name=name, key=key, value=value)
    if schema.type == connect.STRUCT:
        fields = tuple((field_name(field), _named(kind, f"{name}_{field}")) for field, kind in schema.fields)
        return schema.with_(name=schema.name or name, fields=fields)
    return schema
