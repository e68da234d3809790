"""What DESCRIBE EXTENDED counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from minisql.engine import Engine

Run = Callable[[str], dict[str, Any]]

SCRIPT = """
CREATE STREAM s (k INT KEY, v INT) WITH (kafka_topic='T', value_format='json', partitions=1);
CREATE STREAM d AS SELECT k, v FROM s WHERE v > 1;
INSERT INTO s (rowtime, k, v) VALUES (1600000000000, 1, 1);
INSERT INTO s (rowtime, k, v) VALUES (1600000000500, NULL, 2);
"""


@pytest.fixture(autouse=True)
def _script(run: Run) -> None:
    run(SCRIPT)


def described(run: Run, statement: str) -> dict[str, Any]:
    description: dict[str, Any] = run(statement)["sourceDescription"]
    return description


def deprecated(name: str) -> str:
    return (
        f"The {name} field is deprecated and will be removed in a future version of ksql. "
        f"Please update your client to the latest version and use {name}Map instead.\n"
    )


def test_what_was_read(run: Run) -> None:
    description = described(run, "DESCRIBE s EXTENDED;")
    assert description["statistics"] == (
        f"{deprecated('statistics')}"
        "consumer-messages-per-sec:         0 consumer-total-messages:         2 consumer-total-bytes:        17 "
        "    last-message: 2020-09-13T12:26:40.5Z"
    )
    assert [(each["name"], each["value"]) for each in description["clusterStatistics"]] == [
        ("consumer-messages-per-sec", 0.0),
        ("consumer-total-messages", 2.0),
        # Each value has seven bytes, the key four; the key that is null counts as minus one.
        ("consumer-total-bytes", 17.0),
    ]
    assert {(each["host"], each["timestamp"]) for each in description["clusterStatistics"]} == {("localhost:8088", 1600000000500)}


def test_what_was_written(run: Run) -> None:
    assert described(run, "DESCRIBE d EXTENDED;")["statistics"] == (
        f"{deprecated('statistics')}"
        "messages-per-sec:         0   total-messages:         1     last-message: 2020-09-13T12:26:40.5Z"
    )


def test_readers_are_added_up(run: Run) -> None:
    run("CREATE STREAM e AS SELECT * FROM s;")
    totals = {each["name"]: each["value"] for each in described(run, "DESCRIBE s;")["clusterStatistics"]}
    assert totals["consumer-total-messages"] == 4.0


def test_the_text_is_for_extended_alone(run: Run) -> None:
    description = described(run, "DESCRIBE s;")
    assert (description["statistics"], description["errorStats"]) == ("", "")


def test_nothing_is_counted_of_queries_that_are_gone(run: Run) -> None:
    run("TERMINATE ALL;")
    description = described(run, "DESCRIBE s EXTENDED;")
    assert (description["statistics"], description["clusterStatistics"]) == ("", [])


def test_what_could_not_be_read(run: Run, engine: Engine) -> None:
    from minisql.topics import Topic

    Topic(engine, "T").produce(b"{", None)
    description = described(run, "DESCRIBE s EXTENDED;")
    assert description["errorStats"] == (
        f"{deprecated('errorStats')}"
        "consumer-failed-messages:         1 consumer-failed-messages-per-sec:         0      last-failed:       n/a\n"
    )
    assert [each["value"] for each in description["clusterErrorStats"]] == [1.0, 0.0]


def test_a_topic_that_is_gone(run: Run, engine: Engine) -> None:
    run("TERMINATE ALL;")
    engine.broker.delete("T")
    answer = run("DESCRIBE s;")
    assert (answer["sourceDescription"]["partitions"], answer["sourceDescription"]["sourceConstraints"]) == (0, [])
    assert answer["warnings"] == [{"message": "Error from Kafka: Failed to Describe Kafka Topic(s): [T]"}]
    assert run("DESCRIBE STREAMS;")["warnings"] == answer["warnings"]
