"""Testing with minisql: ksqlDB's own test formats."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO


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
