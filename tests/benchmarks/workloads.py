"""The workloads: their SQL, their way in, and what their sink must hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import minisql
from minisql.broker import Record
from tests.benchmarks import data, floors, formats

LOCATIONS = """
CREATE STREAM rider_locations (profileId VARCHAR, latitude DOUBLE, longitude DOUBLE)
  WITH (kafka_topic='locations', value_format='json', partitions=1);
"""
CURRENT_LOCATION = """
CREATE TABLE current_location AS
  SELECT profileId, LATEST_BY_OFFSET(latitude) AS la, LATEST_BY_OFFSET(longitude) AS lo
  FROM rider_locations GROUP BY profileId;
"""
NEAR = """
CREATE STREAM near AS
  SELECT * FROM rider_locations WHERE GEO_DISTANCE(latitude, longitude, 37.4133, -122.1162) <= 5;
"""
BY_DISTANCE = """
CREATE TABLE by_distance AS
  SELECT ROUND(GEO_DISTANCE(la, lo, 37.4133, -122.1162), -1) AS distance, COLLECT_LIST(profileId) AS riders, COUNT(*) AS count
  FROM current_location GROUP BY ROUND(GEO_DISTANCE(la, lo, 37.4133, -122.1162), -1);
"""
EVENTS = "CREATE STREAM events (key VARCHAR, amount INT) WITH (kafka_topic='events', value_format='json', partitions=1);"
PER_MINUTE = f"""{EVENTS}
CREATE TABLE per_minute AS
  SELECT key, COUNT(*) AS count, SUM(amount) AS total FROM events WINDOW TUMBLING (SIZE 1 MINUTE) GROUP BY key;
"""
JOINED = """
CREATE STREAM orders (orderId INT, userId VARCHAR, amount INT) WITH (kafka_topic='orders', value_format='json', partitions=1);
CREATE TABLE users (userId VARCHAR PRIMARY KEY, name VARCHAR, city VARCHAR)
  WITH (kafka_topic='users', value_format='json', partitions=1);
CREATE STREAM joined AS
  SELECT o.userId AS userId, orderId, amount, name, city FROM orders o LEFT JOIN users u ON o.userId = u.userId;
"""


@dataclass(frozen=True)
class Workload:
    """One query over one input.

    Args:
        title: what it does, for the table.
        sql: the statements that set it up.
        sink: the topic that receives every change.
        rows: makes the input for a number of rows and of keys.
        floor: the hand-written loop over the same input; gives the changes.
        feed: puts the input into the engine; all effects have flowed when it returns.
        changes: reads the sink as a list that must equal the floor's.
        prepare: what has to be there before the input, such as a joined table.
        bytes_out: whether the work ends with the sink's bytes, so that taking them is timed too.
    """

    title: str
    sql: str
    sink: str
    rows: Callable[[int, int], Any]
    floor: Callable[[Any, int], list[Any]]
    feed: Callable[[minisql.Connection, Any], None]
    changes: Callable[[minisql.Connection], list[Any]]
    prepare: Callable[[minisql.Connection, int], None] = lambda conn, keys: None
    bytes_out: bool = False

    def open(self, keys: int) -> minisql.Connection:
        """A connection to a fresh engine that runs the workload's query and has seen no input."""
        conn = minisql.connect(properties={"auto.offset.reset": "earliest"})
        conn.execute(self.sql)
        self.prepare(conn, keys)
        return conn


def _insert(source: str) -> Callable[[minisql.Connection, Any], None]:
    return lambda conn, rows: conn.insert(source, rows)


def _records(sink: str, *columns: str) -> Callable[[minisql.Connection], list[Any]]:
    """Reads the sink as tuples of the named value columns; ``KEY``, ``START`` and ``END`` stand for the record's."""

    def column(record: Record, name: str) -> Any:
        if name == "KEY":
            return record.key
        if name in ("START", "END") and record.window:
            return record.window[name == "END"]
        return record.value and record.value[name]

    return lambda conn: [tuple(column(record, name) for name in columns) for record in conn.topic(sink).records()]


def _produce(conn: minisql.Connection, records: list[bytes]) -> None:
    conn.topic("items").produce_many([(record, None) for record in records])


def _raw_values(conn: minisql.Connection) -> list[bytes]:
    return [record.value for record in conn.topic("PROJECTED").raw()]


def projected(format: str, rows: Callable[[int, int], list[bytes]], floor: Callable[[list[bytes]], list[bytes]]) -> Workload:
    """Three fields of ten, the bytes of a format in and out."""
    return Workload(
        title=f"project, {format}",
        sql=f"""
            CREATE STREAM items (id BIGINT, name VARCHAR, qty INT, price DOUBLE, city VARCHAR, country VARCHAR,
                active BOOLEAN, score DOUBLE, note VARCHAR, ts BIGINT)
              WITH (kafka_topic='items', value_format='{format}', partitions=1);
            CREATE STREAM projected AS SELECT name, qty * price AS total, city FROM items;""",
        sink="PROJECTED",
        rows=rows,
        floor=lambda records, keys: floor(records),
        feed=_produce,
        changes=_raw_values,
        bytes_out=True,
    )


def _projected_by_hand(format: str) -> Workload:
    def rows(count: int, keys: int) -> list[bytes]:
        write = formats.by_hand(format).write
        return [write({name.upper(): value for name, value in item.items()}) for item in data.items(count, keys)]

    return projected(format, rows, lambda records: formats.by_hand(format).project(records))


def hopping(windows: int) -> Workload:
    """Count and sum per key in windows of a minute, so many of which hold each row."""
    advance = 60_000 // windows
    return Workload(
        title=f"hopping, {windows} windows a row",
        sql=f"""{EVENTS}
            CREATE TABLE hops AS SELECT key, COUNT(*) AS count, SUM(amount) AS total FROM events
              WINDOW HOPPING (SIZE 1 MINUTE, ADVANCE BY {advance} MILLISECONDS) GROUP BY key;""",
        sink="HOPS",
        rows=data.events,
        floor=lambda rows, keys: floors.hopping(rows, 60_000, advance),
        feed=_insert("events"),
        changes=_records("HOPS", "KEY", "START", "COUNT", "TOTAL"),
    )


def sessions(gap: int) -> Workload:
    """Count and sum per key and session; the smaller the gap the more sessions are open."""
    return Workload(
        title=f"session, gap of {gap / 1000:g} s",
        sql=f"""{EVENTS}
            CREATE TABLE visits AS SELECT key, COUNT(*) AS count, SUM(amount) AS total FROM events
              WINDOW SESSION ({gap} MILLISECONDS) GROUP BY key;""",
        sink="VISITS",
        rows=data.events,
        floor=lambda rows, keys: floors.sessions(rows, gap),
        feed=_insert("events"),
        changes=_records("VISITS", "KEY", "START", "END", "COUNT", "TOTAL"),
    )


def paired(within: int) -> Workload:
    """The join of two streams, all of whose rows stay in reach for a day."""
    return Workload(
        title=f"streams within {within / 1000:g} s",
        sql=f"""
            CREATE STREAM views (key VARCHAR KEY, v INT) WITH (kafka_topic='views', value_format='json', partitions=1);
            CREATE STREAM clicks (key VARCHAR KEY, v INT) WITH (kafka_topic='clicks', value_format='json', partitions=1);
            CREATE STREAM pairs AS SELECT views.key AS key, views.v AS v, clicks.v AS w
              FROM views JOIN clicks WITHIN {within} MILLISECONDS ON views.key = clicks.key;""",
        sink="PAIRS",
        rows=data.two_streams,
        floor=lambda batches, keys: floors.paired(batches, within),
        feed=_insert_by_turns,
        changes=_records("PAIRS", "KEY", "V", "W"),
    )


def _insert_by_turns(conn: minisql.Connection, batches: list[tuple[str, data.Rows]]) -> None:
    for stream, rows in batches:
        conn.insert(stream, rows)


WORKLOADS: dict[str, Workload] = {
    "W1": Workload(
        title="filter by distance",
        sql=LOCATIONS + NEAR,
        sink="NEAR",
        rows=data.rider_locations,
        floor=lambda rows, keys: floors.near(rows),
        feed=_insert("rider_locations"),
        changes=_records("NEAR", "PROFILEID", "LATITUDE", "LONGITUDE"),
    ),
    "W2": Workload(
        title="latest value per key",
        sql=LOCATIONS + CURRENT_LOCATION,
        sink="CURRENT_LOCATION",
        rows=data.rider_locations,
        floor=lambda rows, keys: floors.latest(rows),
        feed=_insert("rider_locations"),
        changes=_records("CURRENT_LOCATION", "KEY", "LA", "LO"),
    ),
    "W3": Workload(
        title="table of a table",
        sql=LOCATIONS + CURRENT_LOCATION + BY_DISTANCE,
        sink="BY_DISTANCE",
        rows=data.rider_locations,
        floor=lambda rows, keys: floors.by_distance(rows),
        feed=_insert("rider_locations"),
        changes=_records("BY_DISTANCE", "KEY", "RIDERS", "COUNT"),
    ),
    "W4": Workload(
        title="tumbling window",
        sql=PER_MINUTE,
        sink="PER_MINUTE",
        rows=data.events,
        floor=lambda rows, keys: floors.per_minute(rows),
        feed=_insert("events"),
        changes=_records("PER_MINUTE", "KEY", "START", "COUNT", "TOTAL"),
    ),
    "W5": Workload(
        title="stream-table left join",
        sql=JOINED,
        sink="JOINED",
        rows=data.orders,
        floor=lambda rows, keys: floors.joined(rows, data.users(keys)),
        feed=_insert("orders"),
        changes=_records("JOINED", "KEY", "ORDERID", "AMOUNT", "NAME", "CITY"),
        prepare=lambda conn, keys: conn.insert("users", data.users(keys)),
    ),
    "W6": projected("JSON", data.items_as_json, floors.projected),
    "W7": hopping(4),
    "W8": sessions(10_000),
    "W9": paired(10_000),
    **{f"W6-{format}": _projected_by_hand(format) for format in formats.HANDS},
}
