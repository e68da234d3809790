"""minisql test, as the command line calls it."""

import io
import json

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
