"""Failures show the test's own lines, and none of those that compare."""

import subprocess
import sys

import pytest

PROGRAM = """\
import unittest

from minisql.testing import connect

table = "K|V"


class Test(unittest.TestCase):
    def setUp(self):
        self.ksql = connect()
        self.ksql.execute("CREATE TABLE t (k INT PRIMARY KEY, v INT) WITH (kafka_topic='t', format='json', partitions=1);")
        self.ksql.execute("INSERT INTO t VALUES (1, 2);")

    def test_topic(self):
        self.ksql.assert_topic("t", table)

    def test_table(self):
        self.ksql.assert_table("t", {1: 3})

    def test_rows(self):
        self.ksql.assert_rows(self.ksql.execute("SHOW TABLES;"), [])
"""


@pytest.mark.parametrize("runner", ["pytest", "unittest"])
@pytest.mark.parametrize("update", ["0", "1"])
def test_frames(tmp_path, monkeypatch, runner, update):
    monkeypatch.setenv("MINISQL_UPDATE", update)
    (tmp_path / "test_it.py").write_text(PROGRAM, encoding="utf-8")
    options = ["-p", "no:cacheprovider", "--tb=short", "-q"] if runner == "pytest" else []
    command = [sys.executable, "-m", runner, "test_it.py", *options]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    text = done.stdout + done.stderr
    assert done.returncode == 1
    assert text.count(" is not as expected: ") >= 3
    for assertion in ('assert_topic("t", table)', 'assert_table("t", {1: 3})', "assert_rows(self.ksql.execute("):
        assert assertion in text
    assert text.count("not updated: ") >= 3 if update == "1" else "not updated" not in text
    assert "minisql/testing/assertions" not in text
    assert runner == "unittest" or "minisql/testing" not in text
