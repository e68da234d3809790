"""Which way to go where more than one token decides: all ways are followed at once until one is left, or all are one.

This is the SLL prediction of ANTLR's parsers, followed closely, for a message depends on the token at which it gives up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from minisql.dialect.diagnosis.network import Network, Step
from minisql.dialect.diagnosis.notation import EOF

Stack = tuple[tuple[int, "Stack"], ...]
"""Where to go on after the rules entered since the prediction began, several ways at once; () is anywhere."""


class Config(NamedTuple):
    """One of the places that the tokens so far lead to. fell: it left the rule in which the prediction began."""

    state: int
    way: int
    stack: Stack
    fell: bool = False
    outer: bool = False


class GaveUp(Exception):
    """No way goes on at a token, at ``index``."""

    def __init__(self, index: int) -> None:
        self.index = index


class Front:
    """All places that the tokens so far lead to; equal places reached with different stacks are one place."""

    def __init__(self, configs: Iterable[Config] = ()) -> None:
        self.places: dict[tuple[int, int], Config] = {}
        self.next: dict[str, Front | None] = {}
        for config in configs:
            self.add(config)

    def add(self, config: Config) -> None:
        """Take one more place."""
        key = config.state, config.way
        known = self.places.get(key)
        if known is None:
            self.places[key] = config
        else:
            stack = _merge(known.stack, config.stack)
            self.places[key] = Config(*key, stack, known.fell or config.fell, known.outer or config.outer)

    @property
    def ways(self) -> set[int]:
        """The ways that are still open."""
        return {way for _, way in self.places}

    def conflicts(self) -> bool:
        """Whether some ways have become the same, with nothing left that would tell them apart."""
        at_place: dict[tuple[int, Stack], int] = {}
        at_state: dict[int, int] = {}
        for config in self.places.values():
            place = config.state, config.stack
            at_place[place] = at_place.get(place, 0) + 1
            at_state[config.state] = at_state.get(config.state, 0) + 1
        return any(count > 1 for count in at_place.values()) and all(count > 1 for count in at_state.values())


class Predictor:
    """Predicts the ways through a network."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._fronts: dict[tuple[int, int], Front] = {}

    def predict(self, decision: int, kinds: Sequence[str], index: int, strength: int) -> int:
        """The number of the step of ``decision`` that the tokens from ``index`` on take.

        Raises:
            GaveUp: no step leads through them.
        """
        front = self._start(decision, strength)
        while True:
            kind = kinds[index]
            if kind not in front.next:
                front.next[kind] = self._reach(front, kind)
            reached = front.next[kind]
            if reached is None:
                finished = [config.way for config in front.places.values() if config.fell]
                if finished:
                    return min(finished)
                raise GaveUp(index)
            if len(reached.ways) == 1 or reached.conflicts() or self._all_stopped(reached):
                return min(reached.ways)
            front = reached
            index += kind != EOF

    def _all_stopped(self, front: Front) -> bool:
        return all(state in self._network.stop_states for state, _ in front.places)

    # -- the first front -----------------------------------------------------------------------------

    def _start(self, decision: int, strength: int) -> Front:
        weighs = decision in self._network.weighing
        key = decision, strength if weighs else 0
        if key not in self._fronts:
            front = Front()
            closure = _Closure(self._network, front, key[1])
            for way, step in enumerate(self._network.steps[decision]):
                closure.follow(Config(step.target, way, ()), 0)
            self._fronts[key] = _without_repeats(front) if weighs else front
        return self._fronts[key]

    # -- the next front --------------------------------------------------------------------------------

    def _reach(self, front: Front, kind: str) -> Front | None:
        moved = Front()
        stopped = []
        for config in front.places.values():
            if kind == EOF and config.state in self._network.stop_states:
                stopped.append(config)
            for step in self._network.steps[config.state]:
                if step.kinds is not None and kind in step.kinds:
                    moved.add(config._replace(state=step.target))
        if kind == EOF or len(moved.ways) != 1:
            moved = self._closed(moved, kind == EOF)
        for config in stopped:
            moved.add(config)
        return moved if moved.places else None

    def _closed(self, moved: Front, at_end: bool) -> Front:
        closed = Front()
        closure = _Closure(self._network, closed, 0, at_end)
        for config in moved.places.values():
            closure.follow(config, 0)
        if at_end:
            stops = self._network.stop_states
            return Front(config for config in closed.places.values() if config.state in stops)
        return closed


class _Closure:
    """Follows the steps that take no token. Operators weaker than ``strength`` are left out at the depth of the start."""

    def __init__(self, network: Network, front: Front, strength: int, at_end: bool = False) -> None:
        self._network = network
        self._front = front
        self._strength = strength
        self._at_end = at_end
        self._seen: set[Config] = set()

    def follow(self, config: Config, depth: int) -> None:
        """Add what ``config`` leads to."""
        if config.state in self._network.stop_states and config.stack:
            for state, stack in config.stack:
                self.follow(config._replace(state=state, stack=stack), depth - 1)
            return
        steps = self._network.steps[config.state]
        if not steps or any(step.kinds is not None for step in steps):
            self._front.add(config)
        for step in steps:
            self._take(config, step, depth)

    def _take(self, config: Config, step: Step, depth: int) -> None:
        if config.state in self._network.stop_states:
            fallen = config._replace(state=step.target, fell=True, outer=config.outer or step.outer)
            if fallen not in self._seen:
                self._seen.add(fallen)
                self.follow(fallen, depth - 1)
        elif step.rule:
            start = self._network.starts[step.rule]
            stack = ((step.target, config.stack),)
            self.follow(config._replace(state=start, stack=stack), depth + 1 if depth >= 0 else depth)
        elif step.limit:
            if depth != 0 or step.limit >= self._strength:
                self.follow(config._replace(state=step.target), depth)
        elif step.kinds is None or (self._at_end and EOF in step.kinds):
            self.follow(config._replace(state=step.target), depth)


def _without_repeats(front: Front) -> Front:
    """Going on with an operator comes before leaving the rule to go on with it further out."""
    stays = {config.state: config.stack for config in front.places.values() if config.way == 0}
    return Front(
        config for config in front.places.values() if config.way == 0 or config.outer or stays.get(config.state) != config.stack
    )


def _merge(one: Stack, other: Stack) -> Stack:
    if one == other:
        return one
    if not one or not other:
        return ()
    merged = dict(one)
    for state, stack in other:
        merged[state] = _merge(merged[state], stack) if state in merged else stack
    return tuple(sorted(merged.items()))
