"""The plugin of pytest: fixtures, SQL tests as items, a marker, and the same tests on a real server.

pytest loads this module in every project where minisql is installed, so it imports nothing of the engine: that comes
with the first fixture or file that needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from minisql.clock import ManualClock
    from minisql.engine import Engine
    from minisql.testing.connection import KsqlConnection

MARKER = "ksql(script, properties={}, variables={}, topics=[]): what the connection `ksql` is given before the test: "
MARKER += "topics to make, SETs, DEFINEs, and one or several scripts to run, whose paths start at the test file's folder."

FILES = ("test_*.sql", "*_test.sql")
STATEMENTS, OUTPUT = "statements.sql", "output.json"
_DIRECTIVE = re.compile(r"^[ \t]*--@test\s*:", re.MULTILINE)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The plugin's options."""
    group = parser.getgroup("ksql", "tests of streaming SQL (minisql)")
    group.addoption("--ksql-url", metavar="URL", help="run the tests on the ksqlDB server at URL too, as [server]")
    text = "how long the server may take to process what is there (30)"
    group.addoption("--ksql-timeout", metavar="SECONDS", type=float, default=30.0, help=text)
    text = "without another row for so long, a push query on the server is taken to have no more (3)"
    group.addoption("--ksql-quiet", metavar="SECONDS", type=float, default=3.0, help=text)
    text = "rewrite what assertions, SQL tests and folders expect to what is there"
    group.addoption("--ksql-update", action="store_true", help=text)
    parser.addini("ksql_files", "the names of files with --@test tests in SQL", type="args", default=list(FILES))


def pytest_configure(config: pytest.Config) -> None:
    """The plugin's marker, and what its options begin."""
    config.addinivalue_line("markers", MARKER)
    if config.getoption("--ksql-update"):
        _begin_updates(config)


# -- --ksql-update ----------------------------------------------------------------------------------


def _begin_updates(config: pytest.Config) -> None:
    if config.getoption("numprocesses", None) or hasattr(config, "workerinput"):
        raise pytest.UsageError("--ksql-update: several processes cannot write the same files; leave out -n")
    from minisql.testing import update

    update.begin()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """What was rewritten."""
    if not config.getoption("--ksql-update"):
        return
    from minisql.testing import update

    report = update.finish()
    if report is not None and str(report):
        terminalreporter.section("--ksql-update")
        terminalreporter.line(str(report))


# -- SQL tests ------------------------------------------------------------------------------------


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Files of ``--@test`` tests, and folders of ksql-test-runner by their ``statements.sql``."""
    if file_path.suffix != ".sql" or not (_is_folder(file_path) or _is_tests(file_path, parent)):
        return None
    from minisql.testing.items import SqlFile

    return SqlFile.from_parent(parent, path=file_path)


def _is_folder(path: Path) -> bool:
    return path.name == STATEMENTS and (path.parent / OUTPUT).is_file()


def _is_tests(path: Path, parent: pytest.Collector) -> bool:
    """By name, or named on the command line; and a test is in it."""
    named = any(fnmatch(path.name, pattern) for pattern in parent.config.getini("ksql_files"))
    chosen = named or parent.session.isinitpath(path)
    return chosen and _DIRECTIVE.search(path.read_text(encoding="utf-8", errors="replace")) is not None


# -- the server of --ksql-url -----------------------------------------------------------------------

PROCESS, SERVER = "process", "server"
OF_THE_PROCESS = {"ksql_engine", "ksql_clock", "ksql_server"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests of ``ksql`` run twice, unless they use what only the process has."""
    names = set(metafunc.fixturenames)
    if metafunc.config.getoption("--ksql-url") and "ksql" in names and not OF_THE_PROCESS & names:
        metafunc.parametrize("ksql", [PROCESS, SERVER], indirect=True)


# -- fixtures -------------------------------------------------------------------------------------


def pytest_itemcollected(item: pytest.Item) -> None:
    """A test with the marker is given its scripts even if it names only ``ksql_server`` or ``ksql_engine``."""
    names = getattr(item, "fixturenames", None)
    if names is not None and "ksql" not in names and item.get_closest_marker("ksql") is not None:
        names.append("ksql")


@pytest.fixture
def ksql_clock() -> ManualClock:
    """The clock of ``ksql_engine``: it starts at 0, and ``advance(milliseconds)`` alone moves it."""
    from minisql.clock import ManualClock

    return ManualClock()


@pytest.fixture
def ksql_engine(ksql_clock: ManualClock) -> Engine:
    """A fresh engine, the test's own."""
    from minisql.engine import Engine

    return Engine(ksql_clock)


@pytest.fixture
def ksql_server(ksql_engine: Engine) -> Iterator[str]:
    """The URL of a server over ``ksql_engine``, while the test lasts."""
    from minisql.server.entry import server

    with server(ksql_engine) as url:
        yield url


@pytest.fixture
def ksql(request: pytest.FixtureRequest) -> Iterator[KsqlConnection]:
    """A connection to ``ksql_engine``, prepared as the marker ``ksql`` says."""
    from minisql.testing.connection import KsqlConnection
    from minisql.testing.marking import marked, prepare

    mark = marked(request.node)
    if getattr(request, "param", PROCESS) == SERVER:
        from minisql.testing.server_option import connection

        opened: KsqlConnection = connection(request.config, mark.properties)
    else:
        opened = KsqlConnection(request.getfixturevalue("ksql_engine"), mark.properties)
    with opened as conn:
        prepare(conn, mark)
        yield conn
