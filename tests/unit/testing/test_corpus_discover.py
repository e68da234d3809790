"""Files are told apart by what is in them, and nodes expand to cases."""

import json

import pytest

from minisql.errors import InterfaceError
from minisql.testing.corpus import cases, find
from minisql.testing.corpus.case import FAILED

STATEMENTS = ["CREATE STREAM S (A INT) WITH (kafka_topic='s', value_format='{FORMAT}');"]


def node(**fields):
    return {"name": "n", "statements": STATEMENTS, "inputs": [{"topic": "s", "value": None}], **fields}


@pytest.fixture
def write(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write


def names(path):
    return [case.name for file in find([str(path)]) for case in file.cases]


def test_formats_and_configs_multiply(write):
    path = write(
        "f.json",
        {
            "tests": [
                node(format=["JSON", "AVRO"], config=["true", "false"], properties={"p": "{config}", "q": "1"}),
                node(name="plain"),
                node(name="off", enabled=False),
            ]
        },
    )
    assert names(path) == [
        "f - n - JSON - p=true",
        "f - n - JSON - p=false",
        "f - n - AVRO - p=true",
        "f - n - AVRO - p=false",
        "f - plain",
    ]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (node(name=""), "name"),
        (node(statements=[]), "statements was empty"),
        (node(inputs=[]), "no inputs, outputs or expectedException"),
    ],
)
def test_invalid_nodes_fail(write, wrong, message):
    path = write("f.json", {"tests": [wrong, node()]})
    (file,) = find([str(path)])
    outcome = file.cases[0].run()
    assert outcome.status == FAILED
    assert message in outcome.message


def test_rest_cases_are_known_by_their_responses(write):
    path = write("f.json", {"tests": [node(responses=[]), node(name="m", format=["JSON", "AVRO"])]})
    (file,) = find([str(path)])
    assert [(case.corpus, case.name) for case in file.cases] == [
        ("rqtt", "f - n"),
        ("rqtt", "f - m - JSON"),
        ("rqtt", "f - m - AVRO"),
    ]


def test_sql_tests_are_known_by_their_directive(write):
    path = write(
        "f.sql",
        "-- a comment\n--@test: first\nCREATE STREAM S (A INT) WITH (kafka_topic='s', format='JSON');\n"
        "--@test: first\n--@expected.message: x\nDROP STREAM '--@test: not one';\n--@test: empty\n",
    )
    assert names(path) == ["first", "first (2)", "empty"]


def test_a_statement_before_the_first_test_is_an_error(write):
    path = write("f.sql", "DROP STREAM S;\n--@test: late\n")
    (file,) = find([str(path)])
    assert "start with --@test" in file.cases[0].run().message


def test_folders_of_the_test_runner(write, tmp_path):
    write("case/statements.sql", "CREATE STREAM S (A INT) WITH (kafka_topic='s', format='JSON');")
    path = write("case/output.json", {"outputs": []})
    for given in (tmp_path, tmp_path / "case", path):
        (file,) = find([str(given)])
        assert (file.corpus, file.cases[0].name) == ("test-runner", "KSQL_Test")
    assert file.cases[0].run().message == "File name: output.json Message: Outputs cannot be empty."


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ({"output": []}, "File name: output.json Message: No 'outputs' field in the output file."),
        ("{{", "File name: output.json Message: "),
    ],
)
def test_folders_with_a_broken_file_fail(write, tmp_path, output, message):
    write("statements.sql", "")
    write("output.json", output)
    (file,) = find([str(tmp_path)])
    assert file.cases[0].run().message.startswith(message)


def test_other_files_are_passed_over_in_folders(write, tmp_path):
    write("a.txt", "x")
    write("b.sql", "DROP STREAM S;")
    write("c.json", {"tests": [{"name": "a record", "value": {}}]})
    write("d.json", {"topics": []})
    assert list(find([str(tmp_path)])) == []


def test_json_that_cannot_be_read_is_a_case_that_fails(write):
    (file,) = find([str(write("f.json", '{"tests": ['))])
    assert "Unable to load test" in file.cases[0].run().message


def test_a_path_without_cases_is_an_error(write, tmp_path):
    with pytest.raises(InterfaceError, match="no such file"):
        list(find([str(tmp_path / "missing.json")]))
    with pytest.raises(InterfaceError, match="no test cases"):
        list(find([str(write("b.sql", "DROP STREAM S;"))]))


def test_selection_leaves_out_files_without_cases(write, tmp_path):
    write("a.json", {"tests": [node(), node(name="other")]})
    write("b.json", {"tests": [node()]})
    chosen = [(file.path.rpartition("/")[2], len(file.cases)) for file in cases([str(tmp_path)], "other")]
    assert chosen == [("a.json", 1)]
