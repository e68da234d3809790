"""Queries that feed each other: what comes to rest is no matter, what never does is refused instead of hanging."""

from __future__ import annotations

import pytest

import minisql

SETUP = """
CREATE STREAM s (n INT) WITH (kafka_topic='s', value_format='json', partitions=1);
CREATE STREAM more AS SELECT n + 1 AS n FROM s{where};
INSERT INTO s SELECT * FROM more;
"""


def test_records_may_go_round_until_they_come_to_rest() -> None:
    conn = minisql.connect(properties={"auto.offset.reset": "earliest"})
    conn.execute(SETUP.format(where=" WHERE n < 50"))
    conn.execute("INSERT INTO s VALUES (0);")
    assert [record.value["N"] for record in conn.topic("s").records()] == list(range(51))


def test_what_never_comes_to_rest_is_refused() -> None:
    conn = minisql.connect(properties={"auto.offset.reset": "earliest"})
    conn.execute(SETUP.format(where=""))
    with pytest.raises(minisql.UnsupportedError, match="records that go round in a circle of queries without end"):
        conn.execute("INSERT INTO s VALUES (0);")
    states = {query.id: query.state for query in conn.engine.queries.values()}
    assert states == {"CSAS_MORE_0": "RUNNING", "INSERTQUERY_1": "ERROR"}
    conn.execute("INSERT INTO s VALUES (0);")
    assert conn.topic("s").records()[-1].value == {"N": 0}
