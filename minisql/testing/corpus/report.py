"""What is told of a run: lines for people, JSON and JUnit XML for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TextIO

from minisql.testing.corpus.case import FAILED, STATUSES, UNSUPPORTED, Outcome

SHORT = 150
"""Characters of a message where it has to go in one line."""

LINES = 30
"""Lines of a message that a terminal is shown."""


def totals(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """How many cases have each status."""
    counts = Counter(outcome.status for outcome in outcomes)
    return {status: counts[status] for status in STATUSES}


def summary(counts: dict[str, int]) -> str:
    """``3 passed, 1 failed``; what is not there is left out."""
    return ", ".join(f"{count} {status}" for status, count in counts.items() if count) or "no cases"


def short(message: str, limit: int = SHORT) -> str:
    """A message in one line of at most ``limit`` characters."""
    line = " ".join(message.split())
    return line if len(line) <= limit else line[: limit - 3] + "..."


def print_file(path: str, outcomes: Sequence[Outcome], out: TextIO, verbose: bool = False) -> None:
    """One line for the file, and below it each case that failed, and why; ``verbose`` names the others too."""
    print(f"{path}  {summary(totals(outcomes))}", file=out)
    for outcome in outcomes:
        if outcome.status == FAILED or verbose:
            print("\n        ".join(_described(outcome)), file=out)


def _described(outcome: Outcome) -> list[str]:
    """A line for the case, with the first line of the message, and the message's other lines."""
    first, *more = outcome.message.rstrip().splitlines() or [f"{outcome.seconds:.3f} s"]
    left = [f"... and {len(more) - LINES} more lines"] if len(more) > LINES else []
    return [f"    {outcome.status}: {outcome.name}: {first}", *more[:LINES], *left]


def print_totals(outcomes: Sequence[Outcome], seconds: float, out: TextIO) -> None:
    """The totals, and what is not supported."""
    missing = Counter(short(outcome.message) for outcome in outcomes if outcome.status == UNSUPPORTED)
    if missing:
        print("\nnot supported yet:", file=out)
        for feature, count in missing.most_common():
            print(f"{count:6}  {feature}", file=out)
    print(f"\n{len(outcomes)} cases: {summary(totals(outcomes))} in {seconds:.1f} s", file=out)


def as_json(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The report of ``--report``."""
    return {
        "totals": totals(outcomes),
        "cases": [{**vars(outcome), "seconds": round(outcome.seconds, 4)} for outcome in outcomes],
    }


def write_json(outcomes: Sequence[Outcome], path: str) -> None:
    """Write the report of ``--report``."""
    Path(path).write_text(json.dumps(as_json(outcomes), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def write_junit(outcomes: Sequence[Outcome], path: str) -> None:
    """Write JUnit's XML: a suite for each file; what is unsupported is skipped there."""
    from xml.etree import ElementTree

    root = ElementTree.Element("testsuites", _counts(outcomes))
    files: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        files.setdefault(outcome.file, []).append(outcome)
    for name, of_file in files.items():
        suite = ElementTree.SubElement(root, "testsuite", {"name": name, **_counts(of_file)})
        for outcome in of_file:
            attributes = {"classname": name, "name": outcome.name, "time": f"{outcome.seconds:.4f}"}
            case = ElementTree.SubElement(suite, "testcase", attributes)
            if outcome.message:
                kind = "failure" if outcome.status == FAILED else "skipped"
                ElementTree.SubElement(case, kind, {"message": _printable(short(outcome.message))}).text = _printable(
                    outcome.message
                )
    ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _counts(outcomes: Sequence[Outcome]) -> dict[str, str]:
    counts = totals(outcomes)
    passed_over = counts[UNSUPPORTED] + counts["skipped"]
    seconds = sum(outcome.seconds for outcome in outcomes)
    return {
        "tests": str(len(outcomes)),
        "failures": str(counts[FAILED]),
        "skipped": str(passed_over),
        "time": f"{seconds:.4f}",
    }


def _printable(text: str) -> str:
    """XML has no way to hold control characters."""
    return "".join(char if char >= " " or char in "\n\t" else "\N{REPLACEMENT CHARACTER}" for char in text)
