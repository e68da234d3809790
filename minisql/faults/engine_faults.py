"""The faults of an engine in this process."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from minisql.faults import kinds
from minisql.faults.fault import Fault
from minisql.faults.faults import Faults
from minisql.faults.guard import Guard

if TYPE_CHECKING:
    from minisql.engine import Engine

KINDS: dict[str, type[kinds.Kind]] = {
    "fail_query": kinds.FailQuery,
    "fail_push_queries": kinds.FailPushQueries,
    "refuse": kinds.Refuse,
    "corrupt": kinds.Corrupt,
    "reject": kinds.Reject,
    "delay": kinds.Delay,
    "drop_connection": kinds.DropConnection,
}

OfRequests = TypeVar("OfRequests", bound=kinds.OfRequests)


class EngineFaults(Faults):
    """Sets faults in an engine.

    Attributes:
        of_requests: those that a server looks for.
        guard: where those of statements are.
    """

    def __init__(self, engine: Engine) -> None:
        self.of_requests: list[kinds.OfRequests] = []
        self.guard = Guard(engine)
        self._engine = engine
        self._numbers = count(1)
        self._faults: dict[Fault, kinds.Kind] = {}

    def clear(self) -> None:
        for fault in list(self._faults):
            fault.remove()

    def __iter__(self) -> Iterator[Fault]:
        return iter(list(self._faults))

    def spend(self, kind: kinds.Kind) -> None:
        """It has happened once; when that was the last time it is removed."""
        if kind.left is not None:
            kind.left -= 1
            if kind.left == 0:
                next(fault for fault, each in self._faults.items() if each is kind).remove()

    def take(self, wanted: type[OfRequests], path: str) -> OfRequests | None:
        """The fault of this kind that happens to a request for a path, if there is one."""
        for kind in self.of_requests:
            if isinstance(kind, wanted) and path.startswith(kind.path):
                with self._engine.lock:
                    self.spend(kind)
                return kind
        return None

    def _set(self, name: str, **arguments: Any) -> Fault:
        with self._engine.lock:
            kind: kinds.Kind = KINDS[name](self._engine, **arguments)
            fault = Fault(next(self._numbers), name, arguments, self._remove)
            self._faults[fault] = kind
            kind.begin()
        return fault

    def _remove(self, fault: Fault) -> None:
        with self._engine.lock:
            kind = self._faults.pop(fault, None)
            if kind is not None:
                kind.end()
