"""The steps of a scenario: each is a frozen value, prints itself as SQL where SQL has words for it, and lies in JSON."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from minisql.dialect import quoted_name
from minisql.names import ROWTIME
from minisql.record import Record
from minisql.rest.text import text_of
from minisql.schema import Column
from minisql.testing.differential.literals import sql_value


class Step(Record):
    """What the steps share."""

    def sql(self) -> str:
        """The step in a SQL file: a statement, or a directive in a comment for what no statement does."""
        raise NotImplementedError

    def to_json(self) -> dict[str, Any]:
        """The step in a JSON file."""
        raise NotImplementedError


class Statement(Step):
    """A statement that is no query, with its closing ``;``."""

    text: str

    def sql(self) -> str:
        """The text."""
        return self.text

    def to_json(self) -> dict[str, Any]:
        """``{"statement": text}``."""
        return {"statement": self.text}


class Query(Step):
    """A pull query, or a push query that ends by its LIMIT; one without is read until it gives nothing more."""

    text: str

    def sql(self) -> str:
        """The text."""
        return self.text

    def to_json(self) -> dict[str, Any]:
        """``{"query": text}``."""
        return {"query": self.text}


class Row(Step):
    """A row for a source, written by INSERT INTO ... VALUES, so that any server can take it.

    Attributes:
        source: its name, as ksqlDB resolves it (upper case, unless it needs quotes).
        values: names of columns, as resolved, to SQL: ``{"ID": "1", "NAME": "'ann'"}``.
        rowtime: milliseconds since the epoch; None lets the server say when.

    >>> print(Row("S", {"ID": "1", "name": "'ann'"}, 5).sql())
    INSERT INTO S (ID, `name`, ROWTIME) VALUES (1, 'ann', 5);
    """

    source: str
    values: Mapping[str, str]
    rowtime: int | None = None

    @classmethod
    def of(cls, source: str, columns: Sequence[Column], values: Mapping[str, Any], rowtime: int | None = None) -> Row:
        """A row of Python values, as ``Connection.insert`` takes them; columns that ``values`` lacks are left out.

        Raises:
            ProgrammingError: SQL has no literal for a value.

        >>> from minisql.types import INTEGER, STRING
        >>> Row.of("S", [Column("ID", INTEGER), Column("NAME", STRING)], {"ID": 1, "NAME": None}).values
        {'ID': '1', 'NAME': 'NULL'}
        """
        given = [column for column in columns if column.name in values]
        return cls(source, {column.name: sql_value(values[column.name], column.type) for column in given}, rowtime)

    def sql(self) -> str:
        """INSERT INTO ... VALUES."""
        given = dict(self.values) if self.rowtime is None else {**self.values, ROWTIME: str(self.rowtime)}
        return (
            f"INSERT INTO {quoted_name(self.source)} ({', '.join(map(quoted_name, given))}) VALUES ({', '.join(given.values())});"
        )

    def to_json(self) -> dict[str, Any]:
        """``{"row": source, "values": {...}, "rowtime": n}``."""
        when = {} if self.rowtime is None else {"rowtime": self.rowtime}
        return {"row": self.source, "values": dict(self.values), **when}


class Produce(Step):
    """A record for a topic, past any source: only backends that hold the topics can do it.

    Attributes:
        key, value: ``bytes`` as they would lie on the wire, or decoded values as JSON would hold them.
        headers: (name, bytes or None) pairs.
        partition: by default the one that Kafka would choose by the key.
    """

    topic: str
    key: Any = None
    value: Any = None
    timestamp: int | None = None
    headers: tuple[tuple[str, bytes | None], ...] = ()
    partition: int | None = None

    def sql(self) -> str:
        """``--@produce: {...}``: no statement does it."""
        return f"--@produce: {text_of(self.to_json())}"

    def to_json(self) -> dict[str, Any]:
        """``{"produce": topic, "key": ..., "value": ...}``; bytes are ``{"base64": "..."}``."""
        given = {"timestamp": self.timestamp, "headers": [[name, packed(data)] for name, data in self.headers] or None}
        given["partition"] = self.partition
        rest = {name: value for name, value in given.items() if value is not None}
        return {"produce": self.topic, "key": packed(self.key), "value": packed(self.value), **rest}


class Advance(Step):
    """The clock goes on: only backends whose clock can be moved can do it."""

    milliseconds: int

    def sql(self) -> str:
        """``--@advance: n``: no statement does it."""
        return f"--@advance: {self.milliseconds}"

    def to_json(self) -> dict[str, Any]:
        """``{"advance": n}``."""
        return {"advance": self.milliseconds}


def step_from_json(data: Mapping[str, Any]) -> Step:
    """The step that ``to_json`` wrote.

    Raises:
        ValueError: it is no step.
    """
    if "statement" in data:
        return Statement(data["statement"])
    if "query" in data:
        return Query(data["query"])
    if "row" in data:
        return Row(data["row"], dict(data["values"]), data.get("rowtime"))
    if "produce" in data:
        return _produce(data)
    if "advance" in data:
        return Advance(int(data["advance"]))
    raise ValueError(f"a step is a statement, query, row, produce or advance, not {text_of(dict(data))}")


def _produce(data: Mapping[str, Any]) -> Produce:
    headers = tuple((name, unpacked(value)) for name, value in data.get("headers") or ())
    key, value = unpacked(data.get("key")), unpacked(data.get("value"))
    return Produce(data["produce"], key, value, data.get("timestamp"), headers, data.get("partition"))


def packed(value: Any) -> Any:
    """Bytes as JSON holds them."""
    return {"base64": base64.b64encode(value).decode("ascii")} if isinstance(value, (bytes, bytearray)) else value


def unpacked(value: Any) -> Any:
    """What ``packed`` was given."""
    return base64.b64decode(value["base64"]) if isinstance(value, dict) and set(value) == {"base64"} else value
