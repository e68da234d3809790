"""Failures show the test's own lines, and none of those that compare."""

import subprocess
import sys

import pytest

PROGRAM = """\
import unittest

from minisql.testing import connect


class Test(unittest.TestCase):
    def test_it(self):
        with connect() as ksql:
            ksql.execute("CREATE TABLE t (k INT PRIMARY KEY, v INT) WITH (kafka_topic='t', format='json', partitions=1);")
            ksql.execute("INSERT INTO t VALUES (1, 2);")
            table = "K|V"
            {assertion}
"""

ASSERTIONS = [
    'ksql.assert_topic("t", table)',
    'ksql.assert_table("t", {1: 3})',
    'ksql.assert_rows(ksql.execute("SHOW TABLES;"), [])',
]


@pytest.mark.parametrize("runner", ["pytest", "unittest"])
@pytest.mark.parametrize("assertion", ASSERTIONS)
@pytest.mark.parametrize("update", ["0", "1"])
def test_frames(tmp_path, monkeypatch, assertion, runner, update):
    monkeypatch.setenv("MINISQL_UPDATE", update)
    (tmp_path / "test_it.py").write_text(PROGRAM.replace("{assertion}", assertion), encoding="utf-8")
    options = ["-p", "no:cacheprovider", "--tb=short", "-q"] if runner == "pytest" else []
    command = [sys.executable, "-m", runner, "test_it.py", *options]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    text = done.stdout + done.stderr
    assert done.returncode == 1
    assert "is not as expected: " in text
    assert assertion in text
    assert ("not updated: " in text) == (update == "1")
    assert "minisql/testing/assertions" not in text
    assert runner == "unittest" or "minisql/testing" not in text
