"""The commands, called as a terminal calls them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from minisql.cli import main
from minisql.cli.script import ScriptError
from minisql.errors import KsqlError

CREATE = "CREATE STREAM s (id VARCHAR KEY, v INT)\n  WITH (kafka_topic='s', value_format='json', partitions=1);\n"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    return tmp_path / "script.sql"


def test_run_prints_what_statements_give(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script.write_text(CREATE + "SHOW STREAMS;", encoding="utf-8")
    assert main(["run", str(script)]) == 0
    out = capsys.readouterr().out
    assert " Stream created " in out
    assert " S           | s           | KAFKA      | JSON         | false    " in out


def test_push_query_without_limit_does_not_stop_a_script(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    statements = "SET 'auto.offset.reset'='earliest'; INSERT INTO s VALUES ('a', 1); SELECT * FROM s EMIT CHANGES; SHOW TABLES;"
    script.write_text(CREATE + statements, encoding="utf-8")
    assert main(["run", str(script)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("Successfully changed local property 'auto.offset.reset'") for line in lines)
    row = next(i for i, line in enumerate(lines) if line.startswith("|a "))
    assert lines[row + 1] == "Query terminated"
    assert any(line.startswith(" Table Name ") for line in lines[row:])


def test_print_gives_the_lines_that_there_are(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script.write_text(CREATE + "INSERT INTO s VALUES ('a', 1); PRINT s FROM BEGINNING; SHOW TABLES;", encoding="utf-8")
    assert main(["run", str(script)]) == 0
    lines = capsys.readouterr().out.splitlines()
    at = lines.index("Key format: KAFKA_STRING")
    assert lines[at + 1] == "Value format: JSON or KAFKA_STRING"
    assert lines[at + 2].endswith(', key: a, value: {"V":1}, partition: 0')
    assert lines[at + 3] == "Topic printing ceased"
    assert any(line.startswith(" Table Name ") for line in lines[at:])


def test_connectors_are_kept_when_that_is_asked_for(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script.write_text("CREATE SINK CONNECTOR c WITH ('connector.class'='x.File'); SHOW CONNECTORS;", encoding="utf-8")
    assert main(["run", "--connectors", "record", str(script)]) == 0
    assert " C              | SINK | x.File | UNASSIGNED " in capsys.readouterr().out
    assert main(["run", str(script)]) == 1
    assert "minisql does not support CREATE CONNECTOR yet." in capsys.readouterr().err


def test_limit_is_told(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    statements = "SET 'auto.offset.reset'='earliest'; INSERT INTO s VALUES ('a', 1); SELECT * FROM s EMIT CHANGES LIMIT 1;"
    script.write_text(CREATE + statements, encoding="utf-8")
    assert main(["run", "--follow", str(script)]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == ["Limit Reached", "Query terminated"]


def test_files_share_one_engine(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script.write_text(CREATE, encoding="utf-8")
    second = script.with_name("second.sql")
    second.write_text("DEFINE name='S';\nDESCRIBE ${name};", encoding="utf-8")
    assert main(["run", str(script), str(second)]) == 0
    assert "Name                 : S" in capsys.readouterr().out


def test_run_script_is_relative_to_its_file(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (script.parent / "parts").mkdir()
    script.write_text("RUN SCRIPT 'parts/create.sql'; SHOW STREAMS;", encoding="utf-8")
    (script.parent / "parts" / "create.sql").write_text(CREATE, encoding="utf-8")
    assert main(["run", str(script)]) == 0
    assert "Stream created" in capsys.readouterr().out


def test_failed_statement_is_named_and_ends_the_run(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script.write_text(CREATE + "\nDROP STREAM nowhere;\nSHOW STREAMS;\n", encoding="utf-8")
    assert main(["run", str(script)]) == 1
    out, err = capsys.readouterr()
    assert "Stream created" in out
    assert "Stream Name" not in out
    assert err.splitlines() == [
        f"{script}:4: statement 2 failed",
        "    DROP STREAM nowhere;",
        "Stream NOWHERE does not exist.",
    ]


def test_syntax_error_has_a_caret(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script.write_text("-- a comment\nSHOW\n  NOTHING;\n", encoding="utf-8")
    assert main(["run", str(script)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{script}:3: statement 1 failed",
        "      NOTHING;",
        "      ^",
        "line 2:3: Syntax Error",
        "Syntax error at or near 'NOTHING' at line 2:3",
    ]


def test_place_of_any_error_is_shown() -> None:
    error = KsqlError("no such thing", line=2, column=3)
    assert str(ScriptError("a.sql", 4, 10, "SELECT\n  b;", error)).splitlines() == [
        "a.sql:11: statement 4 failed",
        "      b;",
        "      ^",
        "no such thing",
    ]


def test_properties_are_set_and_unset(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "auto.offset.reset"
    script.write_text(f"SET '{name}'='earliest'; UNSET '{name}'; UNSET '{name}';", encoding="utf-8")
    assert main(["run", str(script)]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        f"Successfully changed local property '{name}' to 'earliest'. Use the UNSET command to revert your change.",
        f"Successfully unset local property '{name}' (value was 'earliest').",
    ]
    assert err.splitlines()[-1] == f"Cannot unset local property '{name}' which was never set in the first place"


def test_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(tmp_path / "none.sql")]) == 2
    assert "none.sql" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["run"], ["nonsense"], ["test"]])
def test_wrong_command_line(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


@pytest.mark.usefixtures("without_h11")
def test_serving_needs_the_libraries(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve"]) == 2
    assert capsys.readouterr().err == "minisql serve needs h11: pip install 'minisql-ksqldb[server]'\n"


def test_serving_a_script_that_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("h11")
    script = tmp_path / "wrong.sql"
    script.write_text("DROP STREAM nowhere;")
    assert main(["serve", "--port", "0", str(script)]) == 1
    assert "NOWHERE does not exist" in capsys.readouterr().err


def test_functions(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["functions"]) == 0
    assert "GEO_DISTANCE" in capsys.readouterr().out
    assert main(["functions", "geo_distance"]) == 0
    out = capsys.readouterr().out
    assert "Name        : GEO_DISTANCE" in out
    assert "DOUBLE" in out
    assert main(["functions", "no_such_function"]) == 1
    assert "NO_SUCH_FUNCTION" in capsys.readouterr().err


def test_explain(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script.write_text(CREATE + "CREATE STREAM t AS SELECT id, v + 1 AS w FROM s WHERE v > 3;", encoding="utf-8")
    assert main(["explain", str(script)]) == 0
    out = capsys.readouterr().out
    assert "ID                   : CSAS_T_" in out
    assert "Execution plan" in out


def test_shell_reads_a_pipe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        CREATE,
        "INSERT INTO s VALUES ('a;', 1);",
        "SELECT v FROM s",
        "WHERE id = 'a;';",
        "DROP STREAM nope;",
        "SHOW",
        "TABLES;",
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\nexit\nSHOW STREAMS;\n"))
    assert main([]) == 0
    out, err = capsys.readouterr()
    assert "|1 " in out
    assert "Table Name" in out
    assert "Stream Name" not in out
    assert "Stream NOPE does not exist." in err


def test_test_reports(tmp_path: Path) -> None:
    case = {
        "name": "upper",
        "statements": [
            "CREATE STREAM I (v STRING) WITH (kafka_topic='i', value_format='JSON');",
            "CREATE STREAM O AS SELECT UCASE(v) AS u FROM I;",
        ],
        "inputs": [{"topic": "i", "value": {"v": "a"}}],
        "outputs": [{"topic": "O", "value": {"U": "A"}}],
    }
    (tmp_path / "mine.json").write_text(json.dumps({"tests": [case]}), encoding="utf-8")
    report = tmp_path / "report.json"
    assert main(["test", str(tmp_path / "mine.json"), "--report", str(report)]) == 0
    assert json.loads(report.read_text(encoding="utf-8"))["totals"]["passed"] == 1
