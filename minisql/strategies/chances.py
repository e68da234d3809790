"""Choices that shrink to the usual case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from hypothesis import strategies as st

Chosen = TypeVar("Chosen")

Draw = Callable[[st.SearchStrategy[Any]], Any]
"""What a composite strategy is given to draw with."""

_HUNDREDTHS = st.integers(0, 99)


def happens(draw: Draw, share: float) -> bool:
    """Whether something happens that does in this share of all cases; it shrinks to False."""
    return share > 0 and bool(draw(_HUNDREDTHS) >= 100 - round(share * 100))


def one_of(draw: Draw, choices: Sequence[Chosen]) -> Chosen:
    """One of the choices; it shrinks to the first.

    Also where there is but one choice something is drawn: what takes fewer choices would count as simpler.
    """
    return choices[draw(st.integers(0, len(choices) - 1))]


def count(draw: Draw, least: int, most: int) -> int:
    """A number; it shrinks to the least."""
    return least if least == most else int(draw(st.integers(least, most)))


def several(draw: Draw, some: st.SearchStrategy[Chosen], least: int, most: int) -> list[Chosen]:
    """A list of so many; it shrinks to few of them, wherever they stand.

    Hypothesis deletes elements of any size where their number was drawn first; those of ``st.lists`` only if small.
    """
    return [draw(some) for _ in range(count(draw, least, most))]
