"""Values, rows and records: all of them are taken, and they shrink to little."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import minisql
from minisql.errors import InterfaceError, KsqlError
from minisql.strategies import SourceRecord, column_types, literals, produce, records, rows, values
from minisql.strategies.columns import can_hold
from minisql.strategies.sources import source_of
from minisql.types import SqlType
from tests.unit.strategies.model import is_value, shrunk

EVERY = (
    "k INT KEY, i INT, b BIGINT, d DOUBLE, n DECIMAL(6, 2), s STRING, f BOOLEAN, bs BYTES, dt DATE, tm TIME, ts TIMESTAMP,"
    " a ARRAY<DECIMAL(30, 0)>, m MAP<STRING, DATE>, st STRUCT<x INT, `y` ARRAY<STRUCT<z TIME>>>"
)
"""Columns of every type."""

FORMATS = ["JSON", "DELIMITED", "KAFKA", "AVRO", "JSON_SR", "PROTOBUF", "PROTOBUF_NOSR"]


def connected(create: str) -> minisql.Connection:
    connection = minisql.connect(clock=minisql.ManualClock(0), properties={"auto.offset.reset": "earliest"})
    connection.execute(create)
    return connection


def create(kind: str, columns: str, formats: str = "format='JSON'") -> str:
    return f"CREATE {kind} s ({columns}) WITH (kafka_topic='t', partitions=1, {formats});"


@given(st.data(), column_types())
def test_values_are_of_their_type(data: st.DataObject, kind: SqlType) -> None:
    assert is_value(data.draw(values(kind)), kind)
    assert data.draw(values(kind, nulls=0)) is not None


@given(st.lists(rows(EVERY), max_size=3))
def test_rows_come_back_as_they_were(some: list[dict[str, Any]]) -> None:
    connection = connected(create("STREAM", EVERY))
    connection.insert("s", some)
    assert [row.asdict() for row in connection.execute("SELECT * FROM s;").fetchall()] == some


@pytest.mark.parametrize("format", FORMATS)
@given(st.data())
@settings(max_examples=30)
def test_every_format_takes_them(format: str, data: st.DataObject) -> None:
    some = column_types().filter(lambda kind: can_hold(format, kind))
    kinds = data.draw(st.lists(some, min_size=1, max_size=1 if format == "KAFKA" else 4))
    columns = ", ".join(f"c{number} {kind}" for number, kind in enumerate(kinds))
    text = create("STREAM", f"k INT KEY, {columns}", f"key_format='KAFKA', value_format='{format}'")
    connection = connected(text)
    given_rows = data.draw(st.lists(rows(text), max_size=3))
    assert connection.insert("s", given_rows) == len(given_rows)
    assert len(connection.topic("t").raw()) == len(given_rows)
    assert connection.processing_log == []


@given(st.data(), column_types(), st.sampled_from([0, 0.5]))
def test_literals_are_values_of_their_type(data: st.DataObject, kind: SqlType, nulls: float) -> None:
    connection = connected(create("STREAM", f"v {kind}"))
    connection.execute(f"INSERT INTO s (v) VALUES ({data.draw(literals(kind, nulls=nulls))});")
    [row] = connection.execute("SELECT * FROM s;").fetchall()
    assert is_value(row[0], kind)


def test_columns_can_be_given() -> None:
    @given(rows("id INT KEY, `v` DOUBLE, nulls INT", id=st.integers(1, 3), v=0.5, NULLS=7, nulls=0))
    def check(row: dict[str, Any]) -> None:
        assert row["ID"] in (1, 2, 3)
        assert (row["v"], row["NULLS"]) == (0.5, 7)

    check()


def test_what_is_no_source_is_told() -> None:
    with pytest.raises(InterfaceError, match="S has no column X; its columns are ID, V"):
        rows("id INT KEY, v INT", x=1)
    with pytest.raises(KsqlError, match="Syntax Error"):
        rows("id INT KEY KEY")
    with pytest.raises(InterfaceError, match="declares no columns"):
        rows("CREATE STREAM s AS SELECT * FROM t")
    with pytest.raises(InterfaceError, match="not as int"):
        rows(1)  # type: ignore[arg-type]


def test_a_source_is_given_in_four_ways() -> None:
    text = create("TABLE", "id INT PRIMARY KEY, v INT")
    source = connected(text).engine.metastore.source("S")
    assert source is not None
    for given_source in (source, source.schema, text, "id INT PRIMARY KEY, v INT"):
        assert source_of(given_source).schema == source.schema
    assert source_of("id INT PRIMARY KEY, v INT").is_table
    assert not source_of("id INT KEY, v INT").is_table


def test_rows_shrink_to_nothing_much() -> None:
    assert shrunk(rows(EVERY), lambda row: True) == {
        "K": 0, "I": 0, "B": 0, "D": 0.0, "N": 0, "S": "", "F": False, "BS": b"", "DT": values_of("DATE"),
        "TM": values_of("TIME"), "TS": values_of("TIMESTAMP"), "A": [], "M": {}, "ST": {"X": 0, "y": []},
    }  # fmt: skip
    assert shrunk(rows("id INT KEY, v INT"), lambda row: row["V"] is None) == {"ID": 0, "V": None}
    assert shrunk(rows("id INT KEY, v INT"), lambda row: (row["V"] or 0) > 5) == {"ID": 0, "V": 6}


def values_of(kind: str) -> Any:
    return shrunk(values(kind), lambda value: value is not None)


# -- records -------------------------------------------------------------------------------------

STREAM, TABLE = "id INT KEY, v INT", "id INT PRIMARY KEY, v INT"


@given(st.data(), st.sampled_from(["STREAM", "TABLE"]), st.sampled_from(["id INT", "id DECIMAL(4, 2)", "a STRING {0}, id DATE"]))
def test_records_are_taken(data: st.DataObject, kind: str, key: str) -> None:
    word = "PRIMARY KEY" if kind == "TABLE" else "KEY"
    columns = f"{key.format(word)} {word}, v BYTES, w ARRAY<DATE>"
    connection = connected(create(kind, columns))
    some = data.draw(records(create(kind, columns), out_of_order=5, late=10, tombstones=True))
    produce(connection, "s", some)
    written = connection.topic("t").records()
    assert [record.timestamp for record in written] == [record.timestamp for record in some]
    assert [record.value is None for record in written] == [record.row is None for record in some]
    assert connection.processing_log == []


@given(records(TABLE, keys=2, most=6))
def test_records_of_tables(some: list[SourceRecord]) -> None:
    times = [record.timestamp for record in some]
    assert times == sorted(times)
    assert len(some) <= 6
    assert None not in [record.key for record in some]
    assert len({record.key["ID"] for record in some if record.key}) <= 2


@given(records(STREAM, start=100, out_of_order=7, late=50))
def test_records_are_late_by_as_much_as_is_said(some: list[SourceRecord]) -> None:
    now = 0
    for record in some:
        assert record.row is not None
        assert record.timestamp >= 100
        behind = max(now - record.timestamp, 0)
        assert behind <= 7 or behind > 50
        now = max(now, record.timestamp)


def test_what_records_reach() -> None:
    def late(some: list[SourceRecord]) -> bool:
        return any(one.timestamp - other.timestamp > 50 for one, other in pairwise(some))

    [first, second] = shrunk(records(STREAM, late=50), late)
    assert (first.timestamp, second.timestamp) == (51, 0)
    assert shrunk(records(STREAM), lambda some: any(record.key is None for record in some)) == [SourceRecord(None, {"V": 0}, 0)]
    deleted = shrunk(records(TABLE), lambda some: any(record.row is None for record in some[1:]))
    assert deleted == [SourceRecord({"ID": 0}, {"V": 0}, 0), SourceRecord({"ID": 0}, None, 0)]
    displaced = shrunk(records(STREAM, out_of_order=5), lambda some: any(b.timestamp < a.timestamp for a, b in pairwise(some)))
    assert [record.timestamp for record in displaced] == [1, 0]


def test_a_record_needs_a_source() -> None:
    with pytest.raises(InterfaceError, match="no source nowhere in this process"):
        produce(minisql.connect(), "nowhere", [])
