"""Statements while a fault concerns them; without one they run past this."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from minisql.statements.insert_shapes import InsertShapes
from minisql.statements.pull_shapes import PullShapes

if TYPE_CHECKING:
    from minisql.engine import Engine, Result, Session
    from minisql.faults.kinds import OfStatements
    from minisql.statements.handlers import Handler
    from minisql.statements.prepared import Prepared


class Guard:
    """Stands before the engine's handlers as long as there is something to guard."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._handlers = engine.handlers
        self._faults: list[OfStatements] = []

    def add(self, fault: OfStatements) -> None:
        """Let a fault see statements."""
        self._faults.append(fault)
        self._engine.handlers = {kind: partial(self._run, handler) for kind, handler in self._handlers.items()}
        self._engine.insert_shapes = _NoInserts()
        self._engine.pull_shapes = _NoPulls()

    def remove(self, fault: OfStatements) -> None:
        """Let it see no more; after the last one everything is as it was."""
        self._faults.remove(fault)
        if not self._faults:
            self._engine.handlers = self._handlers
            self._engine.insert_shapes = InsertShapes()
            self._engine.pull_shapes = None

    def _run(self, handler: Handler, engine: Engine, session: Session, prepared: Prepared) -> Result:
        for fault in tuple(self._faults):
            fault.before(prepared)
        result = handler(engine, session, prepared)
        for fault in tuple(self._faults):
            fault.after(result)
        return result


class _NoInserts(InsertShapes):
    """Every INSERT takes the whole way."""

    def run(self, *_: object) -> bool:
        return False

    def learn(self, *_: object) -> None:
        pass


class _NoPulls(PullShapes):
    """Every pull query takes the whole way."""

    def run(self, *_: object) -> None:
        return None
