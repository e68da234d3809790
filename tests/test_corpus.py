"""ksqlDB's own test cases, where they are at hand; ``corpus_gaps.txt`` lists those that do not pass yet."""

import os
from pathlib import Path

import pytest

from minisql.testing.gaps import differences, run_corpora

HERE = Path(__file__).parent
CORPUS = Path(os.environ.get("MINISQL_CORPUS") or HERE.parent.parent / "shared" / "corpus")
LIST = HERE / "corpus_gaps.txt"


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"ksqlDB's test cases are not there: {CORPUS} (set MINISQL_CORPUS)")
def test_the_list_of_gaps_is_right():
    found = differences(LIST.read_text(encoding="utf-8").splitlines(), run_corpora(CORPUS))
    shown = "\n".join(found[:50])
    assert not found, (
        f"{len(found)} differences; where they are wanted, run: python -m minisql.testing.gaps {CORPUS} {LIST}\n{shown}"
    )
