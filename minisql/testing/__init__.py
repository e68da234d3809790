"""Testing with minisql: assertions on topics and tables, and ksqlDB's own test formats."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from minisql.testing.assertions.failure import AssertionFailed
from minisql.testing.assertions.wanted import ANY, TOMBSTONE
from minisql.testing.connection import KsqlConnection, connect

__all__ = ["ANY", "TOMBSTONE", "AssertionFailed", "KsqlConnection", "connect", "run"]


def run(
    paths: Iterable[str],
    k: str | None = None,
    report: str | None = None,
    junit: str | None = None,
    out: TextIO | None = None,
) -> int:
    """Run ksqlDB's test files (see ``minisql.testing.corpus.runner.run``); returns the exit code."""
    from minisql.testing.corpus.runner import run as run_corpus

    return run_corpus(paths, k, report, junit, out)
