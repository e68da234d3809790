"""``minisql check``: what is printed, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from minisql.check.warnings import WARNINGS, about
from minisql.cli import main

CREATE = "CREATE STREAM s (id VARCHAR KEY, v INT)\n  WITH (kafka_topic='s', value_format='json', partitions=1);\n"
WARNED = CREATE + "INSERT INTO s (v) VALUES (1);\n"


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("script.sql")


def test_nothing_to_tell(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script.write_text(CREATE, encoding="utf-8")
    assert main(["check", str(script)]) == 0
    assert capsys.readouterr().out == "no findings\n"


def test_findings_are_printed_as_compilers_do(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    statements = (
        "CREATE TABLE t AS\n\tSELECT id,\tw, COUNT(*) AS n FROM s GROUP BY id;\nSELECT * FROM t;\n"
        "SELEC * FROM s;\nCREATE STREAM d AS SELECT * FROM s WHERE v = 'a';\nSHOW CONNECTORS;\n"
    )
    script.write_text(WARNED + statements, encoding="utf-8")
    assert main(["check", str(script)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "script.sql:3:13: warning: the record has no key (ID): joins and GROUP BY of the key leave it out [null-key]",
        "   3 | INSERT INTO s (v) VALUES (1);",
        "     |             ^",
        "script.sql:5:13: error: SELECT column 'W' cannot be resolved. [refused]",
        "   5 | \tSELECT id,\tw, COUNT(*) AS n FROM s GROUP BY id;",
        "     | \t          \t^",
        "script.sql:5:13: note: 1 statement needs what this one should make, and could not be checked: line 6",
        "script.sql:7:1: error: Syntax Error: Unknown statement 'SELEC' [syntax]",
        "   7 | SELEC * FROM s;",
        "     | ^",
        "      Did you mean 'SELECT'?",
        "script.sql:8:42: error: Error in WHERE expression: Cannot compare V (INTEGER) to 'a' (STRING) with EQUAL. [refused]",
        "   8 | CREATE STREAM d AS SELECT * FROM s WHERE v = 'a';",
        "     |                                          ^",
        "      Statement: (V = 'a')",
        "script.sql:9:1: unsupported: minisql does not support SHOW CONNECTORS yet. [unsupported]",
        "   9 | SHOW CONNECTORS;",
        "     | ^",
        "3 errors, 1 warning, 1 unsupported",
    ]


def test_only_errors_fail_unless_it_is_strict(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script.write_text(WARNED, encoding="utf-8")
    assert main(["check", str(script)]) == 0
    assert main(["check", "--strict", str(script)]) == 1
    assert main(["check", "--strict", "--ignore", "null-key", str(script)]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == ["1 warning", "no findings"]
    script.write_text("SHOW CONNECTORS;", encoding="utf-8")
    assert main(["check", str(script)]) == 0
    assert main(["check", "--strict", str(script)]) == 1


def test_json(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script.write_text(CREATE + "DROP STREAM nó;\n", encoding="utf-8")
    assert main(["check", "--format", "json", str(script)]) == 1
    (finding,) = json.loads(capsys.readouterr().out)
    assert list(finding) == ["file", "line", "column", "severity", "code", "message", "statement"]
    assert (finding["file"], finding["line"], finding["severity"]) == ("script.sql", 3, "error")
    script.write_text(CREATE, encoding="utf-8")
    assert main(["check", "--format", "json", str(script)]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_files_are_those_of_one_server_or_of_one_each(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script.write_text(CREATE, encoding="utf-8")
    Path("second.sql").write_text(CREATE, encoding="utf-8")
    assert main(["check", "--separate", "script.sql", "second.sql"]) == 0
    assert main(["check", "script.sql", "second.sql"]) == 1
    assert "second.sql:1:15: error: Cannot add stream 'S'" in capsys.readouterr().out


def test_variables(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script.write_text(CREATE + "SELECT w FROM ${source} EMIT CHANGES;\nSELECT v FROM ${source} EMIT CHANGES;\n", encoding="utf-8")
    assert main(["check", "--define", "source=s", "--format", "json", str(script)]) == 1
    assert [finding["line"] for finding in json.loads(capsys.readouterr().out)] == [3]
    assert main(["check", str(script)]) == 1
    assert capsys.readouterr().out.count(": error: Illegal argument at Line") == 2


def test_a_wrong_command_line(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script.write_text(CREATE, encoding="utf-8")
    assert main(["check", "nothing.sql"]) == 2
    assert main(["check", "--ignore", "nothing", str(script)]) == 2
    script.write_bytes(b"\xff")
    assert main(["check", str(script)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "minisql check: [Errno 2] No such file or directory: 'nothing.sql'"
    assert lines[1].startswith("minisql check: there is no warning nothing; there are: deprecated, ")
    for arguments in (["check"], ["check", "--define", "a", str(script)], ["check", "--format", "xml", str(script)]):
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 2


def test_the_help_tells_the_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["check", "--help"])
    out = capsys.readouterr().out
    assert all(f"  {code} " in out and about(code) in out for code in WARNINGS)
