"""Every statement of the grammar has a handler, and every handler exists."""

from __future__ import annotations

import inspect

import pytest

from minisql.deferred import Deferred
from minisql.dialect import nodes
from minisql.engine import Engine, Session
from minisql.errors import UnsupportedError
from minisql.statements.handlers import HANDLERS, Refusal

KINDS = (nodes.CreateSource, nodes.CreateAsSelect, nodes.DropSource, nodes.QueryCommand, nodes.AssertSource, nodes.Extension)
"""Classes that no text gives: they are what others have in common."""


def test_every_statement_has_a_handler() -> None:
    statements = {
        member
        for _, member in inspect.getmembers(nodes, inspect.isclass)
        if issubclass(member, nodes.Statement) and member is not nodes.Statement and member not in KINDS
    }
    assert set(HANDLERS) == statements | {nodes.Query}


@pytest.mark.parametrize(
    "handler", [each for each in HANDLERS.values() if isinstance(each, Deferred)], ids=lambda each: each.path
)
def test_a_deferred_handler_is_there(handler: Deferred) -> None:
    assert list(inspect.signature(handler.load()).parameters) == ["engine", "session", "prepared"]


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("DROP CONNECTOR c;", "DROP CONNECTOR"),
    ],
)
def test_what_is_missing_says_so(engine: Engine, session: Session, text: str, feature: str) -> None:
    with pytest.raises(UnsupportedError) as caught:
        engine.execute(text, session)
    assert caught.value.feature == feature
    assert caught.value.statement == text


def test_refusals_name_their_features() -> None:
    assert all(handler.feature.isupper() for handler in HANDLERS.values() if isinstance(handler, Refusal))
