"""The grammar as a network of states: what may come next, and where the next token alone settles a choice."""

from __future__ import annotations

from typing import NamedTuple

from minisql.dialect.diagnosis.notation import Block, Call, Limit, Part, Tokens, read_rules


class Step(NamedTuple):
    """A way from one state to another.

    kinds: the tokens that it takes, None when it takes none. rule: the rule that is read before ``target`` is reached, with
    the strength that is asked of its operators. limit: the strength of the operator that follows. outer: it leaves a
    rule of operators for a place where no strength was asked for.
    """

    target: int
    kinds: frozenset[str] | None = None
    rule: str = ""
    strength: int = 0
    limit: int = 0
    outer: bool = False


class Match(NamedTuple):
    """Take one token of a set."""

    state: int
    kinds: frozenset[str]


class Enter(NamedTuple):
    """Read a rule."""

    state: int
    rule: str
    strength: int


class Choice(NamedTuple):
    """Go one of several ways; when optional, perhaps none."""

    state: int
    ways: tuple[tuple[Action, ...], ...]
    optional: bool


class Loop(NamedTuple):
    """Go round again and again; ``first`` is decided on before the first round, ``back`` after each."""

    first: int
    back: int
    decision: int
    body: tuple[Action, ...]
    at_least_once: bool


Action = Match | Enter | Choice | Loop


class Network:
    """``steps[state]`` lead on; ``programs[rule]`` is what a parser does to read the rule."""

    def __init__(self) -> None:
        self.steps: list[list[Step]] = []
        rules = read_rules()
        self.recursive = frozenset(name for name, block in rules.items() if _holds_limit(block))
        self.starts = {name: self._state() for name in rules}
        self.stops = {name: self._state() for name in rules}
        self.stop_states = frozenset(self.stops.values())
        self.weighing: set[int] = set()
        """Decisions between one more operator and the end of the rule."""
        self.programs = {name: self._block(block, self.starts[name], self.stops[name]) for name, block in rules.items()}
        self._expected: dict[int, tuple[frozenset[str], bool]] = {}
        self._looks: dict[int, tuple[frozenset[str], ...] | None] = {}
        self._link_stops()

    # -- what may follow -----------------------------------------------------------------------------

    def expected(self, state: int) -> tuple[frozenset[str], bool]:
        """The tokens that may follow within the state's rule, and whether the rule may end there."""
        if state not in self._expected:
            kinds: set[str] = set()
            ends = False
            todo, seen = [state], set()
            while todo:
                at = todo.pop()
                if at in self.stop_states:
                    ends = True
                elif at not in seen:
                    seen.add(at)
                    todo += self._ahead(at, kinds)
            self._expected[state] = frozenset(kinds), ends
        return self._expected[state]

    def _ahead(self, state: int, kinds: set[str]) -> list[int]:
        """Add to ``kinds`` what a state's steps take; give the states behind those that take nothing."""
        behind = []
        for step in self.steps[state]:
            empty = step.kinds is None
            if step.rule:
                found, empty = self.expected(self.starts[step.rule])
                kinds |= found
            kinds |= step.kinds or frozenset()
            if empty:
                behind.append(step.target)
        return behind

    def looks(self, decision: int) -> tuple[frozenset[str], ...] | None:
        """For each step of a decision the tokens that settle it; None when one token does not settle it."""
        if decision not in self._looks:
            found = [self._look(step.target) for step in self.steps[decision]]
            looks = tuple(look for look in found if look is not None)
            apart = len(looks) == len(found) and sum(map(len, looks)) == len(frozenset().union(*looks))
            self._looks[decision] = looks if apart else None
        return self._looks[decision]

    def _look(self, state: int) -> frozenset[str] | None:
        """The tokens that may follow, wherever the rule is used; None when that depends on the strength of operators."""
        kinds: set[str] = set()
        todo, seen = [state], set()
        while todo:
            at = todo.pop()
            if at in seen:
                continue
            seen.add(at)
            if any(step.limit for step in self.steps[at]):
                return None
            todo += self._ahead(at, kinds)
        return frozenset(kinds)

    # -- building --------------------------------------------------------------------------------------

    def _state(self) -> int:
        self.steps.append([])
        return len(self.steps) - 1

    def _step(self, state: int, target: int) -> None:
        self.steps[state].append(Step(target))

    def _link_stops(self) -> None:
        """The end of a rule leads to wherever the rule is used."""
        for steps in list(self.steps):
            for step in steps:
                if step.rule:
                    outer = step.rule in self.recursive and step.strength == 0
                    self.steps[self.stops[step.rule]].append(Step(step.target, outer=outer))

    def _sequence(self, parts: tuple[Part, ...], left: int, right: int) -> tuple[Action, ...]:
        actions: tuple[Action, ...] = ()
        for part in parts[:-1]:
            middle = self._state()
            actions += self._part(part, left, middle)
            left = middle
        return actions + self._part(parts[-1], left, right)

    def _part(self, part: Part, left: int, right: int) -> tuple[Action, ...]:
        if isinstance(part, Block):
            return self._block(part, left, right)
        if isinstance(part, Tokens):
            self.steps[left].append(Step(right, kinds=part.kinds))
            return (Match(left, part.kinds),)
        if isinstance(part, Call):
            self.steps[left].append(Step(right, rule=part.rule, strength=part.strength))
            return (Enter(left, part.rule, part.strength),)
        self.steps[left].append(Step(right, limit=part.strength))
        return ()

    def _block(self, block: Block, left: int, right: int) -> tuple[Action, ...]:
        if block.repeat in ("*", "+"):
            return (self._loop(block, left, right),)
        if block.repeat == "?" or len(block.alternatives) > 1:
            return (self._choice(block, left, right),)
        return self._sequence(block.alternatives[0], left, right)

    def _choice(self, block: Block, left: int, right: int) -> Choice:
        decision = self._state()
        self._step(left, decision)
        ways = []
        for alternative in block.alternatives:
            begin = self._state()
            self._step(decision, begin)
            ways.append(self._sequence(alternative, begin, right))
        if block.repeat:
            self._step(decision, right)
        return Choice(decision, tuple(ways), bool(block.repeat))

    def _loop(self, block: Block, left: int, right: int) -> Loop:
        begin, back = self._state(), self._state()
        body = self._block(block._replace(repeat=""), begin, back)
        if block.repeat == "+":
            self._step(left, begin)
            self._step(back, begin)
            self._step(back, right)
            return Loop(begin, back, back, body, True)
        entry = self._state()
        if any(isinstance(alternative[0], Limit) for alternative in block.alternatives):
            self.weighing.add(entry)
        self._step(left, entry)
        self._step(entry, begin)
        self._step(entry, right)
        self._step(back, entry)
        return Loop(entry, back, entry, body, False)


def _holds_limit(block: Block) -> bool:
    parts = [part for alternative in block.alternatives for part in alternative]
    return any(isinstance(part, Limit) or (isinstance(part, Block) and _holds_limit(part)) for part in parts)
