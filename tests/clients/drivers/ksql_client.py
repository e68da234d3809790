"""Drives the class KSQLAPI of ``ksql`` and of ``ksql-python-ng``, which have the same interface."""

import collections
import collections.abc
import json
import sys
from pathlib import Path

for name in ("Iterable", "Mapping", "MutableMapping", "MutableSet", "Callable", "Sequence", "Set", "Hashable"):
    setattr(collections, name, getattr(collections.abc, name))  # hyper is older than Python 3.10

from ksql import KSQLAPI  # noqa: E402

client = KSQLAPI(sys.argv[1])
client.sa._raise_for_status = lambda r, response: True  # looks at the first entity, and INSERT has none
EARLIEST = {"auto.offset.reset": "earliest"}
PUSH = "SELECT * FROM s EMIT CHANGES"
out = {"version": client.get_ksql_version()}

out["statements"] = [entity["@type"] for entity in client.ksql(Path(sys.argv[2]).read_text().strip())]
out["properties"] = len(client.get_properties()) > 100
out["acks"] = client.inserts_stream("s", [{"id": 1, "v": "a"}, {"id": 2, "v": "b"}])
out["failed"] = client.inserts_stream("s", [{"id": "x"}])


def lines(answer):
    found = []
    try:
        for line in answer:
            found.append(line)
    except RuntimeError:
        pass  # ksql's generators end by StopIteration, which is an error since Python 3.7
    return found


header, *rows, last = lines(client.query(PUSH + " LIMIT 2", stream_properties=EARLIEST))
out["objects"] = [json.loads(row.rstrip(",\n"))["row"]["columns"] for row in rows]
out["last"] = last.strip()

stream = client.query(PUSH, stream_properties=EARLIEST, use_http2=True)
query_id = json.loads(next(stream))["queryId"]
out["rows"] = [json.loads(next(stream)) for _ in range(2)]
out["closed"] = [client.close_query(query_id), client.close_query(query_id)]
out["rest"] = lines(stream)

pull = "".join(lines(client.query("SELECT * FROM t WHERE id = 1", use_http2=True))).splitlines()
out["pull"] = [json.loads(line) for line in pull][1:]
try:
    client.ksql("DROP STREAM nowhere")
except Exception as error:
    out["error"] = [type(error).__name__, getattr(error, "msg", "")]
else:
    out["error"] = ["-", client.ksql("DROP STREAM nowhere")["message"]]  # ng leaves it to _raise_for_status
print(json.dumps(out))
