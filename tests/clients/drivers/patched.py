"""A library in and out of ``minisql.patch()``: ``patched.py MODULE CLASS``."""

import importlib
import json
import sys

import minisql

URL = "http://127.0.0.1:9"  # nobody listens there
CREATE = "CREATE STREAM s (id INT KEY, v STRING) WITH (kafka_topic='s', value_format='json', partitions=1);"


def library():
    return getattr(importlib.import_module(sys.argv[1]), sys.argv[2])


def client_at(url):
    return Client(url) if sys.argv[1] == "ksqldb" else Client(url, check_version=False)


def streams(client):
    return [each["name"] for each in client.ksql("SHOW STREAMS;")[0]["streams"]]


out = {"imported": "before"}
try:
    Client = library()
except ImportError:  # cannot import name 'Iterable' from 'collections', says hyper
    out["imported"] = "inside"
    with minisql.patch():
        Client = library()
before = client_at(URL)

with minisql.patch() as engine_at:
    minisql.connect(engine_at(URL)).execute(CREATE)
    inside = client_at(URL)
    out["streams"] = [streams(before), streams(inside), streams(client_at("https://other.invalid/behind/a/proxy"))]

for client in (before, inside):
    try:
        streams(client)
    except Exception as error:
        out.setdefault("after", []).append("refused" in str(error))
print(json.dumps(out))
