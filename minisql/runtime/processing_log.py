"""The processing log: what went wrong with single records while the queries went on.

Entries are dicts in the shape of ksqlDB's own log (ProcessingLogMessageSchema): ``type`` 0 is a record that
could not be deserialized, 1 an expression that failed.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from minisql.clock import Clock
from minisql.errors import SerdeError

DESERIALIZATION_ERROR, RECORD_PROCESSING_ERROR = 0, 1


class ProcessingLog(list[dict[str, Any]]):
    """The entries, oldest first."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._silent = False

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Nothing is added meanwhile: what is processed was processed, and logged, before."""
        self._silent = True
        try:
            yield
        finally:
            self._silent = False

    def bad_record(self, logger: str, topic: str, side: str, data: bytes | None, error: SerdeError) -> None:
        """A key or value (``side``) that could not be deserialized."""
        message, *causes = error.messages(topic)
        body = {
            "target": side,
            "errorMessage": message,
            "recordB64": None if data is None else base64.b64encode(data).decode("ascii"),
            "cause": causes,
            "topic": topic,
        }
        self._add(logger, DESERIALIZATION_ERROR, "deserializationError", body)

    def failed(self, logger: str, message: str, error: BaseException | None) -> None:
        """An expression that failed, or a record that a step could not use."""
        body = {"errorMessage": message, "record": None, "cause": [] if error is None else chain_of(error)}
        self._add(logger, RECORD_PROCESSING_ERROR, "recordProcessingError", body)

    def _add(self, logger: str, kind: int, name: str, body: dict[str, Any]) -> None:
        if self._silent:
            return
        path = logger.replace("/", ".")
        message = {"type": kind, name: body}
        self.append({"level": "ERROR", "logger": f"processing.{path}", "time": self._clock.now(), "message": message})


def chain_of(error: BaseException) -> list[str]:
    """The texts of an error and of what caused it."""
    texts = []
    link: BaseException | None = error
    while link is not None:
        texts.append(str(link))
        link = link.__cause__
    return texts
