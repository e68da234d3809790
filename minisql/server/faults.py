"""What a server does wrong on purpose."""

from __future__ import annotations

from minisql.engine import Engine
from minisql.faults.kinds import Delay, DropConnection, Reject
from minisql.rest.refusal import Refusal, refusal


def delay_of(engine: Engine, path: str) -> float:
    """For how many seconds a request for this path has to wait."""
    delay = engine.faults.take(Delay, path)
    return 0 if delay is None else delay.seconds


def rejection(engine: Engine, path: str) -> Refusal | None:
    """The error that a request for this path is answered with, if it is."""
    reject = engine.faults.take(Reject, path)
    return None if reject is None else refusal(reject.message, reject.error_code)


def rows_before_drop(engine: Engine, path: str) -> int | None:
    """How many rows of an answer are sent before the connection is closed; None when it is not."""
    drop = engine.faults.take(DropConnection, path)
    return None if drop is None else drop.after_rows
