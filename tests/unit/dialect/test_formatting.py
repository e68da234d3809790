from __future__ import annotations

import pytest

from minisql.dialect import formatted, parse


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("select a from s", "SELECT A\nFROM S S"),
        ("select a, b c from s t where a = 1 emit changes limit 3",
         "SELECT\n  A,\n  B C\nFROM S T\nWHERE (A = 1)\nEMIT CHANGES\nLIMIT 3"),
        ("create table t with (value_format='json', kafka_topic='x') as select a, count(*) from s "
         "window tumbling (size 1 day, retention 2 days) group by a having count(*) > 1 emit final",
         "CREATE TABLE T WITH (KAFKA_TOPIC='x', VALUE_FORMAT='json') AS SELECT\n  A,\n  COUNT(*)\nFROM S S\n"
         "WINDOW TUMBLING ( SIZE 1 DAYS , RETENTION 2 DAYS ) \nGROUP BY A\nHAVING (COUNT(*) > 1)\nEMIT FINAL"),
        ("create stream s as select * from l join r within (1 hour, 2 hours) on l.a = r.a",
         "CREATE STREAM S AS SELECT *\nFROM L L\nINNER JOIN R R WITHIN (1 HOURS, 2 HOURS) ON ((L.A = R.A))\nEMIT CHANGES"),
        ("create stream s as select * from l join r within (1 hour, 1 day) on l.a = r.a",
         "CREATE STREAM S AS SELECT *\nFROM L L\nINNER JOIN R R WITHIN 1 HOURS ON ((L.A = R.A))\nEMIT CHANGES"),
        ("insert into s with (query_id='q') select * from r",
         "INSERT INTO S  WITH (QUERY_ID='q') SELECT *\nFROM R R\nEMIT CHANGES"),
        ("create stream s (a int key) with (partitions=1, kafka_topic='s')",
         "CREATE STREAM S (A INTEGER KEY) WITH (KAFKA_TOPIC='s', PARTITIONS=1);"),
        ("drop stream if exists s delete topic", "DROP STREAM IF EXISTS S DELETE TOPIC"),
    ],
)  # fmt: skip
def test_layout(given: str, shown: str) -> None:
    assert formatted(parse(given)) == shown
