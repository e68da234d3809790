"""``minisql test``: finds cases, runs them, tells what came of them."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple, TextIO

from minisql.errors import InterfaceError
from minisql.testing import update
from minisql.testing.corpus.case import FAILED, CaseFile, Outcome
from minisql.testing.corpus.discover import Candidate, candidates, find
from minisql.testing.corpus.progress import Progress
from minisql.testing.corpus.report import print_file, print_totals, write_json, write_junit
from minisql.testing.corpus.select import selector

OK, BAD, USAGE = 0, 1, 2


class FileRun(NamedTuple):
    """What came of the chosen cases of a file."""

    path: str
    outcomes: list[Outcome]


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
    """Run all cases below some paths and print what came of them.

    Args:
        paths: files and folders.
        k: run only cases whose corpus, file and name it matches (see ``select``).
        report, junit: where to write the JSON report and JUnit's XML.
        out: where to print; standard output by default.
        jobs: how many processes run files; what is printed and written stays in the same order. One where expectations
            are rewritten.
        verbose: name the cases that passed too.
        standard: refuse in SQL tests what ksqlDB's own runner cannot do.

    Returns:
        the exit code: 0 when nothing failed, 1 when a case failed, 2 when there was nothing to run.
    """
    out = out or sys.stdout
    start = time.perf_counter()
    outcomes: list[Outcome] = []
    try:
        for file in _runs(list(candidates(paths)), k, jobs, standard):
            outcomes += file.outcomes
            print_file(file.path, file.outcomes, out, verbose)
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


def _runs(found: Sequence[Candidate], k: str | None, jobs: int, standard: bool) -> Iterator[FileRun]:
    """The files with their outcomes, in the order in which they were found; a terminal is shown how far it is."""
    _chosen(k)  # an expression that is not well formed is refused before the first process starts
    jobs = jobs if update.requested() is None else 1  # what is rewritten is noted, and written, by one process
    with _mapping(min(jobs, len(found))) as each, Progress(len(found), sys.stderr) as progress:
        for file in each(partial(_run_file, k=k, standard=standard), found):
            progress.step(() if file is None else file.outcomes)
            if file is not None:
                with progress.hidden():
                    yield file
                    sys.stdout.flush()


Mapping = Callable[[Callable[[Candidate], FileRun | None], Sequence[Candidate]], Iterable[FileRun | None]]


@contextmanager
def _mapping(jobs: int) -> Iterator[Mapping]:
    """``map``, here or in so many processes."""
    if jobs < 2:
        yield map
        return
    with ProcessPoolExecutor(jobs) as pool:
        try:
            yield pool.map
        finally:
            pool.shutdown(cancel_futures=True)


def _run_file(candidate: Candidate, k: str | None, standard: bool) -> FileRun | None:
    file = _selected(candidate.read(standard), k)
    return None if file is None else FileRun(file.path, [case.run() for case in file.cases])


def cases(paths: Iterable[str], k: str | None = None) -> Iterator[CaseFile]:
    """The files of cases below some paths, each with the cases that ``k`` selects; files without any are left out.

    Raises:
        InterfaceError: a path holds no cases, or ``k`` is not well formed.
    """
    yield from filter(None, (_selected(file, k) for file in find(paths)))


def _selected(file: CaseFile | None, k: str | None) -> CaseFile | None:
    wanted = _chosen(k)
    chosen = () if file is None else tuple(case for case in file.cases if wanted(f"{case.corpus} {case.file} {case.name}"))
    return CaseFile(file.corpus, file.path, chosen) if file is not None and chosen else None


def _chosen(k: str | None) -> Callable[[str], bool]:
    return selector(k) if k else lambda text: True
