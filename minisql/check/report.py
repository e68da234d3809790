"""Findings as compilers print theirs, and as JSON."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from minisql.check.finding import NOTE, SEVERITIES, Finding

# What the first line of a finding tells anyway, or what says nothing of the cause.
_PREFIX = re.compile(
    r"Could not determine output schema for query due to error: |Exception while preparing statement: "
    r"|Failed to prepare statement: |[Ll]ine:? \d+(?::\d+|, Col: \d+): "
)


def text_report(findings: Sequence[Finding], texts: Mapping[str, str]) -> str:
    """A paragraph a finding: where, what, the source line with a caret, and more; at the end how many there are.

    Args:
        findings: as ``check`` gives them.
        texts: the texts of files by their names; findings in others come without the source line.
    """
    parts = ["\n".join(_lines(finding, texts.get(finding.file))) for finding in findings]
    return "\n".join([*parts, _summary(findings)])


def json_report(findings: Sequence[Finding]) -> str:
    """A list of objects with the attributes of the findings."""
    return json.dumps([dict(finding.items()) for finding in findings], indent=2, ensure_ascii=False)


def _lines(finding: Finding, text: str | None) -> Iterator[str]:
    message, *more = shown(finding.message).split("\n")
    code = "" if finding.severity == NOTE else f" [{finding.code}]"
    yield f"{finding.file}:{finding.line}:{finding.column}: {finding.severity}: {message}{code}"
    if finding.severity != NOTE:
        yield from _source(finding, text)
    yield from (f"      {line}" for line in dict.fromkeys(more))


def _source(finding: Finding, text: str | None) -> Iterator[str]:
    lines = [] if text is None else text.split("\n")
    if finding.line <= len(lines):
        line = lines[finding.line - 1].rstrip("\r")
        number = str(finding.line)
        # Tabs stay, so that the caret stands where the column is seen.
        indent = "".join(character if character == "\t" else " " for character in line[: finding.column - 1])
        yield f"{number:>4} | {line}"
        yield f"     | {indent}^"


def shown(message: str) -> str:
    """A message without its place and without what ksqlDB says of when it found out."""
    short = _PREFIX.sub("", message)
    return short.replace("Syntax Error\n", "Syntax Error: ", 1) if short.startswith("Syntax Error\n") else short


def _summary(findings: Sequence[Finding]) -> str:
    counts = Counter(finding.severity for finding in findings)
    named = [f"{counts[each]} {each}{_plural(each, counts[each])}" for each in SEVERITIES if each != NOTE and counts[each]]
    return ", ".join(named) or "no findings"


def _plural(severity: str, count: int) -> str:
    return "" if count == 1 or severity == "unsupported" else "s"
