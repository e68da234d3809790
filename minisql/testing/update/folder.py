"""The output.json of folders with a statements.sql."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from minisql.testing.corpus.case import CaseFailed
from minisql.testing.corpus.jackson import dumps
from minisql.testing.corpus.record import Found
from minisql.testing.corpus.scenario import Scenario
from minisql.testing.update.edits import Edits, Span


def run(edits: Edits, scenario: Scenario, path: Path, outputs: Sequence[Mapping[str, Any]]) -> None:
    """Run a folder's case; where its outputs are others than expected, note that they are to be expected.

    Args:
        path: of the output.json.
        outputs: its records.

    Raises:
        CaseFailed: the inputs are wrong, or nothing came out, which cannot be expected.
        KsqlError: a statement or a query failed.
    """
    try:
        scenario.run()
    except CaseFailed as failure:
        found = scenario.found()
        if not any(found.values()):
            raise CaseFailed(f"{failure.reason}\nnot updated: nothing came out") from failure
    else:
        return
    text = edits.text(path)
    lines = [_line(topic, record, outputs) for topic in _topics(outputs) for record in found[topic]]
    edits.replace(path, Span(0, len(text)), '{\n  "outputs": [\n    ' + ",\n    ".join(lines) + "\n  ]\n}\n")


def _topics(outputs: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(record["topic"] for record in outputs))


def _line(topic: str, record: Found, outputs: Sequence[Mapping[str, Any]]) -> str:
    """A record with the fields that the topic's records had before, or needs."""
    fields = {name for each in outputs if each["topic"] == topic for name in each}
    node: dict[str, Any] = {"topic": topic}
    if "timestamp" in fields:
        node["timestamp"] = record.timestamp
    node |= {"key": record.key, "value": record.value}
    if record.window is not None:
        node["window"] = record.window._asdict()
    if record.headers:
        node["headers"] = [{"KEY": name, "VALUE": _encoded(data)} for name, data in record.headers]
    return "{" + ", ".join(f'"{name}": {dumps(item)}' for name, item in node.items()) + "}"


def _encoded(data: bytes | None) -> str | None:
    return None if data is None else base64.b64encode(data).decode("ascii")
