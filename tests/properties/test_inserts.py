"""What is inserted is there as its bytes say: a reader in the process sees what a reader of the topic would."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.properties.stage import engine

TEXTS = st.none() | st.sampled_from(["", " ", "a,b", 'say "x"', "line\nline", "é😀", "null", "1"]) | st.text(max_size=4)
NUMBERS = st.none() | st.integers(-(2**31), 2**31 - 1)
FLOATS = st.none() | st.floats(allow_nan=False, allow_infinity=False)


def literal(value: Any) -> str:
    if value is None:
        return "NULL"
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)


@pytest.mark.parametrize("way", ["INSERT VALUES", "insert"])
@pytest.mark.parametrize(
    ("columns", "names", "formats"),
    [
        ("k VARCHAR KEY, t VARCHAR, n INT, f DOUBLE", "ktnf", "format='JSON'"),
        ("k VARCHAR KEY, t VARCHAR, n INT, f DOUBLE", "ktnf", "key_format='KAFKA', value_format='DELIMITED'"),
        ("k VARCHAR KEY, t VARCHAR", "kt", "key_format='DELIMITED', value_format='KAFKA'"),
        ("k VARCHAR KEY, n INT", "kn", "format='KAFKA'"),
    ],
    ids=["JSON", "DELIMITED", "KAFKA texts", "KAFKA numbers"],
)
@given(rows=st.lists(st.fixed_dictionaries({"k": TEXTS, "t": TEXTS, "n": NUMBERS, "f": FLOATS}), max_size=5))
def test_rows_are_as_their_bytes_say(columns: str, names: str, formats: str, way: str, rows: list[dict[str, Any]]) -> None:
    script = f"CREATE STREAM s ({columns}) WITH (kafka_topic='s', partitions=1, {formats});"
    here, there = engine(script), engine(script)
    given_rows = [{name: row[name] for name in names} for row in rows]
    if way == "insert":
        here.insert("s", given_rows)
    else:
        for row in given_rows:
            numbers = {name: f"CAST('{row[name]}' AS DOUBLE)" for name in row if name == "f" and row[name] is not None}
            values = ", ".join(numbers.get(name, literal(value)) for name, value in row.items())
            here.execute(f"INSERT INTO s ({', '.join(row)}) VALUES ({values});")
    for record in here.topic("s").raw():
        there.topic("s").produce(record.value, record.key, timestamp=record.timestamp)
    assert read(here) == read(there)


def read(connection: Any) -> list[Any]:
    """What a query gets of the topic."""
    return [(record.key, record.value) for record in connection.topic("s").records()]
