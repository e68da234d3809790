"""What REST cases expect of answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from minisql.testing.corpus.case import CaseFailed
from minisql.testing.corpus.compare import same_decimal
from minisql.testing.corpus.jackson import dumps
from minisql.testing.corpus.rest_client import Refused

PREFIX = "|starts_with"
STATEMENT = "{STATEMENT}"
MASKED = "'[value]'"


@dataclass(frozen=True)
class RestError:
    """An expected refusal; None says nothing."""

    type: str | None
    message: str | None
    status: int | None
    statement: str

    @classmethod
    def of(cls, node: Mapping[str, Any], statement: str) -> RestError:
        """Read ``expectedError``; ``statement`` is the case's last."""
        return cls(node.get("type"), node.get("message"), node.get("status"), statement)

    def check(self, error: Refused) -> None:
        """Compare.

        Raises:
            CaseFailed: it was refused differently.
        """
        about_statement = error.body.get("@type") == "statement_error"
        wants_statement = (self.type or "").endswith("KsqlStatementErrorMessage")
        fits = (
            (about_statement or not wants_statement)
            and self.message_fits(error.body.get("message", ""))
            and self.status in (None, error.status)
            and (not wants_statement or self.statement_fits(error.body.get("statementText", "")))
        )
        if not fits:
            raise CaseFailed(f"Expected {self}\nbut was {error}")

    @property
    def of_query(self) -> bool:
        """Whether a query is to be refused; only then the harness minds when nothing is."""
        return self.statement.startswith("SELECT ")

    def statement_fits(self, statement: str) -> bool:
        """Whether the answer is about the statement; the server shows no values of an INSERT."""
        return self.statement in statement or (_is_insert(self.statement) and MASKED in statement)

    def message_fits(self, message: str) -> bool:
        """Whether a message has what is expected of it."""
        return self.message is None or self.message in message


def _is_insert(statement: str) -> bool:
    return statement.lstrip()[:6].upper() == "INSERT"


def check_entity(expected: Any, found: Any, statements: Sequence[str]) -> None:
    """Compare an entity.

    Raises:
        CaseFailed: something that is expected is not there.
    """
    if not _contains(found, _with_statements(expected, statements)):
        raise CaseFailed(f"Expected: {dumps(expected)}\nbut was: {dumps(found)}")


def check_rows(expected: Sequence[Any], found: Sequence[Any], ordered: bool) -> None:
    """Compare the elements of a query's answer; rows in any order unless ``ordered``.

    Raises:
        CaseFailed: they differ.
    """
    shown = f"Expected:\n{_listed(expected)}\nbut was:\n{_listed(found)}"
    if len(expected) != len(found):
        raise CaseFailed(f"Expected {len(expected)} elements, but there are {len(found)}. {shown}")
    if not ordered:
        if sorted(map(_canonical, _rows(expected))) != sorted(map(_canonical, _rows(found))):
            raise CaseFailed(f"The rows differ. {shown}")
        expected = [_without_columns(each) for each in expected]
    for want, have in zip(expected, found, strict=True):
        if not _contains(have, want):
            raise CaseFailed(f"Expected {dumps(want)} but was {dumps(have)}. {shown}")


def _listed(elements: Sequence[Any]) -> str:
    return "\n".join(map(dumps, elements))


def _rows(elements: Sequence[Any]) -> list[Any]:
    """What is compared in any order: columns, or Protobuf's text."""
    rows = [each["row"] for each in elements if "row" in each]
    return [row["columns"] if isinstance(row, dict) else row for row in rows]


def _without_columns(element: Any) -> Any:
    if "row" not in element:
        return element
    row = element["row"]
    return {"row": {name: each for name, each in row.items() if name != "columns"}} if isinstance(row, dict) else {}


def _canonical(value: Any) -> str:
    """A text that is the same for equal values."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{dumps(name)}:{_canonical(value[name])}" for name in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_canonical, value)) + "]"
    return dumps(value)


def _contains(found: Any, expected: Any) -> bool:
    if isinstance(expected, dict):
        return isinstance(found, dict) and all(_has(found, name, value) for name, value in expected.items())
    if isinstance(expected, list):
        return isinstance(found, list) and len(found) == len(expected) and all(map(_contains, found, expected))
    if isinstance(expected, Decimal):
        return isinstance(found, Decimal) and same_decimal(found, expected)
    return type(found) is type(expected) and bool(found == expected)


def _has(found: Mapping[str, Any], name: str, value: Any) -> bool:
    if name.endswith(PREFIX):
        return str(found.get(name.removesuffix(PREFIX), "")).startswith(value)
    return name in found and _contains(found[name], value)


def _with_statements(expected: Any, statements: Sequence[str]) -> Any:
    """``{STATEMENT}`` stands for the statements' text."""
    if isinstance(expected, dict):
        return {name: _with_statements(value, statements) for name, value in expected.items()}
    return expected.replace(STATEMENT, "\n".join(statements)) if isinstance(expected, str) else expected
