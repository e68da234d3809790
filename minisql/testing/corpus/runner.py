"""``minisql test``: finds cases, runs them, tells what came of them."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TextIO

from minisql.errors import InterfaceError
from minisql.testing.corpus.case import FAILED, CaseFile, Outcome
from minisql.testing.corpus.discover import find
from minisql.testing.corpus.report import print_file, print_totals, write_json, write_junit
from minisql.testing.corpus.select import selector

OK, BAD, USAGE = 0, 1, 2


def run(
    paths: Iterable[str],
    k: str | None = None,
    report: str | None = None,
    junit: str | None = None,
    out: TextIO | None = None,
) -> int:
    """Run all cases below some paths and print what came of them.

    Args:
        paths: files and folders.
        k: run only cases whose corpus, file and name it matches (see ``select``).
        report, junit: where to write the JSON report and JUnit's XML.
        out: where to print; standard output by default.

    Returns:
        the exit code: 0 when nothing failed, 1 when a case failed, 2 when there was nothing to run.
    """
    out = out or sys.stdout
    start = time.perf_counter()
    outcomes: list[Outcome] = []
    try:
        for file in cases(paths, k):
            of_file = [case.run() for case in file.cases]
            outcomes += of_file
            print_file(file.path, of_file, out)
    except InterfaceError as error:
        print(error, file=out)
        return USAGE
    print_totals(outcomes, time.perf_counter() - start, out)
    if report is not None:
        write_json(outcomes, report)
    if junit is not None:
        write_junit(outcomes, junit)
    if not outcomes:
        return USAGE
    return BAD if any(outcome.status == FAILED for outcome in outcomes) else OK


def cases(paths: Iterable[str], k: str | None = None) -> Iterator[CaseFile]:
    """The files of cases below some paths, each with the cases that ``k`` selects; files without any are left out.

    Raises:
        InterfaceError: a path holds no cases, or ``k`` is not well formed.
    """
    wanted = selector(k) if k else None
    for file in find(paths):
        chosen = tuple(case for case in file.cases if wanted is None or wanted(f"{case.corpus} {case.file} {case.name}"))
        if chosen:
            yield CaseFile(file.corpus, file.path, chosen)
