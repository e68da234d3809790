"""Testing with minisql: assertions on topics and tables, a plugin of pytest, and ksqlDB's own test formats.

As with the package itself, each name is loaded when it is first asked for: pytest loads the plugin everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from minisql.testing.assertions.failure import AssertionFailed
    from minisql.testing.assertions.wanted import ANY, TOMBSTONE
    from minisql.testing.connection import KsqlConnection, connect

__all__ = ["ANY", "TOMBSTONE", "AssertionFailed", "KsqlConnection", "connect", "run"]

_HOMES = {
    "ANY": "assertions.wanted",
    "TOMBSTONE": "assertions.wanted",
    "AssertionFailed": "assertions.failure",
    "KsqlConnection": "connection",
    "connect": "connection",
}
"""The module of each public name."""


def __getattr__(name: str) -> Any:
    """Load a public name."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return found


def run(
    paths: Iterable[str],
    k: str | None = None,
    report: str | None = None,
    junit: str | None = None,
    out: TextIO | None = None,
    *,
    jobs: int = 1,
    verbose: bool = False,
    standard: bool = False,
) -> int:
    """Run ksqlDB's test files (see ``minisql.testing.corpus.runner.run``); returns the exit code."""
    from minisql.testing.corpus.runner import run as run_corpus

    return run_corpus(paths, k, report, junit, out, jobs=jobs, verbose=verbose, standard=standard)
