"""SET, UNSET and SHOW PROPERTIES."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from minisql import config
from minisql.configdef import property_text
from minisql.errors import SERVER_ERROR, KsqlError, UnsupportedError
from minisql.results import Entity
from minisql.statements.prepared import Prepared

if TYPE_CHECKING:
    from minisql.engine import Engine, Session


def set_property(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """Set a property for the session; the server answers nothing.

    Raises:
        KsqlError: no such property, one that may not be set, or a value that does not fit.
    """
    name, value = prepared.node.this, prepared.node.args["value"]
    denied = config.value_of("ksql.properties.overrides.denylist", engine.config)
    config.check_override(name, value, denied)
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
    """ALTER SYSTEM: ksqlDB too refuses it, unless its queries share their runtimes.

    Raises:
        KsqlError: they do not.
        UnsupportedError: they do.
    """
    if config.value_of("ksql.runtime.feature.shared.enabled", engine.config):
        raise UnsupportedError("ALTER SYSTEM", prepared.text)
    raise KsqlError("Cannot alter system configs when KSQL_SHARED_RUNTIME_ENABLED is turned off.", SERVER_ERROR)


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
