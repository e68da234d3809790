"""The processing log: what went wrong with single records while the queries went on.

Entries are dicts in the shape of ksqlDB's own log (ProcessingLogMessageSchema): ``type`` 0 is a record that
could not be deserialized, 1 an expression that failed.
"""

from __future__ import annotations

import base64
from typing import Any

from minisql.clock import Clock

DESERIALIZATION_ERROR, RECORD_PROCESSING_ERROR = 0, 1


class ProcessingLog(list[dict[str, Any]]):
    """The entries, oldest first."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def bad_record(self, logger: str, topic: str, side: str, data: bytes | None, error: BaseException) -> None:
        """A key or value (``side``) that could not be deserialized."""
        body = {
            "target": side,
            "errorMessage": str(error),
            "recordB64": None if data is None else base64.b64encode(data).decode("ascii"),
            "cause": causes(error),
            "topic": topic,
        }
        self._add(logger, DESERIALIZATION_ERROR, "deserializationError", body)

    def failed(self, logger: str, message: str, error: BaseException | None) -> None:
        """An expression that failed, or a record that a step could not use."""
        body = {"errorMessage": message, "record": None, "cause": [] if error is None else causes(error)}
        self._add(logger, RECORD_PROCESSING_ERROR, "recordProcessingError", body)

    def _add(self, logger: str, kind: int, name: str, body: dict[str, Any]) -> None:
        message = {"type": kind, name: body}
        self.append({"level": "ERROR", "logger": f"processing.{logger}", "time": self._clock.now(), "message": message})


def causes(error: BaseException) -> list[str]:
    """The texts of the chain of causes below an error."""
    texts = []
    cause = error.__cause__
    while cause is not None:
        texts.append(str(cause))
        cause = cause.__cause__
    return texts
