"""One engine, one session, and a short way to run statements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from minisql.clock import ManualClock
from minisql.engine import Engine, Session
from minisql.errors import KsqlError
from minisql.results import Entity

Run = Callable[..., Any]


@pytest.fixture
def engine() -> Engine:
    return Engine(ManualClock(0), {"auto.offset.reset": "earliest"})


@pytest.fixture
def session() -> Session:
    return Session()


@pytest.fixture
def run(engine: Engine, session: Session) -> Run:
    """Runs a text and gives the last entity as JSON, or None for a statement that answers nothing."""

    def execute(text: str) -> dict[str, Any] | None:
        last = engine.execute(text, session)[-1]
        assert isinstance(last, Entity)
        return last.to_dict() if last.answered else None

    return execute


@pytest.fixture
def refusal(engine: Engine, session: Session) -> Callable[[str], str]:
    """Runs a text that must fail, and gives the message."""

    def execute(text: str) -> str:
        with pytest.raises(KsqlError) as caught:
            engine.execute(text, session)
        return caught.value.message

    return execute
