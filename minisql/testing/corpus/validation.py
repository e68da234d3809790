"""Schemas that ksqlDB must be able to read and write: a file of schemas, without statements or records.

Each schema is registered, random records of it are written, and a query copies all of its columns. The values that come
out have to be those that went in. Each is tried twice: by its subject, and by its id, which keeps the case of names.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Any

from minisql.broker import RAW
from minisql.broker.view import raw
from minisql.clock import ManualClock
from minisql.engine import Engine, Session
from minisql.formats.connect import schema as connect
from minisql.formats.connect.parsed import ParsedSchema
from minisql.formats.connect.schema import ConnectSchema
from minisql.names import quote
from minisql.testing.corpus.case import Case, CaseFailed, CaseFile
from minisql.testing.corpus.compare import matches
from minisql.testing.corpus.connected import to_spec
from minisql.testing.corpus.jackson import dumps
from minisql.testing.corpus.wire import Wire

CORPUS = "schema-validation"
RECORDS = 100
UNIONS = ("io.confluent.connect.avro.Union", "io.confluent.connect.json.OneOf")

Node = Mapping[str, Any]


def is_node(node: Any) -> bool:
    """Whether it is a schema to be tried."""
    return isinstance(node, Mapping) and "schema" in node and "statements" not in node


def read(path: str, stem: str, nodes: list[Node]) -> CaseFile:
    """The cases of a file.

    Args:
        path: stands in reports.
        stem: the file's name without ``.json``.
        nodes: its ``tests``.
    """
    cases = [
        Case(CORPUS, path, f"{stem} - {node['name']}{suffix}", _Check(node, by_id))
        for node in nodes
        for by_id, suffix in ((False, ""), (True, " - by id"))
    ]
    return CaseFile(CORPUS, path, tuple(cases))


class _Check:
    """Tries one schema."""

    def __init__(self, node: Node, by_id: bool) -> None:
        self._node = node
        self._by_id = by_id

    def __call__(self) -> None:
        self._engine = Engine(ManualClock(0), properties={"auto.offset.reset": "earliest"}, auto_create_topics=True)
        schema = self._node["schema"]
        registry = self._engine.metastore.schema_registry
        id = registry.register("TEST_INPUT-value", schema if isinstance(schema, str) else dumps(schema), self._node["format"])
        parsed = registry.parsed(id)
        names = self._declare(id)
        values = _records(parsed)
        self._produce(parsed, id, values)
        self._compare(names, parsed.connect({}), values)

    def _declare(self, id: int) -> list[str]:
        """Make the source and the query; gives the columns that ksqlDB has found."""
        number = f", VALUE_SCHEMA_ID={id}" if self._by_id else ""
        format = self._node["format"]
        session = Session(properties={"auto.offset.reset": "earliest"})
        self._engine.execute(
            "CREATE STREAM TEST_INPUT (ROWKEY STRING KEY) WITH (KAFKA_TOPIC='TEST_INPUT', PARTITIONS=1, "
            f"KEY_FORMAT='KAFKA', VALUE_FORMAT='{format}'{number});",
            session,
        )
        names = [column.name for column in self._engine.metastore.sources["TEST_INPUT"].schema.value]
        columns = ", ".join(map(quote, names))
        self._engine.execute(f"CREATE STREAM TEST_OUTPUT AS SELECT ROWKEY, {columns} FROM TEST_INPUT;", session)
        return names

    def _produce(self, parsed: ParsedSchema, id: int, values: list[Any]) -> None:
        write = parsed.writer(parsed.connect({}), {})
        header = b"\0" + id.to_bytes(4, "big")
        entries = [(b"key", header + write(value), 0, ()) for value in values]
        self._engine.broker.open("TEST_INPUT").append(RAW, entries)
        self._engine.drain()

    def _compare(self, names: list[str], schema: ConnectSchema, values: list[Any]) -> None:
        wire = Wire.of(self._engine.metastore.sources["TEST_OUTPUT"])
        found = [wire.value.decode(record.value) for record in raw(self._engine.broker.topic("TEST_OUTPUT"))]
        if len(found) != len(values):
            raise CaseFailed(f"Expected {len(values)} records but it was {len(found)}: {self._engine.processing_log[:1]}")
        for value, actual in zip(values, found, strict=True):
            spec = to_spec(value, schema, True)
            expected = {name: each for name, each in _renamed(spec, schema, not self._by_id).items() if name in names}
            if not _same(actual, expected):
                raise CaseFailed(f"Expected {expected} but was {actual}")


def _renamed(spec: Any, schema: ConnectSchema, upper: bool) -> Any:
    """The value with the names that ksqlDB gives to fields."""
    if spec is None:
        return None
    if schema.type == connect.STRUCT:
        return {name.upper() if upper else name: _renamed(spec[name], field, upper) for name, field in schema.fields}
    if schema.type == connect.ARRAY:
        return [_renamed(each, schema.item, upper) for each in spec]
    return {key: _renamed(each, schema.item, upper) for key, each in spec.items()} if schema.type == connect.MAP else spec


def _same(actual: Any, expected: Any) -> bool:
    """Equal, doubles as doubles."""
    if isinstance(expected, float):
        return isinstance(actual, (int, float, Decimal)) and abs(float(actual) - expected) <= 1e-6 * max(1.0, abs(expected))
    if isinstance(expected, dict):
        return (
            isinstance(actual, dict)
            and len(actual) == len(expected)
            and all(_same(actual.get(k), v) for k, v in expected.items())
        )
    if isinstance(expected, list):
        return isinstance(actual, list) and len(actual) == len(expected) and all(map(_same, actual, expected))
    return matches(actual, expected)


def _records(parsed: ParsedSchema) -> list[Any]:
    random = Random(RECORDS)
    return [_random(parsed.connect({}), random) for _ in range(RECORDS)]


def _random(schema: ConnectSchema, random: Random) -> Any:
    """A random value of a schema."""
    if schema.optional and random.random() < 0.2:
        return None
    if schema.type == connect.STRUCT:
        chosen = random.choice(schema.fields)[0] if schema.name in UNIONS else None
        return {
            name: _random(field.with_(optional=False) if chosen else field, random) if chosen in (None, name) else None
            for name, field in schema.fields
        }
    if schema.type == connect.ARRAY:
        return [_random(schema.item, random) for _ in range(random.randrange(4))]
    if schema.type == connect.MAP:
        return {_random(schema.keys, random): _random(schema.item, random) for _ in range(random.randrange(4))}
    if schema.name == connect.DECIMAL:
        return Decimal(random.randrange(10_000)).scaleb(-connect.scale_of(schema))
    return SIMPLE[schema.type](random)


SIMPLE: dict[str, Any] = {
    connect.INT8: lambda random: random.randrange(-128, 128),
    connect.INT16: lambda random: random.randrange(-32768, 32768),
    connect.INT32: lambda random: random.randrange(-(2**31), 2**31),
    connect.INT64: lambda random: random.randrange(-(2**63), 2**63),
    connect.FLOAT32: lambda random: random.randrange(1000) / 8,
    connect.FLOAT64: lambda random: random.random() * 1000,
    connect.BOOLEAN: lambda random: random.random() < 0.5,
    connect.STRING: lambda random: "".join(random.choice("abcdefghij ") for _ in range(random.randrange(12))),
    connect.BYTES: lambda random: random.randbytes(random.randrange(12)),
}
