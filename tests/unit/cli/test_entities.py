"""Every kind of entity that statements answer with has a printed form."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

import minisql
from minisql.cli.console import Console
from minisql.cli.entities import PRINTERS, print_entity
from minisql.tables import type_text

SOURCE = Path(minisql.__file__).parent
SETUP = """
CREATE STREAM s (id VARCHAR KEY, v INT) WITH (kafka_topic='s', value_format='json', partitions=1);
CREATE TABLE t AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;
CREATE SINK CONNECTOR c WITH ('connector.class'='x.File');
"""


def test_printers_are_complete() -> None:
    made = {
        kind for path in SOURCE.rglob("*.py") for kind in re.findall(r'\bEntity\(\s*"(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert made
    assert made <= PRINTERS.keys()


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("SHOW TABLES;", " T          | T           | KAFKA      | JSON         | false    "),
        ("SHOW TOPICS;", " s           | 1          | 1                  "),
        ("SHOW TOPICS EXTENDED;", " | Partitions | Partition Replicas | Consumers | ConsumerGroups "),
        ("SHOW QUERIES;", "For detailed information on a Query run: EXPLAIN <Query ID>;"),
        ("DESCRIBE t;", " ID    | VARCHAR(STRING)  (primary key) "),
        ("DESCRIBE s EXTENDED;", "Queries that read from this STREAM "),
        ("DESCRIBE STREAMS;", "Name                 : S"),
        ("EXPLAIN SELECT * FROM s EMIT CHANGES;", "Sources that this query reads from: "),
        ("SHOW QUERIES EXTENDED;", "Sinks that this query writes to: "),
        ("SHOW VARIABLES;", " Variable Name | Value "),
        ("SHOW TYPES;", " Type Name | Schema "),
        ("DESCRIBE FUNCTION ucase;", "Name        : UCASE"),
        ("SHOW FUNCTIONS;", " GEO_DISTANCE "),
        ("ASSERT TOPIC s;", "Topic s exists."),
        ("SHOW CONNECTORS;", " C              | SINK | x.File | UNASSIGNED "),
        ("SHOW CONNECTOR PLUGINS;", " x.File | SINK |         "),
        ("DESCRIBE CONNECTOR c;", "State                : UNASSIGNED"),
        ("DROP CONNECTOR c;", ' Dropped connector "C" '),
        ("CREATE SINK CONNECTOR d WITH ('connector.class'='x.File');", " Created connector D "),
        ("CREATE STREAM IF NOT EXISTS s (id VARCHAR KEY) WITH (kafka_topic='s', value_format='json');", " Message "),
    ],
)
def test_forms(statement: str, line: str) -> None:
    conn = minisql.connect(connectors="record")
    conn.execute(SETUP)
    out = io.StringIO()
    for entity in conn.ksql(statement):
        print_entity(Console(out, 100), entity)
    lines = out.getvalue().splitlines()
    assert any(line.rstrip() in each for each in lines), lines


def test_kinds_without_a_form_are_json() -> None:
    out = io.StringIO()
    print_entity(Console(out, 80), {"@type": "new", "warnings": [{"message": "look out"}]})
    assert '"@type": "new"' in out.getvalue()
    assert out.getvalue().endswith("WARNING: look out\n")


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"type": "DECIMAL", "parameters": {"precision": 4, "scale": 2}}, "DECIMAL(4, 2)"),
        ({"type": "MAP", "memberSchema": {"type": "BIGINT"}}, "MAP<STRING, BIGINT>"),
        ({"type": "STRUCT", "fields": [{"name": "A", "schema": {"type": "STRING"}}]}, "STRUCT<A VARCHAR(STRING)>"),
    ],
)
def test_types(schema: dict[str, object], text: str) -> None:
    assert type_text(schema) == text
