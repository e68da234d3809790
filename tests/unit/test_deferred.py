"""Deferred entries of tables."""

from __future__ import annotations

import pytest

from minisql.deferred import Deferred
from minisql.names import quote


def test_is_what_it_stands_for() -> None:
    entry = Deferred("names.quote")
    assert entry.load() is quote
    assert entry("a`b") == "`a``b`"


def test_a_wrong_path_is_refused_when_it_is_used() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        Deferred("names.nothing").load()
