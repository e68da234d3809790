"""The dialect as sqlglot sees it."""

from __future__ import annotations

import pytest
import sqlglot

from minisql.dialect import Ksql, nodes
from minisql.errors import ParseError


def test_sqlglot_knows_it_by_name() -> None:
    tree = sqlglot.parse_one("SELECT a FROM b EMIT CHANGES", dialect="ksql")
    assert isinstance(tree, nodes.Query)
    assert tree.sql(dialect=Ksql) == "SELECT A FROM B EMIT CHANGES"


def test_several_statements() -> None:
    kinds = [type(tree) for tree in sqlglot.parse("SHOW STREAMS; TERMINATE ALL;", dialect=Ksql)]
    assert kinds == [nodes.Show, nodes.Terminate]


def test_there_is_no_way_round_the_grammar() -> None:
    with pytest.raises(ParseError):
        sqlglot.parse_one("VACUUM a", dialect=Ksql)
    with pytest.raises(ParseError):
        sqlglot.parse_one("CREATE STREAM a AS SELECT * FROM b LIMIT 1", dialect=Ksql)
