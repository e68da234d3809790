"""Joins of streams whose keys have windows."""

from __future__ import annotations

import minisql

SOURCES = """
CREATE STREAM l (k INT KEY, v INT) WITH (kafka_topic='l', partitions=1, key_format='AVRO', value_format='JSON',
  window_type='TUMBLING', window_size='5 SECONDS');
CREATE STREAM r (k INT KEY, v INT) WITH (kafka_topic='r', partitions=1, key_format='AVRO', value_format='JSON',
  window_type='TUMBLING', window_size='2 SECONDS');
CREATE STREAM o AS SELECT l.k, l.v AS v, r.v AS w, l.windowend AS le, r.windowend AS re
  FROM l JOIN r WITHIN 1 MINUTE ON l.k = r.k;
"""


def test_keys_written_anew_take_the_size_of_the_left_windows() -> None:
    conn = minisql.connect(properties={"auto.offset.reset": "earliest"})
    conn.execute(SOURCES)
    conn.topic("l").produce({"V": 1}, 7, timestamp=0, window=(0, 5000))
    conn.topic("r").produce({"V": 2}, 7, timestamp=0, window=(2000, 4000))
    conn.topic("r").produce({"V": 3}, 7, timestamp=1, window=(0, 2000))
    assert [(each.key, each.window, each.value) for each in conn.topic("O").records()] == [
        (7, (0, 5000), {"V": 1, "W": 3, "LE": 5000, "RE": 2000})
    ]
