"""SET, UNSET and SHOW PROPERTIES."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from minisql import config
from minisql.causes import with_causes
from minisql.configdef import property_text
from minisql.errors import SERVER_ERROR, KsqlError, UnsupportedError
from minisql.overrides import check_override
from minisql.results import Entity, command_status
from minisql.statements.prepared import Prepared

if TYPE_CHECKING:
    from minisql.engine import Engine, Session


def set_property(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """Set a property for the session; the server answers nothing.

    Raises:
        KsqlError: no such property, one that may not be set, or a value that does not fit.
    """
    name, value = prepared.node.this, prepared.node.args["value"]
    check_override(name, value, engine.config)
    session.properties[config.canonical(name)] = value
    return Entity.nothing(prepared.text)


def unset_property(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """Go back to the server's value; the server answers nothing.

    Raises:
        KsqlError: no such property.
    """
    config.check_known(prepared.node.this)
    session.properties.pop(config.canonical(prepared.node.this), None)
    return Entity.nothing(prepared.text)


def alter_system(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """ALTER SYSTEM: ksqlDB too refuses it, unless its queries share their runtimes; then the server's value is another.

    Raises:
        KsqlError: they do not, or the property may not be changed.
        UnsupportedError: they do, but the engine does not keep what only a cluster can heed.
    """
    if not config.value_of("ksql.runtime.feature.shared.enabled", engine.config):
        cause = "Cannot alter system configs when KSQL_SHARED_RUNTIME_ENABLED is turned off."
        message = f"Could not write the statement '{prepared.text}' into the command topic."
        raise KsqlError(with_causes(message, cause), SERVER_ERROR)
    if engine.connectors is None:
        raise UnsupportedError("ALTER SYSTEM", prepared.text)
    name, value = prepared.node.this, prepared.node.args["value"]
    if not config.is_editable(name):
        what = f"Not recognizable as ksql, streams, consumer, or producer property: {name}"
        raise KsqlError(f"Failed to set {name} to {value}. Caused by: {what} \n")
    config.check_known(name).parse(value)
    engine.config[config.canonical(name)] = value
    message = f"System property {name} was set to {value}."
    return command_status(prepared.text, ("cluster", name, "alter"), message, next(engine.command_number))


def show_properties(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """Every property with its value for this session, as text."""
    values, server = _values(engine.properties(session)), _values(engine.config)
    listed = [_property(name, value) for name, value in values.items()]
    body = {
        "properties": listed,
        "overwrittenProperties": [name for name, value in values.items() if server.get(name) != value],
        "defaultProperties": [name for name, value in values.items() if _is_default(name, value)],
    }
    return Entity("properties", prepared.text, body)


def _property(name: str, value: str | None) -> dict[str, Any]:
    return {
        "name": name,
        "scope": "KSQL",
        "value": value,
        "editable": config.is_editable(name),
        "level": config.level(name),
    }


def _values(properties: Mapping[str, Any]) -> dict[str, str | None]:
    """ksqlDB's own properties, then those of Kafka Streams under ``ksql.streams.``, in the order of the table."""
    names = [name for name, _, _ in config.KSQL_PROPERTIES]
    shown = {name: property_text(config.value_of(name, properties)) for name in names}
    for name in sorted(set(properties) - set(shown)):
        item = config.resolve(name, strict=False)
        if name.startswith(config.FUNCTIONS_PREFIX):
            # Function properties may be secrets: the server never shows their values.
            shown[name] = "[hidden]"
        elif item is not None and item.type is not None and not name.startswith(config.REQUEST_PREFIX):
            shown[config.STREAMS_PREFIX + item.name] = property_text(item.parse(properties[name]))
    return shown


def _is_default(name: str, value: str | None) -> bool:
    item = config.resolve(name, strict=False)
    return item is not None and item.type is not None and property_text(item.default) == value
