"""Pairs of two groups, as many as possible."""

from __future__ import annotations

from collections.abc import Sequence


def largest_matching(fits: Sequence[Sequence[int]]) -> int:
    """How many of the left can have a partner on the right, each one of its own.

    Args:
        fits: for each on the left the places of those on the right that would do.

    >>> largest_matching([[0, 1], [0], [0]])
    2
    """
    partner: dict[int, int] = {}

    def place(left: int, tried: set[int]) -> bool:
        for right in fits[left]:
            if right not in tried:
                tried.add(right)
                if right not in partner or place(partner[right], tried):
                    partner[right] = left
                    return True
        return False

    return sum(place(left, set()) for left in range(len(fits)))
