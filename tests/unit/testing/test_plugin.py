"""The plugin of pytest, in processes of its own: what pytester runs in this one is imported a second time."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest_plugins = ["pytester"]

PLUGIN = ("-p", "minisql.testing.plugin", "-p", "no:cacheprovider")

APP = """
SET 'auto.offset.reset' = 'earliest';
CREATE STREAM orders (id STRING KEY, amount INT) WITH (kafka_topic='orders', value_format='JSON', partitions=1);
CREATE TABLE totals AS SELECT id, SUM(amount) AS total FROM orders GROUP BY id;
"""

SQL = """\
--@test: sums
CREATE STREAM ORDERS (ID STRING KEY, AMOUNT INT) WITH (kafka_topic='orders', value_format='JSON');
CREATE TABLE TOTALS AS SELECT ID, SUM(AMOUNT) AS TOTAL FROM ORDERS GROUP BY ID;
INSERT INTO ORDERS VALUES ('a', 1);
INSERT INTO ORDERS VALUES ('a', 2);
ASSERT VALUES TOTALS (ID, TOTAL) VALUES ('a', 1);
ASSERT VALUES TOTALS (ID, TOTAL) VALUES ('a', {total});

--@test: refused
--@expected.error: io.confluent.ksql.util.KsqlException
--@expected.message: {message}
DROP STREAM NOTHING;
"""


@pytest.fixture(autouse=True)
def without_other_plugins(monkeypatch):
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


@pytest.fixture
def run(pytester):
    def run(*arguments, **files):
        for name, text in files.items():
            (pytester.path / name.replace("__", ".")).write_text(text, encoding="utf-8")
        return pytester.runpytest_subprocess(*PLUGIN, *arguments)

    return run


# -- fixtures and the marker ----------------------------------------------------------------------


def test_the_fixtures_belong_together(run):
    test = """
import json, urllib.request

def test_one(ksql, ksql_engine, ksql_clock, ksql_server):
    assert ksql.engine is ksql_engine and ksql_engine.clock is ksql_clock
    ksql.execute("CREATE STREAM s (v INT) WITH (kafka_topic='s', value_format='json', partitions=1);")
    ksql_clock.advance(5)
    ksql.execute("INSERT INTO s VALUES (1);")
    assert [record.timestamp for record in ksql.topic("s").records()] == [5]
    with urllib.request.urlopen(f"{ksql_server}/_minisql/topics") as answer:
        assert json.load(answer) == [{"name": "s", "partitions": 1, "records": 1}]

def test_each_test_has_its_own(ksql, ksql_clock):
    assert ksql_clock.now() == 0
    assert type(ksql).__name__ == "KsqlConnection"
    assert ksql.ksql("SHOW STREAMS;")[0]["streams"] == []
"""
    run(test_fixtures__py=test).assert_outcomes(passed=2)


def test_the_marker_prepares_the_connection(run):
    test = """
import pytest

pytestmark = pytest.mark.ksql("app.sql", properties={"auto.offset.reset": "latest"}, topics={"others": 3})

def test_script(ksql):
    ksql.insert("orders", [("a", 1), ("a", 2)])
    assert ksql.execute("SELECT total FROM totals WHERE id = 'a';").fetchall() == [(3,)]
    assert ksql.properties["auto.offset.reset"] == "earliest"  # the script has the last word

@pytest.mark.ksql(script="more.sql", variables={"name": "extra"}, properties={"ksql.streams.num.stream.threads": 2})
def test_outer_markers_come_first(ksql):
    assert ksql.execute("SELECT id FROM extra EMIT CHANGES;").fetchall() == []
    assert ksql.properties["num.stream.threads"] == "2"

def test_without_the_connection(ksql_engine):
    assert set(ksql_engine.metastore.sources) == {"ORDERS", "TOTALS"}
"""
    more = (
        "CREATE STREAM others (v INT) WITH (kafka_topic='others', value_format='JSON');\n"
        "CREATE STREAM ${name} AS SELECT * FROM orders;"
    )
    run(test_marker__py=test, app__sql=APP, more__sql=more).assert_outcomes(passed=3)


def test_scripts_lie_beside_the_test(pytester):
    folder = pytester.mkdir("deep")
    (folder / "test_it.py").write_text("import pytest\n@pytest.mark.ksql('../app.sql')\ndef test(ksql): ...", encoding="utf-8")
    (pytester.path / "app.sql").write_text(APP, encoding="utf-8")
    pytester.runpytest_subprocess(*PLUGIN).assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        ("'bad.sql'", "*bad.sql:3: *NOWHERE does not exist.*"),
        ("'broken.sql'", "*broken.sql:2: line 2:1: Syntax Error*"),
        ("'missing.sql'", "*missing.sql: No such file or directory*"),
        ("'app.sql', scrpt='x'", "pytest.mark.ksql: got an unexpected keyword argument 'scrpt'*"),
    ],
)
def test_a_marker_that_fails_says_where(run, mark, message):
    result = run(
        "--tb=short",
        test_it__py=f"import pytest\n@pytest.mark.ksql({mark})\ndef test(ksql): ...",
        app__sql=APP,
        bad__sql="-- a script\nSHOW STREAMS;\nCREATE STREAM c AS SELECT * FROM nowhere;\n",
        broken__sql="SHOW STREAMS;\nCREAT STREAM c;\n",
    )
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([message])
    assert "Traceback" not in result.stdout.str()
    assert "marking.py" not in result.stdout.str()


def test_the_marker_is_known(run):
    run("--strict-markers", test_it__py="import pytest\n@pytest.mark.ksql()\ndef test(): ...").assert_outcomes(passed=1)


# -- SQL tests ------------------------------------------------------------------------------------


def test_sql_files_are_tests(run):
    result = run("-v", test_orders__sql=SQL.format(total=3, message="NOTHING does not exist"), other__sql=SQL)
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["*test_orders.sql::sums PASSED*", "*test_orders.sql::refused PASSED*"])


def test_a_failure_says_which_statement(run):
    result = run("-rf", orders_test__sql=SQL.format(total=4, message="something else"))
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        [
            "    ASSERT VALUES TOTALS (ID, TOTAL) VALUES ('a', 4);",
            "E   Expected record does not match actual.",
            "orders_test.sql:7",
            "    DROP STREAM NOTHING;",
            "E   Expected KsqlException: something else",
            "E   but was *NOTHING does not exist*",
            "orders_test.sql:12",
            "FAILED orders_test.sql::sums - Expected record does not match actual.",
        ]
    )
    assert "script_run.py" not in result.stdout.str()


def test_what_minisql_lacks_fails(run):
    connector = "--@test: t\nCREATE SOURCE CONNECTOR c WITH ('connector.class'='x');\n"
    result = run(test_it__sql=connector)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E   minisql does not support CREATE CONNECTOR yet."])


def test_which_files(run):
    tests = SQL.format(total=3, message="NOTHING")
    run(data_test__sql="INSERT INTO s VALUES (1);", other__sql=tests).assert_outcomes()
    run("other.sql", other__sql=tests).assert_outcomes(passed=2)
    run("-o", "ksql_files=oth*.sql").assert_outcomes(passed=2)
    run("other.sql", "-k", "sums").assert_outcomes(passed=1, deselected=1)


def test_folders_are_tests(pytester):
    for name, expected in (("right", 1), ("wrong", 2)):
        folder = pytester.mkdir(name)
        (folder / "statements.sql").write_text(
            "CREATE STREAM S (K STRING KEY, V INT) WITH (kafka_topic='s', value_format='JSON');\n"
            "CREATE STREAM O AS SELECT * FROM S;",
            encoding="utf-8",
        )
        records = '{"%s": [{"topic": "%s", "key": "k", "value": {"V": %d}}]}'
        (folder / "input.json").write_text(records % ("inputs", "s", 1), encoding="utf-8")
        (folder / "output.json").write_text(records % ("outputs", "O", expected), encoding="utf-8")
    result = pytester.runpytest_subprocess(*PLUGIN, "-v")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["right/statements.sql::right PASSED*", 'E   Topic \'O\', message 0: Expected <"k", {"V":2}>*'])


def test_a_file_that_cannot_be_read_fails(run):
    result = run(test_it__sql="--@test: t\nSELECT 'open;")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E   line 2:*"])


# -- expectations are rewritten ---------------------------------------------------------------------


def test_expectations_are_rewritten_on_demand(run, pytester):
    sql = SQL.format(total=9, message="NOTHING")
    test = """
import pytest

@pytest.mark.ksql("app.sql")
def test_totals(ksql):
    ksql.insert("orders", [("a", 1)])
    ksql.assert_topic("TOTALS", '''
        ID | TOTAL
        a  | 7
    ''')
"""
    result = run("--ksql-update", totals_test__sql=sql, test_it__py=test, app__sql=APP)
    result.stdout.fnmatch_lines(["*--ksql-update*", "*test_it.py: 1 expectation updated*"])
    result.stdout.fnmatch_lines(["*totals_test.sql: 1 expectation updated*"])
    assert "a  | 1\n" in pytester.path.joinpath("test_it.py").read_text(encoding="utf-8")
    assert "VALUES ('a', 3);" in pytester.path.joinpath("totals_test.sql").read_text(encoding="utf-8")
    run().assert_outcomes(passed=3)


# -- what it costs those who do not use it --------------------------------------------------------

LOADED = """
import sys, pytest
status = pytest.main(["-q", "-p", "minisql.testing.plugin", "-p", "no:cacheprovider", *sys.argv[1:]])
print("loaded", *(name for name in sys.modules if name.partition(".")[0] in ("minisql", "sqlglot")))
"""


def loaded(folder, *arguments):
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments], cwd=folder, capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.splitlines()[-1].split()) - {"loaded"}


def test_the_engine_is_loaded_when_it_is_needed(pytester):
    pytester.makepyfile("def test_nothing(): ...")
    pytester.path.joinpath("test_data.sql").write_text("SELECT 1;", encoding="utf-8")
    assert loaded(pytester.path) == {"minisql", "minisql.testing", "minisql.testing.plugin"}
    pytester.makepyfile(test_other="def test_something(ksql): ...")
    assert "minisql.engine" in loaded(pytester.path)
