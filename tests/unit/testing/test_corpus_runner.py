"""minisql test, as the command line calls it."""

import io
import json
import sys

import pytest

from minisql.testing import run

STATEMENTS = [
    "CREATE STREAM S (K STRING KEY, V INT) WITH (kafka_topic='s', value_format='JSON');",
    "CREATE STREAM O AS SELECT * FROM S;",
]


def node(name, expected, **fields):
    return {
        "name": name,
        "statements": STATEMENTS,
        "inputs": [{"topic": "s", "key": "k", "value": {"V": 1}}],
        "outputs": [{"topic": "O", "key": "k", "value": {"V": expected}}],
        **fields,
    }


@pytest.fixture
def folder(tmp_path, without_h11):
    """Cases; of them "served" cannot run, since the server lacks a library."""
    (tmp_path / "a.json").write_text(json.dumps({"tests": [node("right", 1)]}), encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps({"tests": [node("wrong", 2), node("rest", 1)]}), encoding="utf-8")
    (tmp_path / "c.json").write_text(json.dumps({"tests": [node("served", 1, responses=[])]}), encoding="utf-8")
    return tmp_path


def test_all_is_reported(folder):
    out = io.StringIO()
    report, junit = folder / "report.json", folder / "report.xml"
    assert run([str(folder)], report=str(report), junit=str(junit), out=out) == 1
    assert json.loads(report.read_text(encoding="utf-8"))["totals"] == {"passed": 2, "failed": 1, "unsupported": 1, "skipped": 0}
    assert "b.json  1 passed, 1 failed" in out.getvalue()
    assert "failed: b - wrong: Topic 'O', message 0" in out.getvalue()
    assert "REST without h11" in out.getvalue()
    assert junit.exists()


def test_unsupported_does_not_fail_but_is_shown(folder):
    out = io.StringIO()
    assert run([str(folder)], k="right or served", out=out) == 0
    assert "1 passed, 1 unsupported" in out.getvalue()


def test_nothing_to_run_is_an_error(folder):
    out = io.StringIO()
    assert run([str(folder)], k="no such name", out=out) == 2
    assert run([str(folder / "missing")], out=out) == 2
    assert run([str(folder)], k="(", out=out) == 2
    assert "missing: no such file or folder" in out.getvalue()


def test_processes_give_the_same(folder):
    one, two = io.StringIO(), io.StringIO()
    assert run([str(folder / "a.json"), str(folder / "b.json")], out=one) == 1
    assert run([str(folder / "a.json"), str(folder / "b.json")], jobs=2, report=str(folder / "r.json"), out=two) == 1
    assert two.getvalue().rpartition(" in ")[0] == one.getvalue().rpartition(" in ")[0]
    names = [case["name"] for case in json.loads((folder / "r.json").read_text(encoding="utf-8"))["cases"]]
    assert names == ["a - right", "b - wrong", "b - rest"]


def test_processes_refuse_what_has_no_cases(folder):
    (folder / "empty.sql").write_text("SELECT 1;", encoding="utf-8")
    out = io.StringIO()
    assert run([str(folder / "a.json"), str(folder / "empty.sql")], jobs=2, out=out) == 2
    assert "empty.sql: no test cases in it" in out.getvalue()


def test_the_verbose_report_names_all(folder):
    out = io.StringIO()
    run([str(folder / "a.json")], verbose=True, out=out)
    assert "    passed: a - right: " in out.getvalue()


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_sees_how_far_it_is(folder, monkeypatch):
    monkeypatch.setattr("sys.stderr", Terminal())
    run([str(folder)], out=io.StringIO())
    assert "[##########....................] 1/3 files, 1 passed" in sys.stderr.getvalue()
    assert "3/3 files, 2 passed, 1 failed, 1 unsupported" in sys.stderr.getvalue()
    assert sys.stderr.getvalue().endswith("\r\x1b[K")


def test_others_are_spared(folder, monkeypatch):
    monkeypatch.setattr("sys.stderr", io.StringIO())
    run([str(folder)], out=io.StringIO())
    assert sys.stderr.getvalue() == ""


RECORDS = (
    {"inputs": [{"topic": "s", "key": "k", "value": {"V": 1}}]},
    {"outputs": [{"topic": "O", "key": "k", "value": {"V": 1}}]},
)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, None),
        ({"input.json": {"inputs": []}}, "File name: input.json Message: Inputs cannot be empty."),
        ({"output.json": {"outputs": []}}, "File name: output.json Message: Outputs cannot be empty."),
        ({"output.json": {"records": []}}, "File name: output.json Message: No 'outputs' field in the output file."),
        ({"input.json": "{{"}, "File name: input.json Message: Expecting property name"),
        (
            {"output.json": {"outputs": [{"topic": "O", "key": "j", "value": {"V": 1}}]}},
            'Topic \'O\', message 0: Expected <"j", {"V":1}> with timestamp=0 and headers=[] '
            'but was <k, {"V":1}> with timestamp=0 and headers=[]',
        ),
        (
            {"statements.sql": f"{STATEMENTS[0]}\nINSERT INTO S VALUES (1);\n{STATEMENTS[1]}"},
            "Failed to insert values into 'S'. Expected a value for each column. Expected Columns: []. Got [1]",
        ),
    ],
)
def test_folders_say_why_they_fail(tmp_path, files, message):
    usual = {"statements.sql": "\n".join(STATEMENTS), "input.json": RECORDS[0], "output.json": RECORDS[1]}
    for name, content in {**usual, **files}.items():
        (tmp_path / name).write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    out = io.StringIO()
    assert run([str(tmp_path)], out=out) == (0 if message is None else 1)
    assert f"failed: KSQL_Test: {message}" in out.getvalue() or message is None
