"""Records of test cases: what is put on topics, and what is expected there."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from minisql.testing.corpus.case import CaseFailed
from minisql.testing.corpus.compare import matches
from minisql.testing.corpus.jackson import dumps

Headers = tuple[tuple[str, "bytes | None"], ...]


class WindowSpec(NamedTuple):
    """The window of a key; ``type`` is "TIME" or "SESSION"."""

    start: int
    end: int
    type: str


@dataclass(frozen=True)
class Given:
    """A record as a case writes it down; ``timestamp`` is None where it is left out."""

    topic: str
    key: Any
    value: Any
    timestamp: int | None
    window: WindowSpec | None
    headers: Headers

    @classmethod
    def of(cls, node: Mapping[str, Any]) -> Given:
        """Read a node of ``inputs`` or ``outputs``; fields that nobody knows are left alone.

        Raises:
            CaseFailed: it names no topic.
        """
        if not node.get("topic"):
            raise CaseFailed("Missing required field: topic")
        window = node.get("window")
        return cls(
            node["topic"],
            node.get("key"),
            node.get("value"),
            node.get("timestamp"),
            window and WindowSpec(window["start"], window["end"], window["type"].upper()),
            tuple((header["KEY"], _decoded(header.get("VALUE"))) for header in node.get("headers") or ()),
        )


@dataclass(frozen=True)
class Found:
    """A record as it lies on a topic, decoded by its format alone."""

    key: Any
    window: WindowSpec | None
    value: Any
    timestamp: int
    headers: Headers

    def __str__(self) -> str:
        # ksqlDB's harness shows the key that it has read as Java does: text without quotes.
        key = self.key if isinstance(self.key, str) else dumps(self.key)
        return _text(key, self.window, self.value, self.timestamp, self.headers)


def check_records(topic: str, expected: Sequence[Given], found: Sequence[Found], inserted: bool) -> None:
    """Compare what lies on a topic with what a case expects there, one by one.

    Args:
        inserted: the records come from INSERT VALUES, at a time that nobody knows: an expected timestamp of 0 says nothing.

    Raises:
        CaseFailed: the first difference, in the words of ksqlDB's harness.
    """
    if len(expected) != len(found):
        actual = "\n".join(map(str, found))
        raise CaseFailed(
            f"Topic {topic}. Expected <{len(expected)}> records but it was <{len(found)}>\nActual records: \n{actual}"
        )
    for index, (want, have) in enumerate(zip(expected, found, strict=True)):
        if not _same(want, have, inserted):
            timestamp = have.timestamp if want.timestamp is None else want.timestamp
            text = _text(dumps(want.key), want.window, want.value, timestamp, want.headers)
            raise CaseFailed(f"Topic '{topic}', message {index}: Expected {text} but was {have}")


def _same(want: Given, have: Found, inserted: bool) -> bool:
    return (
        want.window == have.window
        and matches(have.key, want.key)
        and matches(have.value, want.value)
        and want.headers == have.headers
        and _same_time(want.timestamp, have.timestamp, inserted)
    )


def _same_time(want: int | None, have: int, inserted: bool) -> bool:
    return want is None or want == have or (inserted and want == 0)


def _text(key: str, window: WindowSpec | None, value: Any, timestamp: int, headers: Headers) -> str:
    shown = key if window is None else f"[{key}@{window.start}/{window.end} {window.type}]"
    listed = ", ".join(f"{{KEY={name},VALUE={_encoded(data)}}}" for name, data in headers)
    return f"<{shown}, {dumps(value)}> with timestamp={timestamp} and headers=[{listed}]"


def _decoded(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text)


def _encoded(data: bytes | None) -> str:
    return "null" if data is None else base64.b64encode(data).decode()
