"""The walk through the grammar, as a generated parser goes, up to the first thing that it complains of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, NoReturn

from minisql.dialect.diagnosis.network import Action, Choice, Enter, Loop, Match, Network
from minisql.dialect.diagnosis.notation import EOF
from minisql.dialect.diagnosis.prediction import GaveUp, Predictor


class Complaint(NamedTuple):
    """What is wrong at the token with the number ``at``.

    kind: "extraneous" (a token too many), "missing" (one too few), "mismatched", or "hopeless" (no way on from there).
    expected: what could have stood there.
    """

    at: int
    kind: str
    expected: frozenset[str]


class _Frame(NamedTuple):
    """A rule that is being read: the state from which it was entered."""

    state: int
    parent: _Frame | None


class _Stop(Exception):
    def __init__(self, complaint: Complaint) -> None:
        self.complaint = complaint


@lru_cache(maxsize=1)
def _tools() -> tuple[Network, Predictor]:
    network = Network()
    return network, Predictor(network)


def complain(kinds: Sequence[str], rule: str) -> Complaint | None:
    """The first complaint about tokens of these kinds, the last of which is EOF; None when they follow ``rule``."""
    try:
        _Walk(kinds).enter(rule, 0, 0)
    except _Stop as stop:
        return stop.complaint
    return None


class _Walk:
    def __init__(self, kinds: Sequence[str]) -> None:
        self._network, self._predictor = _tools()
        self._kinds = kinds
        self._index = 0
        self._state = 0
        self._frame: _Frame | None = None
        self._strengths = [0]
        self._saved: tuple[int, _Frame | None] | None = None

    # -- actions -----------------------------------------------------------------------------------------

    def enter(self, rule: str, state: int, strength: int) -> None:
        """Read a rule."""
        self._frame = _Frame(state, self._frame)
        self._strengths.append(strength)
        self._run(self._network.programs[rule])
        self._strengths.pop()
        self._frame = self._frame.parent

    def _run(self, actions: Sequence[Action]) -> None:
        for action in actions:
            self._state = action[0]
            if isinstance(action, Match):
                self._match(action.kinds)
            elif isinstance(action, Enter):
                self.enter(action.rule, action.state, action.strength)
            elif isinstance(action, Choice):
                self._choose(action)
            else:
                self._go_round(action)

    def _match(self, kinds: frozenset[str]) -> None:
        if self._kinds[self._index] not in kinds:
            self._recover()
        self._index += self._kinds[self._index] != EOF

    def _choose(self, choice: Choice) -> None:
        self._sync()
        looks = self._network.looks(choice.state)
        if looks is None:
            way = self._predict(choice.state)
        else:
            kind = self._kinds[self._index]
            way = next((way for way, look in enumerate(looks) if kind in look), len(choice.ways))
            if way >= len(choice.ways) and not choice.optional:
                self._stop("hopeless")
        if way < len(choice.ways):
            self._run(choice.ways[way])

    def _go_round(self, loop: Loop) -> None:
        self._state = loop.first
        self._sync()
        again = loop.at_least_once or self._goes_on(loop)
        while again:
            self._run(loop.body)
            self._state = loop.back
            self._sync(back=True)
            again = self._goes_on(loop)

    def _goes_on(self, loop: Loop) -> bool:
        looks = self._network.looks(loop.decision)
        if looks is None:
            return self._predict(loop.decision) == 0
        return self._kinds[self._index] in looks[0]

    def _predict(self, decision: int) -> int:
        try:
            return self._predictor.predict(decision, self._kinds, self._index, self._strengths[-1])
        except GaveUp as gave_up:
            self._index = gave_up.index
            self._stop("hopeless")

    # -- complaints ----------------------------------------------------------------------------------------

    def _sync(self, back: bool = False) -> None:
        """See to it before a decision that the next token can be right."""
        kinds, ends = self._network.expected(self._state)
        if self._kinds[self._index] in kinds:
            self._saved = None
        elif ends:
            self._saved = self._saved or (self._state, self._frame)
        elif back:
            self._stop("extraneous", self._expected_here())
        else:
            self._drop_one()
            self._stop("mismatched", self._expected_here())

    def _recover(self) -> None:
        """The next token is not the one to match."""
        self._drop_one()
        self._add_one()
        state, frame = self._saved or (self._state, self._frame)
        self._stop("mismatched", self._expected(state, frame))

    def _drop_one(self) -> None:
        """Complain of one token too many when the token after it would do."""
        expected = self._expected_here()
        if self._kinds[min(self._index + 1, len(self._kinds) - 1)] in expected:
            self._stop("extraneous", expected)

    def _add_one(self) -> None:
        """Complain of one token too few when this token would do after it."""
        target = self._network.steps[self._state][0].target
        if self._kinds[self._index] in self._expected(target, self._frame):
            self._stop("missing", self._expected_here())

    def _expected_here(self) -> frozenset[str]:
        return self._expected(self._state, self._frame)

    def _expected(self, state: int, frame: _Frame | None) -> frozenset[str]:
        """What may follow a state, given the rules that are being read."""
        kinds, ends = self._network.expected(state)
        while ends and frame is not None and frame.parent is not None:
            follow = self._network.steps[frame.state][0].target
            more, ends = self._network.expected(follow)
            kinds |= more
            frame = frame.parent
        return kinds | {EOF} if ends else kinds

    def _stop(self, kind: str, expected: frozenset[str] = frozenset()) -> NoReturn:
        raise _Stop(Complaint(self._index, kind, expected))
