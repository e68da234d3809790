"""What asserts of test files look at when nothing has run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlglot.expressions import Expression

from minisql.broker import Entry
from minisql.errors import KsqlError
from minisql.metastore import Source
from minisql.testing.corpus.asserts import Asserts, Fact
from minisql.testing.corpus.case import CaseFailed
from minisql.types import SqlType

if TYPE_CHECKING:
    from minisql.check.trial import Trial

_OF_RECORDS = ("Expected another record", "Expected rows do not match actual")
"""How failures begin that tell of records, and so of nothing that is known here."""


def check_shape(trial: Trial, node: Expression) -> None:
    """Check an assert as far as it can be checked without records.

    Raises:
        KsqlError: a source is not there, or not as asserted, or can have no such record.
    """
    try:
        Asserts(Unseen(trial)).check(node)
    except CaseFailed as failure:
        if not failure.reason.startswith(_OF_RECORDS):
            raise KsqlError(failure.reason) from failure


class Unseen:
    """The sources of a trial, whose topics are empty."""

    def __init__(self, trial: Trial) -> None:
        self.engine = trial.engine
        self._last = trial.last

    def source(self, name: str) -> Source | None:
        """The source of this name."""
        return self.engine.metastore.source(name)

    def entries(self, source: Source, wanted: int | None) -> Sequence[Entry]:
        """None."""
        return ()

    def selected(self) -> tuple[Mapping[str, SqlType], list[tuple[Any, ...]]]:
        """The columns of the last SELECT; no rows."""
        if self._last is None:
            raise CaseFailed("There was no SELECT.")
        return {column.name: column.type for column in self._last.columns}, []

    def facts(self, source: Source, facts: list[Fact]) -> list[Fact]:
        """All of them."""
        return facts
