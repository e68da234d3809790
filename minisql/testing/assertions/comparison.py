"""Which of the rows that are expected are there, and which columns of the others differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
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
    """The columns that differ; all value columns are among them where just one of the two is a tombstone."""
    deletion = wanted.deleted is not None and wanted.deleted != found.deleted
    names = [name for name in wanted.cells if not deletion or name not in layout.values]
    differ = [name for name in names if not same(wanted.cells[name], found.cells.get(name), layout.kinds[name])]
    return (*differ, *layout.values) if deletion else tuple(differ)


def in_order(wanted: Sequence[Wanted], found: Sequence[Found], layout: Layout) -> list[Pair]:
    """Both in their order, with as few differences as may be."""
    pairs = [_pair(want, have, layout) for want, have in zip(wanted, found, strict=False)]
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
    return _replaced([*pairs, *(Pair(each, None) for each in wanted[i:]), *(Pair(None, each) for each in found[j:])], layout)


def _replaced(pairs: Sequence[Pair], layout: Layout) -> list[Pair]:
    """Where as many rows are missing as there are too many, with none between, they stand for each other."""
    result: list[Pair] = []
    for whole, group in groupby(pairs, lambda pair: pair.wanted is not None and pair.found is not None):
        block = list(group)
        missing = [pair.wanted for pair in block if pair.wanted is not None]
        extra = [pair.found for pair in block if pair.found is not None]
        if not whole and len(missing) == len(extra):
            block = [_pair(want, have, layout) for want, have in zip(missing, extra, strict=True)]
        result += block
    return result


def _by_number(wanted: Sequence[Wanted], found: Sequence[Found], layout: Layout) -> list[Pair]:
    pairs = [_pair(want, have, layout) for want, have in zip(wanted, found, strict=False)]
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


def in_any_order(wanted: Sequence[Wanted], found: Sequence[Found], layout: Layout, keyed: bool = False) -> list[Pair]:
    """As many equal rows paired as may be, then those that are alike, in the order of what is expected; then what is left.

    Args:
        keyed: rows with different keys are never alike.
    """
    mates = {i: j for j, i in _matching(wanted, found, layout).items()}
    taken = set(mates.values())
    left = [j for j in range(len(found)) if j not in taken]
    for i in range(len(wanted)):
        if i not in mates and left:
            scores = [(_unordered_likeness(wanted[i], found[j], layout, keyed), -j) for j in left]
            score, number = max(scores)
            if score > 0 or (not keyed and len(wanted) - len(mates) == len(left) == 1):
                mates[i] = -number
                left.remove(-number)
    pairs = [_pair(want, found[mates[i]] if i in mates else None, layout) for i, want in enumerate(wanted)]
    return pairs + [Pair(None, found[j]) for j in left]


def _pair(wanted: Wanted, found: Found | None, layout: Layout) -> Pair:
    return Pair(wanted, found, () if found is None else differing(wanted, found, layout))


def _unordered_likeness(wanted: Wanted, found: Found, layout: Layout, keyed: bool) -> float:
    differences = differing(wanted, found, layout)
    if keyed and not set(differences).isdisjoint(layout.keys + layout.bounds):
        return -1.0
    return likeness(wanted, differences, layout)


def _matching(wanted: Sequence[Wanted], found: Sequence[Found], layout: Layout) -> dict[int, int]:
    """A largest pairing (of Kuhn), found -> wanted: matchers such as ANY may fit several rows."""
    partner = _obvious(wanted, found, layout)
    paired = set(partner.values())
    for one in range(len(wanted)):
        if one not in paired:
            _augment(one, len(found), lambda i, j: not differing(wanted[i], found[j], layout), partner)
    return partner


def _obvious(wanted: Sequence[Wanted], found: Sequence[Found], layout: Layout) -> dict[int, int]:
    """Rows paired whose values look the same: that spares most comparisons of each with each."""
    looks: dict[tuple[str, ...], dict[str, list[int]]] = {}
    partner: dict[int, int] = {}
    for i, want in enumerate(wanted):
        names = tuple(want.cells)
        if names not in looks:
            looks[names] = {}
            for j in reversed(range(len(found))):
                looks[names].setdefault(repr([found[j].cells.get(name) for name in names]), []).append(j)
        alike = looks[names].get(repr(list(want.cells.values())), [])
        while alike and alike[-1] in partner:
            alike.pop()
        if alike and not differing(want, found[alike[-1]], layout):
            partner[alike.pop()] = i
    return partner


def _augment(one: int, others: int, fits: Callable[[int, int], bool], partner: dict[int, int]) -> None:
    """Give one a partner, if need be by others changing theirs."""
    came: dict[int, int] = {}
    mates = {mate: other for other, mate in partner.items()}
    waiting = [one]
    for mate in waiting:
        for other in range(others):
            if other in came or not fits(mate, other):
                continue
            came[other] = mate
            if other in partner:
                waiting.append(partner[other])
                continue
            free: int | None = other
            while free is not None:
                partner[free] = came[free]
                free = mates.get(came[free])
            return
