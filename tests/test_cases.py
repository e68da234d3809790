"""The SQL tests below ``tests/cases``: SQL that a real server's test runner can also run."""

from pathlib import Path

import pytest

from minisql.testing.corpus.case import PASSED, Case
from minisql.testing.corpus.runner import cases

FOLDERS = [path.as_posix() for path in sorted((Path(__file__).parent / "cases").iterdir()) if path.is_dir()]


@pytest.mark.parametrize("case", [case for file in cases(FOLDERS) for case in file.cases], ids=lambda case: case.name)
def test_case(case: Case) -> None:
    outcome = case.run()
    assert outcome.status == PASSED, f"{case.file}: {outcome.message}"
