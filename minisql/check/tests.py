"""Files of SQL tests: each test is checked on an engine of its own."""

from __future__ import annotations

from collections.abc import Iterator

from minisql.check.finding import ERROR, NOTE, Finding
from minisql.check.script import Script
from minisql.check.trial import Trial
from minisql.testing.corpus.case import CaseFailed
from minisql.testing.corpus.script import Draft, drafts
from minisql.testing.corpus.script_run import stage_engine, stage_session

USUAL = frozenset(("full-scan",))
"""Warnings of what tests do."""


def tested(script: Script) -> Iterator[Finding]:
    """The findings of all tests of a file."""
    try:
        found = list(drafts(script.text))
    except CaseFailed as failure:
        yield Finding(script.name, failure.line or 1, 1, ERROR, "syntax", failure.reason, "")
        return
    for draft in found:
        yield from _test(script, draft)


def _test(script: Script, draft: Draft) -> list[Finding]:
    trial = Trial(stage_engine(), stage_session().at(script.folder), tests=True)
    trial.run(script, draft.statements)
    found = [finding for finding in trial.finish() if finding.code not in USUAL]
    if _is_expected(draft, trial.errors):
        return [finding for finding in found if finding.severity not in (ERROR, NOTE)]
    return found


def _is_expected(draft: Draft, errors: list[Exception]) -> bool:
    """Whether the test is to end in the first of the errors."""
    if draft.expectation is None or not errors:
        return False
    try:
        draft.expectation.check(errors[0])
    except CaseFailed:
        return False
    return True
