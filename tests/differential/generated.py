"""Scenarios of a few sources with few values, so that rows meet."""

from __future__ import annotations

import os

from hypothesis import strategies as st

from minisql.testing.differential import Produce, Row, Scenario, Statement, Step
from minisql.testing.differential.reading import step_of

SCENARIOS = int(os.environ.get("MINISQL_SCENARIOS") or (2000 if os.environ.get("CI") else 100))
"""How many are generated for the longest test."""

FORMATS = "KEY_FORMAT='JSON', VALUE_FORMAT='JSON'"
SOURCES = tuple(
    Statement(
        f"CREATE {kind} {name} ({columns}) WITH (KAFKA_TOPIC='{name}', KEY_FORMAT='JSON', VALUE_FORMAT='JSON', PARTITIONS=1);"
    )
    for kind, name, columns in [
        ("STREAM", "S", "ID INT KEY, G STRING, V INT"),
        ("TABLE", "T", "ID INT PRIMARY KEY, G STRING, V INT"),
        ("TABLE", "U", "G STRING PRIMARY KEY, W INT"),
    ]
)
IDS, GROUPS, TIMES = st.integers(1, 2), st.sampled_from("xy"), st.sampled_from([0, 5, 9, 10, 15, 20])
NUMBERS = st.integers(-2, 2).map(str)


def row(source: str, **columns: st.SearchStrategy[str]) -> st.SearchStrategy[Step]:
    return st.builds(Row, st.just(source), st.fixed_dictionaries(columns), TIMES)


def gone(topic: str, key: st.SearchStrategy[object]) -> st.SearchStrategy[Step]:
    return st.builds(Produce, st.just(topic), key, st.none(), TIMES)


ROWS = st.one_of(
    row("S", ID=IDS.map(str), G=GROUPS.map(repr), V=NUMBERS),
    row("T", ID=IDS.map(str), G=GROUPS.map(repr), V=NUMBERS),
    row("U", G=GROUPS.map(repr), W=NUMBERS),
    gone("T", IDS),
    gone("U", GROUPS),
)


def scenarios_of(statement: str) -> st.SearchStrategy[Scenario]:
    """Scenarios with this statement, which comes before, between or behind some rows."""
    rows = st.lists(ROWS, max_size=8)
    return st.builds(lambda before, after: Scenario((*SOURCES, *before, step_of(statement), *after)), rows, rows)
