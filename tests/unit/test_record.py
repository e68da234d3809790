"""Records: frozen values without generated code."""

from __future__ import annotations

import pytest

from minisql.record import Record


class Point(Record):
    x: int
    y: int = 2


class Named(Point):
    name: str = ""


def test_fields_are_inherited_and_have_defaults() -> None:
    assert Named(1, name="a").items() == [("x", 1), ("y", 2), ("name", "a")]
    assert repr(Point(1)) == "Point(x=1, y=2)"


def test_equal_when_kind_and_fields_are() -> None:
    assert Point(1) == Point(x=1, y=2)
    assert hash(Point(1)) == hash(Point(1, 2))
    assert Point(1) != Point(2)
    assert Point(1) != Named(1)


def test_frozen() -> None:
    with pytest.raises(AttributeError, match="Point is frozen"):
        Point(1).x = 3  # type: ignore[misc]


def test_all_fields_and_no_others() -> None:
    with pytest.raises(TypeError, match="Point lacks x"):
        Point(y=1)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="has only the fields x, y"):
        Point(1, 2, 3)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="has only the fields x, y"):
        Point(1, z=3)  # type: ignore[call-arg]
