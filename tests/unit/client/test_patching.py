"""``minisql.patch()``, with a module in the place of a library's; tests/clients has the libraries themselves."""

from __future__ import annotations

import asyncio
import collections
import http.server
import importlib
import json
import sys
import threading
import urllib.request
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import minisql
from minisql.client import patching
from minisql.client.old_python import old_python
from minisql.client.transports.call import split

pytest.importorskip("requests")
pytest.importorskip("httpx")

URL = "http://ksqldb.invalid:8088"
CREATE = "CREATE STREAM s (id INT KEY, v STRING) WITH (kafka_topic='s', value_format='json', partitions=1);"
LIBRARY = """
import urllib.error
import urllib.request

import httpx
import requests


class BaseAPI:
    pass
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """A module in the place of ``ksqldb.api``, with all HTTP libraries that minisql knows but hyper."""
    (tmp_path / "ksqldb").mkdir()
    (tmp_path / "ksqldb" / "__init__.py").touch()
    (tmp_path / "ksqldb" / "api.py").write_text(LIBRARY)
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    yield importlib.import_module("ksqldb.api")
    for name in ("ksqldb", "ksqldb.api"):
        sys.modules.pop(name, None)


def names(engine: minisql.Engine) -> list[str]:
    """The streams that an engine has."""
    return [row[0] for row in minisql.connect(engine).execute("SHOW STREAMS;").fetchall()]


def body(text: str) -> dict[str, str]:
    return {"ksql": text}


# -- the transports ---------------------------------------------------------------------------------


def test_requests(library: ModuleType) -> None:
    with minisql.patch():
        requests = library.requests
        assert requests.post(f"{URL}/ksql", json=body(CREATE)).json()[0]["commandStatus"]["status"] == "SUCCESS"
        refused = requests.post(f"{URL}/ksql", data=json.dumps(body("DROP STREAM nowhere;")))
        assert (refused.status_code, refused.reason) == (400, "Bad Request")
        assert requests.get(URL).json()["KsqlServerInfo"]["serverStatus"] == "RUNNING"  # redirected to /info
        lines = requests.post(f"{URL}/query", json=body("SELECT * FROM s;"), stream=True).iter_lines()
        assert b'"header"' in next(lines)
        with requests.Session() as session, pytest.raises(requests.HTTPError, match="404 Client Error: Not Found"):
            session.get(f"{URL}/nowhere").raise_for_status()
        with pytest.raises(TypeError, match="unexpected keyword argument 'nonsense'"):
            requests.get(URL, nonsense=1)


def test_urllib(library: ModuleType) -> None:
    with minisql.patch() as engine_at:
        request = library.urllib.request.Request(f"{URL}/ksql", data=json.dumps(body(CREATE)).encode(), method="POST")
        with library.urllib.request.urlopen(request, timeout=5) as answer:
            assert (answer.getcode(), answer.code, answer.status, answer.reason) == (200, 200, 200, "OK")
            assert answer.headers["Content-Type"] == "application/json"
            assert json.loads(answer.read())[0]["commandStatus"]["status"] == "SUCCESS"
        with pytest.raises(library.urllib.error.HTTPError) as caught:
            library.urllib.request.urlopen("https://ksqldb.invalid/nowhere")
        assert (caught.value.code, caught.value.read()) == (404, b"Not Found")
        push = json.dumps(body("SELECT * FROM s EMIT CHANGES;")).encode()
        answer = library.urllib.request.urlopen(f"{URL}/query", data=push, timeout=0.01)
        with pytest.raises(TimeoutError):
            list(answer)
        answer.close()
        assert not engine_at(URL).push_queries


def test_httpx(library: ModuleType) -> None:
    with minisql.patch() as engine_at:
        httpx = library.httpx
        assert httpx.post(f"{URL}/ksql", json=body(CREATE)).json()[0]["commandStatus"]["status"] == "SUCCESS"
        with httpx.Client(http1=False, http2=True, base_url=URL) as client:
            acks = client.post("/inserts-stream", content=b'{"target":"s"}\n{"id":1,"v":"a"}')
            assert (acks.http_version, acks.text) == ("HTTP/2", '{"seq":0,"status":"ok"}\n')
        assert "only available when using HTTP2" in httpx.post(f"{URL}/inserts-stream", content=b"").text
        with httpx.stream("POST", f"{URL}/query-stream", json={"sql": "SELECT * FROM s EMIT CHANGES;"}, timeout=0.01) as answer:
            lines = answer.iter_lines()
            assert json.loads(next(lines))["columnNames"] == ["ID", "V"]
            with pytest.raises(httpx.ReadTimeout):
                next(lines)
        assert not engine_at(URL).push_queries
        with pytest.raises(TypeError, match=r"get\(\) got an unexpected keyword argument 'cert'"):
            httpx.get(URL, cert=None)  # of the version that is installed here


def test_httpx_in_a_loop(library: ModuleType) -> None:
    async def read() -> list[Any]:
        found = []
        async with library.httpx.AsyncClient(http1=False, http2=True) as client:
            sent = {"sql": "SELECT * FROM s EMIT CHANGES LIMIT 1;"}
            async with client.stream("POST", f"{URL}/query-stream", json=sent) as answer:
                async for line in answer.aiter_lines():
                    found.append(json.loads(line))
                    library.requests.post(f"{URL}/ksql", json=body("INSERT INTO s VALUES (1, 'a');"))
        return found[1:]

    with minisql.patch():
        library.requests.post(f"{URL}/ksql", json=body(CREATE))
        assert asyncio.run(read()) == [[1, "a"]]


def test_each_library_has_its_own_word_for_what_goes_wrong(library: ModuleType) -> None:
    requests, conn = library.requests, minisql.connect()
    conn.execute(CREATE)
    push = {"sql": "SELECT * FROM s EMIT CHANGES;"}
    with minisql.patch(conn):
        with conn.engine.faults.delay(0.02):
            with pytest.raises(requests.ReadTimeout):
                library.requests.get(f"{URL}/info", timeout=0.001)
            with pytest.raises(library.httpx.ReadTimeout):
                library.httpx.get(f"{URL}/info", timeout=0.001)
            with pytest.raises(TimeoutError):
                library.urllib.request.urlopen(f"{URL}/info", timeout=0.001)
        with conn.engine.faults.drop_connection():
            with pytest.raises(requests.exceptions.ChunkedEncodingError):
                library.requests.post(f"{URL}/query-stream", json=push)
            with pytest.raises(library.httpx.RemoteProtocolError):
                library.httpx.post(f"{URL}/query-stream", json=push)
            with pytest.raises(ConnectionResetError):
                library.urllib.request.urlopen(f"{URL}/query-stream", data=json.dumps(push).encode()).read()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://h:1/ksql", ("http://h:1", "/ksql")),
        ("http://h:1//ksql", ("http://h:1/", "/ksql")),
        ("https://h/behind/a/proxy/query-stream", ("https://h/behind/a/proxy", "/query-stream")),
        ("http://h/ksql/terminate", ("http://h", "/ksql/terminate")),
        ("http://h/a/nowhere", ("http://h", "/a/nowhere")),
    ],
)
def test_what_names_the_engine(url: str, expected: tuple[str, str]) -> None:
    assert split("POST", url) == expected


# -- the block ----------------------------------------------------------------------------------------


def test_everything_is_as_it_was_afterwards(library: ModuleType) -> None:
    before = dict(vars(library))
    with minisql.patch():
        assert library.requests is not before["requests"]
        with minisql.patch():
            pass
        assert library.requests is not before["requests"]
    assert vars(library) == before
    with pytest.raises(ZeroDivisionError), minisql.patch():
        1 / 0  # noqa: B018
    assert vars(library) == before


def test_blocks_may_end_in_any_order(library: ModuleType) -> None:
    before = dict(vars(library))
    first, second = minisql.patch(), minisql.patch(minisql.Engine())
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert library.requests is not before["requests"]
    second.__exit__(None, None, None)
    assert vars(library) == before


def test_other_http_goes_where_it_is_sent(library: ModuleType) -> None:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"elsewhere")

        def log_message(self, *_: object) -> None: ...

    import httpx
    import requests

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    url = f"http://127.0.0.1:{server.server_port}/info"
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    try:
        with minisql.patch():
            assert urllib.request.urlopen(url).read() == b"elsewhere"
            assert requests.get(url).content == httpx.get(url).content == b"elsewhere"
            assert b"KsqlServerInfo" in library.requests.get(url).content
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


def test_engines_of_a_block(library: ModuleType) -> None:
    outside = minisql.KSQLAPI(URL)
    with minisql.patch() as engine_at:
        library.requests.post(f"{URL}/ksql", json=body(CREATE))
        assert names(engine_at(URL)) == ["S"]
        assert names(engine_at(URL + "/")) == ["S"]
        assert names(engine_at("http://other.invalid")) == []
        assert minisql.KSQLAPI(URL).ksql("SHOW STREAMS")[0]["streams"]
        with minisql.patch() as inner:
            assert inner(URL) is engine_at(URL)
    with minisql.patch() as engine_at:
        assert names(engine_at(URL)) == []
    assert not outside.ksql("SHOW STREAMS")[0]["streams"]


def test_an_engine_can_be_given(library: ModuleType) -> None:
    conn = minisql.connect()
    with minisql.patch() as outer, minisql.patch(conn) as engine_at:
        for number, url in enumerate((URL, "http://other.invalid")):
            library.requests.post(f"{url}/ksql", json=body(CREATE.replace("STREAM s", f"STREAM s{number}")))
        assert engine_at("http://whatever.invalid") is conn.engine
        assert names(outer(URL)) == []
    assert names(conn.engine) == ["S0", "S1"]


def test_unsupported_is_raised_through_the_library(library: ModuleType) -> None:
    connector = body("CREATE SOURCE CONNECTOR c WITH ('connector.class'='x');")
    with minisql.patch():
        for post in (library.requests.post, library.httpx.post):
            with pytest.raises(minisql.UnsupportedError, match="CREATE CONNECTOR"):
                post(f"{URL}/ksql", json=connector)


def test_no_thread_is_started(library: ModuleType) -> None:
    before = threading.enumerate()
    with minisql.patch():
        library.requests.post(f"{URL}/ksql", json=body(CREATE))
        sent = {"sql": "SELECT * FROM s EMIT CHANGES;"}
        with library.httpx.stream("POST", f"{URL}/query-stream", json=sent):
            assert threading.enumerate() == before


# -- as a decorator -----------------------------------------------------------------------------------


def blocks() -> int:
    return patching._transports._blocks


def test_functions() -> None:
    @minisql.patch()
    def plain(number: int) -> tuple[int, int]:
        """Doc."""
        return number, blocks()

    assert (plain(3), plain.__name__, plain.__doc__, blocks()) == ((3, 1), "plain", "Doc.", 0)
    with minisql.patch():
        assert plain(4) == (4, 2)


def test_coroutines() -> None:
    @minisql.patch()
    async def coroutine() -> int:
        await asyncio.sleep(0)
        return blocks()

    waiting = coroutine()
    assert blocks() == 0
    assert asyncio.run(waiting) == 1
    assert blocks() == 0


def test_generators() -> None:
    @minisql.patch()
    def generator() -> Iterator[int]:
        yield blocks()
        yield blocks()

    found = generator()
    assert next(found) == 1
    assert (list(found), blocks()) == ([1], 0)


def test_async_generators() -> None:
    @minisql.patch()
    async def generator() -> AsyncIterator[int]:
        yield blocks()

    async def read() -> list[int]:
        return [each async for each in generator()]

    assert (asyncio.run(read()), blocks()) == ([1], 0)


def test_classes_are_refused() -> None:
    with pytest.raises(TypeError, match="decorates functions, and Tests is a class: decorate its methods"):

        @minisql.patch()
        class Tests: ...


# -- what is no library -------------------------------------------------------------------------------


def test_a_folder_of_scripts_is_no_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ksql").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    with minisql.patch():
        assert blocks() == 1


def test_a_library_that_cannot_be_imported(library: ModuleType, tmp_path: Path) -> None:
    for name in ("ksqldb", "ksqldb.api"):
        del sys.modules[name]
    (tmp_path / "ksqldb" / "api.py").write_text("import nowhere_to_be_found")
    importlib.invalidate_caches()
    with pytest.raises(ModuleNotFoundError, match="nowhere_to_be_found"):
        minisql.patch().__enter__()
    assert blocks() == 0


@pytest.mark.filterwarnings("ignore:'telnetlib' is deprecated")
def test_old_python_does_not_last() -> None:
    with old_python():
        assert collections.MutableMapping is collections.abc.MutableMapping  # type: ignore[attr-defined]
        telnetlib = importlib.import_module("telnetlib")
        with pytest.raises(OSError):
            telnetlib.Telnet("127.0.0.1", "1")
    assert not hasattr(collections, "MutableMapping")
