"""A registry behind a URL: the same calls, over HTTP."""

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import unquote, urlsplit

import pytest

import minisql
from minisql.engine import Engine, Session
from minisql.formats.registry import RegistryError, SchemaRegistry
from minisql.formats.registry.remote import RemoteRegistry


class Handler(BaseHTTPRequestHandler):
    """Answers with a registry in the process, as Confluent's server would."""

    registry = SchemaRegistry()

    def answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else {}
        try:
            status, found = 200, self.found([unquote(part) for part in urlsplit(self.path).path.split("/")[1:]], body)
        except RegistryError as error:
            status, found = int(str(error.error_code)[:3]), {"error_code": error.error_code, "message": error.message}
        data = json.dumps(found).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def found(self, path, body):
        registry = self.registry
        if self.command == "PUT":
            registry.set_compatibility(body["compatibility"], path[1] if len(path) > 1 else None)
            return body
        if path[0] == "config":
            return {"compatibilityLevel": registry.get_compatibility(path[1] if len(path) > 1 else None)}
        if path[0] == "schemas":
            id = int(path[2])
            return registry.subjects_of(id) if path[-1] == "subjects" else self.shown(registry.get_by_id(id), False)
        if path == ["subjects"]:
            return registry.subjects()
        subject = path[1]
        if self.command == "DELETE":
            return registry.delete_subject(subject)
        if self.command == "POST" and len(path) == 3:
            return {"id": registry.register(subject, body["schema"], body["schemaType"], body["references"])}
        if self.command == "POST":
            return self.shown(registry.lookup(subject, body["schema"], body["schemaType"]), True)
        if len(path) == 3:
            return registry.versions(subject)
        return self.shown(registry.get_version(subject, -1 if path[3] == "latest" else int(path[3])), True)

    def shown(self, entry, whole: bool):
        found = {
            "schema": entry.schema,
            "schemaType": entry.type,
            "references": [dict(each.items()) for each in entry.references],
        }
        return {**found, "subject": entry.subject, "version": entry.version, "id": entry.id} if whole else found

    def log_message(self, *args) -> None:
        pass

    do_GET = do_POST = do_PUT = do_DELETE = answer


@pytest.fixture
def url():
    Handler.registry = SchemaRegistry()
    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_same_calls_over_http(url: str) -> None:
    registry = RemoteRegistry(url)
    assert registry.register("a/b-value", "int") == 1
    assert registry.register("a/b-value", ["null", "int"]) == 2
    assert registry.versions("a/b-value") == [1, 2]
    assert registry.get_latest("a/b-value").id == 2
    assert registry.get_version("a/b-value", 1).schema == '"int"'
    assert registry.lookup("a/b-value", "int").version == 1
    assert registry.parsed(2).connect({}).optional
    assert registry.subjects_of(1) == registry.subjects() == ["a/b-value"]
    assert registry.register_id("c-value", 1) == 1
    registry.set_compatibility("none", "c-value")
    assert (registry.get_compatibility("c-value"), registry.get_compatibility()) == ("NONE", "BACKWARD")
    assert registry.delete_subject("c-value") == [1]
    with pytest.raises(RegistryError, match=r"Subject 'c-value' not found\.") as raised:
        registry.get_latest("c-value")
    assert raised.value.error_code == 40401


def test_an_engine_with_a_registry_elsewhere(url: str) -> None:
    RemoteRegistry(url).set_compatibility("NONE")
    RemoteRegistry(url).register("a-value", {"type": "record", "name": "r", "fields": [{"name": "v", "type": "int"}]})
    with minisql.connect(Engine(properties={"ksql.schema.registry.url": url})) as conn:
        conn.execute("CREATE STREAM a WITH (kafka_topic='a', partitions=1, key_format='NONE', value_format='AVRO');")
        conn.topic("a").produce({"V": 7})
        assert conn.topic("a").raw()[0].value[:5] == b"\0\0\0\0\2"
    assert Handler.registry.versions("a-value") == [1, 2]


def test_nobody_there() -> None:
    with pytest.raises(RegistryError, match=r"Schema registry http://127\.0\.0\.1:1: "):
        RemoteRegistry("http://127.0.0.1:1").subjects()


def test_a_sandbox_reads_the_registry_and_writes_nothing_to_it(url: str) -> None:
    remote = RemoteRegistry(url)
    remote.register("a-value", {"type": "record", "name": "r", "fields": [{"name": "v", "type": "int"}]})
    sandbox = Engine(properties={"ksql.schema.registry.url": url}).sandbox()
    script = """
        CREATE STREAM a WITH (kafka_topic='a', partitions=1, value_format='AVRO');
        CREATE STREAM b AS SELECT v + 1 AS w FROM a;
        INSERT INTO b VALUES (1);
        CREATE STREAM c WITH (kafka_topic='B', value_format='AVRO');
    """
    sandbox.execute(script, Session())
    assert str(sandbox.metastore.sources["C"].schema) == "`W` INTEGER"
    tried = sandbox.metastore.schema_registry
    assert tried.subjects() == ["B-value", "a-value"]
    assert tried.delete_subject("a-value", permanent=True) == [1]
    tried.set_compatibility("NONE")
    assert tried.subjects() == ["B-value"]
    assert (tried.subjects_of(1), remote.subjects()) == ([], ["a-value"])
    assert (tried.get_compatibility("x"), remote.get_compatibility("x")) == ("NONE", "BACKWARD")
    assert tried.register("a-value", "string") > remote.register("later-value", "string")
    assert tried.subjects() == ["B-value", "a-value", "later-value"]
