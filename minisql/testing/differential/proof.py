"""A scenario and what came of it as a test in ksqlDB's ``--@test`` format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from typing import Any

from minisql.dialect import quoted_name
from minisql.errors import ProgrammingError
from minisql.names import ROWTIME
from minisql.remote.values import columns_of
from minisql.row import to_python
from minisql.schema import Column, Namespace
from minisql.testing.differential.literals import sql_value
from minisql.testing.differential.observation import TOPICS, Answer, Observation
from minisql.testing.differential.scenario import Scenario
from minisql.testing.differential.steps import Step
from minisql.testing.differential.values import dumps
from minisql.types import BYTES, SqlType


def sql_test(scenario: Scenario, seen: Observation) -> str:
    """The scenario as a SQL test that expects what was seen: ASSERT VALUES for each record that queries wrote.

    A statement that was refused stands in a comment, with the reason; where it is the last one, the test expects it. Rows of
    queries stand in comments below them, since the format has no way to expect them.
    """
    lines = [list(_step(step, answer)) for step, answer in zip(scenario.steps, seen.steps, strict=True)]
    last, head = [], [f"--@test: {scenario.name}"]
    if seen.steps and _refused(seen.steps[-1]):
        lines, last = lines[:-1], [scenario.steps[-1].sql()]
        head += ["--@expected.error: io.confluent.ksql.util.KsqlException"]
        head += [f"--@expected.message: {seen.steps[-1]['message'].splitlines()[0]}"]
    return "\n".join([*head, *scenario.settings(), *chain.from_iterable(lines), *_asserts(seen), *last])


def _refused(answer: Answer) -> bool:
    """Whether there was a refusal; a query that died has rows as well."""
    return "error" in answer and "rows" not in answer


def _step(step: Step, answer: Answer) -> Iterator[str]:
    if _refused(answer):
        yield from (f"-- {line}" for line in step.sql().splitlines())
        yield from (f"--   refused: {line}" for line in answer["message"].splitlines())
    else:
        yield step.sql()
        yield from (f"--   {dumps(row)}" for row in answer.get("rows", ()))


# -- asserts --------------------------------------------------------------------------------------


def _asserts(seen: Observation) -> Iterator[str]:
    for name, source in seen.sources.items():
        columns = columns_of(source["schema"])
        for change in seen.changes.get(source["topic"] if seen.seen == TOPICS else name, ()) if source["writeQueries"] else ():
            yield _assert(quoted_name(name), columns, change)


def _assert(name: str, columns: Sequence[Column], change: Mapping[str, Any]) -> str:
    keys = _side([column for column in columns if column.namespace is Namespace.KEY], change["key"])
    values = _side([column for column in columns if column.namespace is Namespace.VALUE], change["value"])
    if change["value"] is None:
        return f"ASSERT NULL VALUES {name} ({', '.join(keys)}) KEY ({', '.join(keys.values())});"
    given = {**keys, **values}
    if change["timestamp"] is not None:
        given[ROWTIME] = str(change["timestamp"])
    return f"ASSERT VALUES {name} ({', '.join(given)}) VALUES ({', '.join(given.values())});"


def _side(columns: Sequence[Column], item: Any) -> dict[str, str]:
    """Name -> SQL for the columns of a key or of a value; a value that SQL has no literal for is not expected."""
    if item is not None and not isinstance(item, dict):
        item = {column.name: item for column in columns}
    found: dict[str, str] = {}
    for column in columns:
        with suppress(ProgrammingError):
            found[quoted_name(column.name)] = _sql((item or {}).get(column.name), column.type)
    return found


def _sql(value: Any, kind: SqlType) -> str:
    convert = to_python(kind) if type(value) is int else None  # JSON holds times as numbers, INSERT takes texts
    if kind == BYTES and isinstance(value, dict):
        value = value["base64"]
    return sql_value(value if convert is None else convert(value), kind)
