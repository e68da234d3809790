"""Expectations that are rewritten: text tables in Python files, assert statements of SQL tests, output.json of folders."""

import json
import os
import runpy
import subprocess
import sys
from textwrap import dedent

import pytest

from minisql.testing import AssertionFailed, update
from minisql.testing.corpus import find
from minisql.testing.update.python import literal
from minisql.testing.update.tables import with_rows

PRELUDE = '''\
import minisql
from minisql.testing import connect

ksql = connect(clock=minisql.ManualClock(0))
ksql.execute("""
    CREATE TABLE t (k VARCHAR PRIMARY KEY, v INT, d DECIMAL(4, 2)) WITH (kafka_topic='t', value_format='json', partitions=1);
    INSERT INTO t VALUES ('a', 1, 1.50);
    INSERT INTO t VALUES ('b|c', NULL, NULL);
""")
ksql.topic("t").produce(None, "a", timestamp=5)
'''


@pytest.fixture
def updating():
    yield update.begin()
    update.finish()


@pytest.fixture
def updated(tmp_path, updating):
    """Runs a program whose assertions are rewritten; gives what it is then, or the error of one that cannot be."""

    def updated(program):
        path = tmp_path / "test_it.py"
        path.write_text(PRELUDE + program, encoding="utf-8")
        update.begin()
        runpy.run_path(str(path))
        update.finish()
        text = path.read_text(encoding="utf-8")
        update.begin()
        runpy.run_path(str(path))
        report = update.finish()
        assert report.written == {}
        assert path.read_text(encoding="utf-8") == text
        runpy.run_path(str(path))
        assert text.startswith(PRELUDE)
        return text[len(PRELUDE) :]

    return updated


def test_rows_are_rewritten_in_place(updated):
    before = '''
def check():
    ksql.assert_topic("t", """
        ROWTIME | K   | V
        0       | 'a' | 2
        0       | x   | <any>
    """)
    ksql.assert_topic(name="t", rows="K | V\\n a | 7", start=2)
    ksql.assert_table("t", r"""
        K | V | D
    """)
    cursor = ksql.execute("SHOW TABLES;")
    ksql.assert_rows(cursor, """Table Name | Kafka Topic""")


check()
'''
    after = '''
def check():
    ksql.assert_topic("t", """
        ROWTIME | K     | V
        0       | 'a'   | 1
        0       | "b|c" | <any>
        5       | a     | <tombstone>
    """)
    ksql.assert_topic(name="t", rows="K | V\\na | <tombstone>", start=2)
    ksql.assert_table("t", r"""
        K     | V    | D
        "b|c" | NULL | NULL
    """)
    cursor = ksql.execute("SHOW TABLES;")
    ksql.assert_rows(cursor, """Table Name | Kafka Topic
T          | t""")


check()
'''
    assert updated(before) == after


def test_cells_that_hold_stay_as_they_are_written(updated):
    call = 'ksql.assert_topic("t", """\n{}""", ordered=False)\n'
    before = "  D   | K\n  1.5 | x\n  NULL | 'b|c'\n  <any> | a"
    after = "  D           | K\n  <tombstone> | a\n  NULL        | 'b|c'\n  <any>       | a"
    assert updated(call.format(before)) == call.format(after)


def refused(tmp_path, program):
    path = tmp_path / "test_it.py"
    path.write_text(PRELUDE + program, encoding="utf-8")
    with pytest.raises(AssertionFailed) as caught:
        runpy.run_path(str(path))
    update.finish()
    assert path.read_text(encoding="utf-8") == PRELUDE + program
    return str(caught.value).splitlines()[-1].replace(str(path), "FILE")


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ('table = "K"\nksql.assert_topic("t", table)', "the table is no literal string in the calls of assert_topic at FILE:12"),
        ('ksql.assert_topic("t", "K" "|V")', "the table is no literal string in the calls of assert_topic at FILE:11"),
        ('ksql.assert_topic("t", f"K")', "the table is no literal string in the calls of assert_topic at FILE:11"),
        ('ksql.assert_topic("t", [])', "what is expected is no text table"),
        (
            'for start in (0, 1):\n    ksql.assert_topic("t", "K", start=start)',
            "the table at FILE:12 would have to be two different things: its test runs several times",
        ),
        (
            'for start in (3, 0):\n    ksql.assert_topic("t", "K", start=start)',
            "the table at FILE:12 would have to be two different things: its test runs several times",
        ),
    ],
)
def test_what_cannot_be_rewritten_fails_and_says_why(tmp_path, updating, program, reason):
    assert refused(tmp_path, program) == f"not updated: {reason}"


def test_a_file_that_changes_meanwhile_is_left_alone(tmp_path, updating):
    path = tmp_path / "test_it.py"
    path.write_text(PRELUDE + 'ksql.assert_topic("t", "K")\n', encoding="utf-8")
    runpy.run_path(str(path))
    path.write_text("# gone\n", encoding="utf-8")
    report = update.finish()
    assert str(report) == f"{path} has changed since its tests were loaded: it is left as it is"
    assert path.read_text(encoding="utf-8") == "# gone\n"


def test_line_ends_and_umlauts_are_kept(tmp_path, updating):
    path = tmp_path / "test_it.py"
    program = (PRELUDE + 'x = "äöü"; ksql.assert_topic("t", """\n  K\n""", start=2)\n').replace("\n", "\r\n")
    path.write_bytes(program.encode())
    runpy.run_path(str(path))
    assert str(update.finish()) == f"{path}: 1 expectation updated"
    assert path.read_bytes().decode() == program.replace("  K\r\n", "  K\r\n  a\r\n")


def test_the_environment_asks_for_it_too(tmp_path):
    path = tmp_path / "test_it.py"
    path.write_text(PRELUDE + 'ksql.assert_topic("t", "K", start=2)\n', encoding="utf-8")
    environment = {**os.environ, "MINISQL_UPDATE": "1"}
    done = subprocess.run([sys.executable, str(path)], env=environment, capture_output=True, text=True, check=True)
    assert done.stderr == f"{path}: 1 expectation updated\n"
    assert path.read_text(encoding="utf-8").endswith('ksql.assert_topic("t", "K\\na", start=2)\n')


def test_nothing_is_rewritten_unless_it_is_asked_for(tmp_path):
    assert update.requested() is None
    assert refused(tmp_path, 'ksql.assert_topic("t", "K")') != ""


@pytest.mark.parametrize(
    ("old", "text", "new"),
    [
        ("'a'", "it's\n", "'it\\'s\\n'"),
        ('"a"', 'b\\"', '"b\\\\\\""'),
        ('"""a"""', 'b\n"c"', '"""b\n"c\\""""'),
        ('"""a"""', 'b"""c', '"""b\\"\\"\\"c"""'),
        ('r"""a"""', "b\\c", 'r"""b\\c"""'),
        ('r"""a"""', "b\\", '"""b\\\\"""'),
        ("u'a'", "b", "u'b'"),
    ],
)
def test_literals(old, text, new):
    assert literal(old, text) == new


def test_tables_keep_their_looks():
    table = """
        -- what it is about
        | A | B |
        |---|---|
        | 1 | 2 |
        -- before the second
        | 3 | 4 |
        -- at the end
    """
    assert (
        with_rows(table, [["10", "2"], ["3", "4"], ["5", "6"]])
        == """
        -- what it is about
        | A  | B |
        |----|---|
        | 10 | 2 |
        -- before the second
        | 3  | 4 |
        -- at the end
        | 5  | 6 |
    """
    )
    assert with_rows("A | B\n--+--\n1 | 2", []) == "A | B\n--+--"


# -- SQL tests ------------------------------------------------------------------------------------------

TESTS = """\
--@test: one
CREATE TABLE t (k VARCHAR PRIMARY KEY, v INT, s STRUCT<a ARRAY<INT>>) WITH (kafka_topic='t', format='json');
CREATE TABLE p AS SELECT k, v, s FROM t WHERE v > 0;
INSERT INTO t (rowtime, k, v, s) VALUES (1, 'it''s', 1, STRUCT(a := ARRAY[1, NULL]));
INSERT INTO t (rowtime, k, v) VALUES (2, 'it''s', 0);
{}
--@test: two
CREATE STREAM s (v INT) WITH (kafka_topic='s', format='json');
"""

STRUCT = "STRUCT(A := ARRAY[1, CAST(NULL AS INTEGER)])"


@pytest.fixture
def updated_sql(tmp_path, updating):
    def updated_sql(asserts):
        path = tmp_path / "tests.sql"
        path.write_text(TESTS.format(asserts), encoding="utf-8")
        outcomes = [case.run().status for file in find([str(path)]) for case in file.cases]
        update.finish()
        before, after = TESTS.split("{}")
        text = path.read_text(encoding="utf-8")
        assert (text.startswith(before), text.endswith(after)) == (True, True)
        again = [case.run().status for file in find([str(path)]) for case in file.cases]
        assert again == outcomes
        return outcomes[0], text[len(before) : -len(after)]

    return updated_sql


@pytest.mark.parametrize(
    ("asserts", "right"),
    [
        ("ASSERT VALUES t (k, v) VALUES ('x', 1);", "ASSERT VALUES T (K, V) VALUES ('it''s', 1);"),
        (
            "assert values p values ('x', 0, NULL);",
            "ASSERT VALUES P VALUES ('it''s', 1, STRUCT(A := ARRAY[1, CAST(NULL AS INTEGER)]));",
        ),
        (
            "ASSERT VALUES p (k) VALUES ('it''s');\nASSERT VALUES p (k, v) VALUES ('it''s', 0);",
            "ASSERT VALUES p (k) VALUES ('it''s');\nASSERT NULL VALUES P (K) KEY ('it''s');",
        ),
        (
            "ASSERT NULL VALUES t (k) KEY ('x');",
            f"ASSERT VALUES T VALUES ('it''s', 1, {STRUCT});",
        ),
        (
            "ASSERT VALUES t (k, v) VALUES ('it''s', 1);\nASSERT VALUES t (rowtime, k) VALUES (1, 'it''s');\n"
            "ASSERT VALUES t (k, v) VALUES ('it''s', 3);\n",
            "ASSERT VALUES t (k, v) VALUES ('it''s', 1);\nASSERT VALUES T (ROWTIME, K) VALUES (2, 'it''s');\n",
        ),
        (
            "ASSERT VALUES t (k) VALUES ('it''s');\n  ASSERT NO VALUES t;",
            "ASSERT VALUES t (k) VALUES ('it''s');\n  ASSERT VALUES T VALUES ('it''s', 0, NULL);\nASSERT NO VALUES T;",
        ),
        ("ASSERT ROWS t (v) VALUES (1);", "ASSERT ROWS T (V) VALUES (0);"),
        ("ASSERT ROWS p VALUES ('a', 1, NULL);", "ASSERT NO ROWS P;"),
        ("ASSERT NO ROWS t;", "ASSERT ROWS T VALUES ('it''s', 0, NULL);"),
        (
            "SELECT k, v FROM t EMIT CHANGES;\nASSERT NO ROWS;",
            "SELECT k, v FROM t EMIT CHANGES;\nASSERT ROWS VALUES\n  ('it''s', 1),\n  ('it''s', 0);",
        ),
    ],
)
def test_assert_statements_are_rewritten(updated_sql, asserts, right):
    assert updated_sql(asserts) == ("passed", right)


@pytest.mark.parametrize(
    "asserts",
    [
        "ASSERT VALUES nope VALUES (1);",
        "DEFINE x = '1';\nASSERT VALUES t (v) VALUES (${x}0);",
        "ASSERT STREAM t (k VARCHAR KEY) WITH (kafka_topic='t', value_format='json');",
    ],
)
def test_other_statements_are_not(updated_sql, asserts):
    assert updated_sql(asserts) == ("failed", asserts)


# -- folders --------------------------------------------------------------------------------------------


def test_outputs_of_folders_are_rewritten(tmp_path, updating):
    (tmp_path / "statements.sql").write_text(
        dedent("""
            CREATE STREAM s (k VARCHAR KEY, v DECIMAL(4, 2)) WITH (kafka_topic='s', value_format='json');
            CREATE TABLE c AS SELECT k, SUM(v) AS total FROM s WINDOW TUMBLING (SIZE 1 SECOND) GROUP BY k;
        """),
        encoding="utf-8",
    )
    inputs = [{"topic": "s", "key": "a", "value": {"V": 1.5}, "timestamp": 5}, {"topic": "s", "key": "a", "value": {"V": 2}}]
    (tmp_path / "input.json").write_text(json.dumps({"inputs": inputs}), encoding="utf-8")
    output = tmp_path / "output.json"
    output.write_text('{"outputs": [{"topic": "C", "key": "b", "value": null, "timestamp": 9}]}', encoding="utf-8")

    def outcome():
        (file,) = find([str(tmp_path)])
        return file.cases[0].run().status

    assert outcome() == "passed"
    assert str(update.finish()) == f"{output}: 1 expectation updated"
    assert output.read_text(encoding="utf-8") == dedent("""\
        {
          "outputs": [
            {"topic": "C", "timestamp": 5, "key": "a", "value": {"TOTAL":1.50}, "window": {"start":0,"end":1000,"type":"TIME"}},
            {"topic": "C", "timestamp": 5, "key": "a", "value": {"TOTAL":3.50}, "window": {"start":0,"end":1000,"type":"TIME"}}
          ]
        }
    """)
    assert outcome() == "passed"
