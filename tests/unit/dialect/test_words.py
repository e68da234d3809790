from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minisql.dialect import RESERVED, needs_quotes, parse_expression, quoted_name, sql


@pytest.mark.parametrize("name", ["A", "KEY", "_A1@", "1A", "${X}"])
def test_plain_names(name: str) -> None:
    assert quoted_name(name) == name


@pytest.mark.parametrize("name", ["a", "SELECT", "A B", "1", "1E3", "", "A-B", "É"])
def test_names_that_need_quotes(name: str) -> None:
    assert quoted_name(name) == f"`{name}`"


def test_a_quote_in_a_name_is_doubled() -> None:
    assert quoted_name("a`b") == "`a``b`"


def test_reserved_words() -> None:
    assert "FROM" in RESERVED
    assert "KEY" not in RESERVED


SPACE = "".join(map(chr, range(33)))


@given(st.text(min_size=1).filter(lambda name: name.strip(SPACE) == name))
def test_a_name_reads_back(name: str) -> None:
    column = parse_expression(quoted_name(name) if not name.startswith("${") else f"`{name}`")
    assert column.name == name
    assert sql(column) == quoted_name(name)
    assert column.this.quoted or not needs_quotes(name)
