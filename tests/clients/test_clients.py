"""Client libraries as people install them, driven against the server as their documentation shows.

``python tests/clients/install.py FOLDER`` installs them; ``MINISQL_CLIENTS=FOLDER`` tells the tests where they are.
Each goes through statements, inserts, a push query that ends by LIMIT, one that is closed, a pull query and an error;
where a library cannot do one of these itself, its test says so. The libraries that ``minisql.patch()`` knows go through the
same on engines in their own process, whatever URL they are given, and have to find the same.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import minisql
from tests.clients.installed import environment, interpreter, needs_clients, skip_if_left_out

HERE = Path(__file__).parent
SCHEMA = """\
CREATE STREAM s (id INT KEY, v STRING) WITH (kafka_topic='s', value_format='json', partitions=1);
CREATE TABLE t AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;
"""
ROWS = [[1, "a"], [2, "b"]]
OBJECTS = [{"ID": 1, "V": "a"}, {"ID": 2, "V": "b"}]
ACKS = [{"seq": 0, "status": "ok"}, {"seq": 1, "status": "ok"}]
FAILURE = {
    "@type": "generic_error",
    "error_code": 40000,
    "message": "Can't coerce a field of type class java.lang.String into type INTEGER",
    "status": "error",
    "seq": 0,
}

pytestmark = needs_clients


@pytest.fixture
def url() -> Iterator[str]:
    pytest.importorskip("h11")
    with minisql.server(port=0) as url:
        yield url


@pytest.fixture(params=["served", "patched"])
def way(request: pytest.FixtureRequest) -> tuple[list[str], str]:
    """What stands between Python and its program, and the URL."""
    if request.param == "patched":
        return ["-m", "minisql", "run"], "http://ksqldb.invalid:8088"
    return [], request.getfixturevalue("url")


def drive(command: list[str | Path], url: str, tmp_path: Path) -> Any:
    """What the driver prints: JSON."""
    schema = tmp_path / "schema.sql"
    schema.write_text(SCHEMA)
    done = subprocess.run([*command, url, schema], capture_output=True, text=True, timeout=60, env=environment(), check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def python(library: str, driver: str, way: tuple[list[str], str], tmp_path: Path) -> Any:
    options, url = way
    return drive([interpreter(library), *options, HERE / "drivers" / driver], url, tmp_path)


def node(library: str, url: str, tmp_path: Path) -> Any:
    skip_if_left_out(library)
    return drive(["node", HERE / "drivers" / f"{library}.cjs"], url, tmp_path)


@pytest.mark.parametrize("library", ["ksql", "ksql-python-ng"])
def test_ksql_and_its_successor(library: str, way: tuple[list[str], str], tmp_path: Path) -> None:
    found = python(library, "ksql_client.py", way, tmp_path)
    assert found["version"] == "8.5.0"
    assert found["statements"] == ["currentStatus", "currentStatus"]
    assert found["properties"] is True
    assert found["acks"] == ACKS
    assert found["failed"] == [FAILURE]
    assert found["objects"] == found["rows"] == ROWS
    assert found["last"] == '{"finalMessage":"Limit Reached"}]'
    assert found["closed"] == [True, False]
    assert "".join(found["rest"]) == ""
    assert found["pull"] == [[1, 1]]
    assert found["error"] == ["KSQLError" if library == "ksql" else "-", "Stream NOWHERE does not exist."]


def test_ksqldb(way: tuple[list[str], str], tmp_path: Path) -> None:
    found = python("ksqldb", "ksqldb_client.py", way, tmp_path)
    assert found["statements"] == ["currentStatus", "currentStatus"]
    assert found["acks"] == ACKS
    assert found["failed"] == [FAILURE]
    assert found["limited"] == found["rows"] == ROWS
    assert found["closed"] == [True, False]
    assert found["rest"] == []
    assert found["pull"] == [[1, 1]]
    assert found["error"].startswith("400 Client Error")


def test_ksqldb_client(url: str, tmp_path: Path) -> None:
    found = node("ksqldb-client", url, tmp_path)
    assert found["statements"] == [200, 200]
    assert found["streams"] == ["S"]
    assert found["acks"] == [200, 200]
    assert found["limited"] == found["rows"] == OBJECTS
    assert found["closed"] == 200
    assert found["pull"] == [{"ID": 1, "N": 1}]
    assert (found["status"], found["error"].partition("\n")[0]) == (
        400,
        "Exception while preparing statement: NOWHERE does not exist.",
    )


def test_ksqldb_js(url: str, tmp_path: Path) -> None:
    """It sends no properties with a query, and tells nobody of a push query's end but by closing its session."""
    found = node("ksqldb-js", url, tmp_path)
    assert found["statement"] == "currentStatus"
    assert found["acks"] == ACKS
    assert found["rows"] == ROWS
    assert found["limited"] == ROWS[:1]
    assert found["ended"] == [True, True, True]  # the sessions of the inserts and of both push queries
    assert found["closed"] == "terminate_query"
    assert found["pull"][1:] == [[1, 1]]
    assert found["error"] == "Stream NOWHERE does not exist."


def test_ksqldb_rx_client(url: str, tmp_path: Path) -> None:
    """Rows go in by INSERT, and a push query is closed by TERMINATE, since it has no calls for these."""
    found = node("ksqldb-rx-client", url, tmp_path)
    assert (found["info"], found["health"]) == ("RUNNING", True)
    assert found["statements"] == ["currentStatus", "currentStatus"]
    assert found["limited"] == found["rows"] == OBJECTS
    assert found["closed"] == ["terminate_query"]
    assert found["pull"] == [{"ID": 1, "N": 1}]
    assert found["error"]["message"] == "Stream NOWHERE does not exist."


def test_ksqldb_client_node(url: str, tmp_path: Path) -> None:
    """It knows queries alone: statements, inserts and the closing of a query are sent by hand."""
    found = node("ksqldb-client-node", url, tmp_path)
    assert [each["@type"] for each in found["statements"]] == ["currentStatus", "currentStatus"]
    assert found["inserts"] == []
    assert found["limited"]["found"] == found["rows"]["found"] == [[each] for each in OBJECTS]
    assert found["rows"]["closed"] == 200
    assert found["pull"] == {"found": [[{"ID": 1, "N": 1}]], "columnNames": ["ID", "N"]}
    assert found["failed"]["error"].startswith("Exception while preparing statement: NOWHERE does not exist.")


def test_jetblack_ksql_dbapi(url: str, tmp_path: Path) -> None:
    """The client below its DB-API, whose ``connect`` fails: the wheel lacks the grammar that it reads."""
    found = python("jetblack-ksql-dbapi", "jetblack_client.py", ([], url), tmp_path)
    assert (found["version"], found["health"]) == ("8.5.0", True)
    assert found["statements"] == ["currentStatus", "currentStatus"]
    assert found["status"] == "SUCCESS"
    assert found["acks"] == ACKS
    assert found["failed"] == [FAILURE]
    assert found["limited"] == found["rows"] == OBJECTS
    assert found["closed"] == [True, False]
    assert found["rest"] == []
    assert found["pull"] == [{"ID": 1, "N": 1}]
    assert found["error"] == ["KsqlStatementError", "Stream NOWHERE does not exist."]


@pytest.fixture
def riders(tmp_path: Path) -> list[str | Path]:
    """The riders program with the library's own import and patches, which names a port of its own."""
    program = tmp_path / "riders.py"
    example = HERE.parent.parent / "examples" / "riders_ksql_client.py"
    program.write_text(example.read_text().replace("from minisql import KSQLAPI", "from ksql import KSQLAPI"))
    return [HERE / "drivers" / "ksql_patches.py", program]


def test_the_riders_program_of_ksql(riders: list[str | Path]) -> None:
    pytest.importorskip("h11")
    try:
        served = minisql.server(port=8788)
        served.__enter__()
    except OSError:
        pytest.skip("port 8788 is taken")
    try:
        check_riders([interpreter("ksql"), *riders])
    finally:
        served.__exit__(None, None, None)


def test_the_riders_program_of_ksql_in_one_process(riders: list[str | Path]) -> None:
    check_riders([interpreter("ksql"), "-m", "minisql", "run", *riders])


def check_riders(command: list[str | Path]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment(), check=False)
    assert done.returncode == 0, done.stderr
    *near, header, first, second = done.stdout.splitlines()
    assert [each.split("'")[3] for each in near] == ["4ab5cbad", "8b6eae59", "4a7c7b41"]
    assert '"columnNames":["DISTANCEINMILES","RIDERS","COUNT"]' in header
    assert json.loads(first) == [0.0, ["4ab5cbad", "8b6eae59", "4a7c7b41"], 3]
    assert json.loads(second) == [10.0, ["18f4ea86"], 1]


@pytest.mark.parametrize("library", ["ksql", "ksql-python-ng", "ksqldb"])
def test_patch_however_it_is_imported(library: str) -> None:
    """Clients made before the block and in it reach its engines, and the network afterwards; ksql needs it to be imported."""
    module, name = ("ksqldb", "KSQLdbClient") if library == "ksqldb" else ("ksql", "KSQLAPI")
    command = [interpreter(library), HERE / "drivers" / "patched.py", module, name]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment(), check=False)
    assert done.returncode == 0, done.stderr
    imported = "inside" if library == "ksql" else "before"
    assert json.loads(done.stdout) == {"imported": imported, "streams": [["S"], ["S"], []], "after": [True, True]}


TESTS = """
from ksqldb import KSQLdbClient

client = KSQLdbClient("http://ksqldb.invalid:8088")


def test_that_passes():
    client.ksql("CREATE STREAM s (id INT KEY) WITH (kafka_topic='s', value_format='json', partitions=1);")
    assert client.ksql("SHOW STREAMS;")[0]["streams"][0]["name"] == "S"


def test_that_fails():
    client.ksql("DROP STREAM nowhere;")
"""


def test_a_suite_of_tests_that_knows_nothing_of_minisql(tmp_path: Path) -> None:
    (tmp_path / "test_streams.py").write_text(TESTS)
    command = [interpreter("ksqldb"), "-m", "minisql", "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=line"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, env=environment(), check=False)
    assert done.returncode == 1
    assert "400 Client Error: Bad Request for url: http://ksqldb.invalid:8088/ksql" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("1 failed, 1 passed")
