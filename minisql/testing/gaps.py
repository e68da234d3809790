"""The list of corpus cases that do not pass yet, with the reason of each.

``python -m minisql.testing.gaps CORPUS LIST`` writes it anew.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from minisql.testing.corpus.case import PASSED, Outcome
from minisql.testing.corpus.report import short, summary, totals
from minisql.testing.corpus.runner import cases

SEPARATOR = " :: "

CORPORA = ("qtt", "rqtt", "schema-validation", "sql-tests", "test-runner")
"""The folders of a corpus whose cases are held to the list."""


def run_corpora(root: Path) -> list[Outcome]:
    """Run all cases of a corpus's folders; ``file`` is relative to ``root``."""
    folders = [(root / name).as_posix() for name in CORPORA if (root / name).is_dir()]
    return [_relative(case.run(), root) for file in cases(folders) for case in file.cases]


def lines(outcomes: Iterable[Outcome]) -> list[str]:
    """A line for each case that did not pass: ``file :: name :: status :: reason``."""
    return [
        SEPARATOR.join((outcome.file, outcome.name, outcome.status, short(outcome.message)))
        for outcome in outcomes
        if outcome.status != PASSED
    ]


def differences(listed: Sequence[str], outcomes: Iterable[Outcome]) -> list[str]:
    """What is wrong with a list: cases that are missing on it, and cases on it that pass, or that are no more.

    A case may be listed as failed and be unsupported, or the other way round, and its reason may have changed: that
    makes no list wrong.
    """
    wanted = {_key(line) for line in listed}
    open_now = {(outcome.file, outcome.name): outcome for outcome in outcomes if outcome.status != PASSED}
    fallen = [f"falls back: {line}" for key, outcome in open_now.items() if key not in wanted for line in lines([outcome])]
    stale = [f"passes now, or is gone: {SEPARATOR.join(key)}" for key in sorted(wanted) if key not in open_now]
    return fallen + stale


def _key(line: str) -> tuple[str, str]:
    """File and name; a name may itself hold the separator."""
    file, _, rest = line.partition(SEPARATOR)
    for status in ("failed", "unsupported"):
        name, found, _ = rest.partition(f"{SEPARATOR}{status}{SEPARATOR}")
        if found:
            return file, name
    raise ValueError(f"not a line of the list: {line}")


def _relative(outcome: Outcome, root: Path) -> Outcome:
    file = Path(outcome.file).relative_to(root).as_posix()
    return Outcome(outcome.corpus, file, outcome.name, outcome.status, outcome.message, outcome.seconds)


def main(arguments: Sequence[str]) -> int:
    """Run a corpus and write its list."""
    if len(arguments) != 2:
        print("usage: python -m minisql.testing.gaps CORPUS LIST", file=sys.stderr)
        return 2
    outcomes = run_corpora(Path(arguments[0]))
    Path(arguments[1]).write_text("".join(f"{line}\n" for line in lines(outcomes)), encoding="utf-8")
    print(f"{len(outcomes)} cases: {summary(totals(outcomes))}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
