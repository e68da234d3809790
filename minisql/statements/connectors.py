"""Connectors: nothing is connected to anything here, but an engine that was asked to keeps what was declared."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from minisql.analyzer.property_values import literal_value
from minisql.errors import KsqlError, UnsupportedError
from minisql.java import hash_order, string_hash, string_value
from minisql.record import Record
from minisql.results import Entity, warning
from minisql.statements.prepared import Prepared

if TYPE_CHECKING:
    from minisql.engine import Engine, Session

NOT_FOUND, CONFLICT = 40400, 40900
STATE = "UNASSIGNED"
"""Kafka Connect's state of a connector that no worker runs."""

JDBC_SOURCE = "io.confluent.connect.jdbc.JdbcSourceConnector"
CONNECTOR_CLASS = "connector.class"
MASK = "'[string]'"


class Connector(Record):
    """A declared connector; ``kind`` is "SOURCE" or "SINK"."""

    name: str
    kind: str
    config: dict[str, str]


def create_connector(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """CREATE SOURCE | SINK CONNECTOR [IF NOT EXISTS]: keep it.

    Raises:
        KsqlError: the name is taken in any case, or the connector has no class.
        UnsupportedError: the engine does not keep connectors.
    """
    known, node = _known(engine, prepared, "CREATE CONNECTOR"), prepared.node
    name = node.this.name
    text = _masked(prepared)
    taken = any(name.lower() == other.lower() for other in known)
    if taken and not node.args.get("exists"):
        raise KsqlError(f"Connector {name} already exists", CONFLICT)
    given = {str(item.this): string_value(literal_value(item.expression)) for item in node.args["properties"]}
    config = {**_resolved(given), "name": name}
    _check_class(config)
    if taken:
        return warning(text, f"Connector {name} already exists")
    connector = known[name] = Connector(name, node.args["kind"], config)
    info = {"name": name, "config": connector.config, "tasks": [], "type": connector.kind.lower()}
    return Entity("connector_info", text, {"info": info})


def drop_connector(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """DROP CONNECTOR [IF EXISTS]: forget it.

    Raises:
        KsqlError: there is none.
        UnsupportedError: the engine does not keep connectors.
    """
    known, name = _known(engine, prepared, "DROP CONNECTOR"), prepared.node.this.name
    if name in known:
        del known[name]
        return Entity("drop_connector", prepared.text, {"connectorName": name})
    if prepared.node.args.get("exists"):
        return warning(prepared.text, f"Connector '{name}' does not exist.")
    raise _missing("Failed to drop connector", f"Connector {name} not found")


def describe_connector(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """DESCRIBE CONNECTOR.

    Raises:
        KsqlError: there is none.
        UnsupportedError: the engine does not keep connectors.
    """
    known, name = _known(engine, prepared, "DESCRIBE CONNECTOR"), prepared.node.this.name
    connector = known.get(name)
    if connector is None:
        raise _missing("Failed to query connector status", f"No status found for connector {name}")
    state = {"state": STATE, "worker_id": ""}
    status = {"name": name, "connector": state, "tasks": [], "type": connector.kind.lower()}
    body = {"connectorClass": connector.config[CONNECTOR_CLASS], "status": status, "sources": [], "topics": []}
    return Entity("connector_description", prepared.text, body)


def show_connectors(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """SHOW [SOURCE | SINK] CONNECTORS.

    Raises:
        UnsupportedError: the engine does not keep connectors.
    """
    known, kind = _known(engine, prepared, "SHOW CONNECTORS"), prepared.node.args.get("kind")
    listed = [_summary(connector) for connector in known.values() if kind in (None, connector.kind)]
    return Entity("connector_list", prepared.text, {"connectors": listed})


def show_connector_plugins(engine: Engine, session: Session, prepared: Prepared) -> Entity:
    """SHOW CONNECTOR PLUGINS: the classes of the connectors that there are.

    Raises:
        UnsupportedError: the engine does not keep connectors.
    """
    known = _known(engine, prepared, "SHOW CONNECTOR PLUGINS")
    classes = {connector.config[CONNECTOR_CLASS]: connector.kind.lower() for connector in known.values()}
    listed = [{"className": name, "type": kind} for name, kind in classes.items()]
    return Entity("connector_plugins_list", prepared.text, {"connectorsPlugins": listed})


def _known(engine: Engine, prepared: Prepared, feature: str) -> dict[str, Connector]:
    if engine.connectors is None:
        raise UnsupportedError(feature, prepared.text)
    return engine.connectors


def _summary(connector: Connector) -> dict[str, Any]:
    kind, name = connector.kind.lower(), connector.config[CONNECTOR_CLASS]
    return {"name": connector.name, "type": kind, "className": name, "state": STATE}


def _missing(what: str, message: str) -> KsqlError:
    """ksqlDB hands on the JSON with which Kafka Connect answers."""
    answer = json.dumps({"error_code": NOT_FOUND // 100, "message": message}, separators=(",", ":"))
    return KsqlError(f"{what}: {answer}", NOT_FOUND)


def _check_class(config: dict[str, str]) -> None:
    name = config.get(CONNECTOR_CLASS)
    if name is None:
        shown = ", ".join(f"{key}={config[key]}" for key in hash_order(config, string_hash))
        raise KsqlError(f"Validation error: Connector config {{{shown}}} contains no connector type")
    if not name.strip():
        raise KsqlError("Validation error: Connector type cannot be empty")


def _resolved(config: dict[str, str]) -> dict[str, str]:
    """The configuration that Connect is given: ksqlDB adds to that of its JDBC source."""
    if config.get(CONNECTOR_CLASS) != JDBC_SOURCE:
        return config
    resolved = dict(config)
    key = resolved.pop("key", None)
    if key is not None:
        given = [resolved["transforms"]] if "transforms" in resolved else []
        resolved["transforms"] = ",".join([*given, "ksqlCreateKey,ksqlExtractString"])
        package = "org.apache.kafka.connect.transforms."
        resolved["transforms.ksqlCreateKey.type"] = package + "ValueToKey"
        resolved["transforms.ksqlCreateKey.fields"] = key
        resolved["transforms.ksqlExtractString.type"] = package + "ExtractField$Key"
        resolved["transforms.ksqlExtractString.field"] = key
    return {"tasks.max": "1", **resolved}


_PROPERTY = re.compile(
    r"""('(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|[\w@]+)\s*=\s*('(?:[^']|'')*'|[^\s,)]+)""",
)


def _masked(prepared: Prepared) -> str:
    """The statement as the server shows it: what properties are set to may be secret, but for the class."""
    node, place = prepared.node, prepared.node.this.meta
    name, rest = prepared.text[place["start"] : place["end"]], prepared.text[place["end"] :]
    shown = [f"{key}={value if _is_class(key) else MASK}" for key, value in _PROPERTY.findall(rest)]
    exists = "IF NOT EXISTS " if node.args.get("exists") else ""
    return f"CREATE {node.args['kind']} CONNECTOR {exists}{name} WITH ({', '.join(shown)});"


def _is_class(key: str) -> bool:
    """A name in single quotes is taken as it is, others in any case."""
    return key[1:-1] == CONNECTOR_CLASS if key.startswith("'") else key.strip('"`').lower() == CONNECTOR_CLASS
