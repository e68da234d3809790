"""Which of the rows that are expected are there, and which columns of the others differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from minisql.testing.assertions.equality import same
from minisql.testing.assertions.found import Found
from minisql.testing.assertions.layout import Layout
from minisql.testing.assertions.wanted import Wanted

CELLS = 40_000
"""How many pairs of rows are looked at to align what differs; beyond that rows are paired by their numbers."""


class Pair(NamedTuple):
    """A row that is expected and one that is there, next to each other; None: there is no such row."""

    wanted: Wanted | None
    found: Found | None
    differing: tuple[str, ...] = ()

    @property
    def equal(self) -> bool:
        """Whether both are there and do not differ."""
        return self.wanted is not None and self.found is not None and not self.differing


def differing(wanted: Wanted, found: Found, layout: Layout) -> tuple[str, ...]:
    """The columns that differ; the value columns, or all, where just one of the two is a tombstone."""
    if wanted.deleted is not None and wanted.deleted != found.deleted:
        return layout.values
    return tuple(name for name, expected in wanted.cells.items() if not same(expected, found.cells.get(name), layout.kinds[name]))


def in_order(wanted: Sequence[Wanted], found: Sequence[Found], layout: Layout) -> list[Pair]:
    """Both in their order, with as few differences as may be."""
    pairs = [Pair(want, have, differing(want, have, layout)) for want, have in zip(wanted, found, strict=False)]
    if len(wanted) == len(found) and all(pair.equal for pair in pairs):
        return pairs
    head = next((at for at, pair in enumerate(pairs) if not pair.equal), len(pairs))
    tail = 0
    while tail < min(len(wanted), len(found)) - head and not differing(wanted[-1 - tail], found[-1 - tail], layout):
        tail += 1
    ends = len(wanted) - tail, len(found) - tail
    middle = _aligned(wanted[head : ends[0]], found[head : ends[1]], layout)
    return pairs[:head] + middle + [Pair(*each) for each in zip(wanted[ends[0] :], found[ends[1] :], strict=True)]


def _aligned(wanted: Sequence[Wanted], found: Sequence[Found], layout: Layout) -> list[Pair]:
    """The alignment with the best sum of likenesses, found row by row."""
    if len(wanted) * len(found) > CELLS:
        return _by_number(wanted, found, layout)
    differences = [[differing(want, have, layout) for have in found] for want in wanted]
    best = [[0.0] * (len(found) + 1) for _ in range(len(wanted) + 1)]
    for i in reversed(range(len(wanted))):
        for j in reversed(range(len(found))):
            paired = best[i + 1][j + 1] + likeness(wanted[i], differences[i][j], layout)
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs = []
    i = j = 0
    while i < len(wanted) and j < len(found):
        if best[i][j] == best[i + 1][j + 1] + likeness(wanted[i], differences[i][j], layout):
            pairs.append(Pair(wanted[i], found[j], differences[i][j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append(Pair(wanted[i], None))
            i += 1
        else:
            pairs.append(Pair(None, found[j]))
            j += 1
    return pairs + [Pair(each, None) for each in wanted[i:]] + [Pair(None, each) for each in found[j:]]


def _by_number(wanted: Sequence[Wanted], found: Sequence[Found], layout: Layout) -> list[Pair]:
    pairs = [Pair(want, have, differing(want, have, layout)) for want, have in zip(wanted, found, strict=False)]
    count = len(pairs)
    return pairs + [Pair(each, None) for each in wanted[count:]] + [Pair(None, each) for each in found[count:]]


def likeness(wanted: Wanted, differences: Sequence[str], layout: Layout) -> float:
    """How much a pair speaks for itself: 2 for equal rows, up to 1 for like ones, negative for the unlike.

    The key counts as much as everything else.
    """
    if not differences:
        return 2.0
    names = list(wanted.cells) or list(layout.usual)
    keys = [name for name in names if name in layout.keys + layout.bounds]
    others = [name for name in names if name not in keys]
    shares = [1 - sum(name in differences for name in group) / len(group) for group in (keys, others) if group]
    return sum(shares) / len(shares) - 0.4


def in_any_order(wanted: Sequence[Wanted], found: Sequence[Found], layout: Layout) -> list[Pair]:
    """A pairing of equal rows as large as may be, in the order of what is expected; then what is left, the like paired."""
    partner = _matching(len(wanted), len(found), lambda i, j: not differing(wanted[i], found[j], layout))
    missing = [each for i, each in enumerate(wanted) if i not in partner.values()]
    extra = [each for j, each in enumerate(found) if j not in partner]
    equal = sorted((i, j) for j, i in partner.items())
    return [Pair(wanted[i], found[j]) for i, j in equal] + _like(missing, extra, layout)


def _matching(count: int, others: int, fits: Callable[[int, int], bool]) -> dict[int, int]:
    """A largest pairing (of Kuhn): matchers such as ANY may fit several rows. Gives other -> one."""
    partner: dict[int, int] = {}
    for one in range(count):
        came: dict[int, int] = {}
        free = _free(one, others, fits, partner, came)
        while free is not None:
            before = next((other for other, mate in partner.items() if mate == came[free]), None)
            partner[free] = came[free]
            free = before
    return partner


def _free(one: int, others: int, fits: Callable[[int, int], bool], partner: dict[int, int], came: dict[int, int]) -> int | None:
    """One of the others that is free once those on the way to it have changed partners; ``came`` is the way back."""
    waiting = [one]
    for mate in waiting:
        reached = [other for other in range(others) if other not in came and fits(mate, other)]
        came |= dict.fromkeys(reached, mate)
        for other in reached:
            if other not in partner:
                return other
            waiting.append(partner[other])
    return None


def _like(missing: Sequence[Wanted], extra: Sequence[Found], layout: Layout) -> list[Pair]:
    """What is missing, next to the row that is most like it."""
    left = list(extra)
    pairs = []
    for want in missing:
        scored = [(likeness(want, differing(want, have, layout), layout), -number) for number, have in enumerate(left)]
        score, number = max(scored, default=(0.0, 0))
        have = left.pop(-number) if score > 0 else None
        pairs.append(Pair(want, have, () if have is None else differing(want, have, layout)))
    return pairs + [Pair(None, have) for have in left]
