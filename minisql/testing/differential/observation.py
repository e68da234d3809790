"""What a backend gave to a scenario."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minisql.record import Record

Answer = Mapping[str, Any]
"""What a step gave, as plain values: one of

``{}``                                             nothing: SET, INSERT INTO ... VALUES, a record that was produced
``{"entity": {"@type": ..., ...}}``                what the server's /ksql endpoint answers
``{"schema": "`A` INTEGER", "rows": [[...], ...]}``    rows; with ``"limit": true`` where LIMIT ended the query
``{"error": "StatementError", "code": 40001, "message": "..."}``    a refusal, or a query that died
"""

TOPICS, QUERIES = "topics", "queries"
"""How changes are read: as the records of topics, or by push queries of the sources, for that is all a ksqlDB gives."""


class Observation(Record):
    """What came of a scenario.

    Attributes:
        backend: which server answered, in words: "ksqlDB 8.0.0".
        clock: the first and the last millisecond that the backend's wall clock can have shown: "now" to the scenario.
        seen: TOPICS or QUERIES.
        steps: an answer for each step. That of a push query is all that it emitted until the scenario's end.
        sources: what is there at the end, by name, as DESCRIBE has it.
        queries: ``{"id", "state"}`` of the persistent queries.
        changes: by topic, or by source where they were read by queries: ``{"key", "value", "timestamp", "partition"}``, with
            "window" and "headers" where there are any; in the order of each partition.
    """

    backend: str
    clock: tuple[int, int]
    seen: str
    steps: tuple[Answer, ...]
    sources: Mapping[str, Mapping[str, Any]]
    queries: list[dict[str, str]]
    changes: Mapping[str, list[dict[str, Any]]]

    def to_json(self) -> dict[str, Any]:
        """The observation in a JSON file."""
        return dict(self.items())

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Observation:
        """The observation that ``to_json`` wrote.

        Raises:
            KeyError: a part is missing.
        """
        fields = {name: data[name] for name in cls._names}
        return cls(**{**fields, "clock": tuple(fields["clock"]), "steps": tuple(fields["steps"])})
