"""A check finds an error exactly where a run would stop, and copes with whatever it is given."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import minisql
from minisql.check import check
from minisql.errors import KsqlError
from tests.properties.stage import source
from tests.properties.test_sandbox import STATEMENTS

SOURCES = source("STREAM", "s", "id INT KEY, v INT") + source("TABLE", "t", "id INT PRIMARY KEY, v INT") + "\n"
# A check takes ids of queries and topics that it does not know for those of others.
CHECKED = STATEMENTS.filter(lambda statement: not statement.startswith(("TERMINATE C", "PAUSE C", "ASSERT")))
MORE = st.sampled_from(["SELEC;", "SELECT v FROM s EMIT CHANGES;", "SELECT w FROM s EMIT CHANGES;", "DEFINE a = 's';"])
WORDS = st.sampled_from([*"();,'`=*", "\n", " ", "--", "/*", "${a}", "SELECT", "CREATE", "s", "FROM", "AS", "1", "'x'", "é"])


@given(st.lists(st.one_of(CHECKED, MORE), max_size=8))
def test_the_first_error_is_where_a_run_stops(script: list[str]) -> None:
    found = check(SOURCES + "\n".join(script))
    errors = [finding.line - 2 for finding in found if finding.severity == "error"]
    assert errors[:1] == stops(script)


def stops(script: list[str]) -> list[int]:
    """The number of the statement at which a run of the script stops, if it does."""
    with minisql.connect() as conn:
        conn.engine.manual = True  # queries may feed one another for ever
        conn.execute(SOURCES)
        for number, statement in enumerate(script):
            try:
                conn.execute(statement)
            except KsqlError:
                return [number]
    return []


@given(st.lists(st.one_of(WORDS, STATEMENTS, MORE), max_size=12).map(" ".join))
def test_every_text_has_findings_within_it(text: str) -> None:
    text = f"{SOURCES}{text};"
    lines = text.split("\n")
    for finding in check(text):
        assert 1 <= finding.line <= len(lines)
        assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1
