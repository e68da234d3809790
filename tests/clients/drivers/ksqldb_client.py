"""Drives ``ksqldb``."""

import asyncio
import json
import sys
from pathlib import Path

from ksqldb import KSQLdbClient

client = KSQLdbClient(sys.argv[1])
EARLIEST = {"auto.offset.reset": "earliest"}
PUSH = "SELECT * FROM s EMIT CHANGES"
out = {}

out["statements"] = [entity["@type"] for entity in client.ksql(Path(sys.argv[2]).read_text())]
out["properties"] = len(client.get_properties()) > 100
out["acks"] = client.inserts_stream("s", [{"id": 1, "v": "a"}, {"id": 2, "v": "b"}])
out["failed"] = client.inserts_stream("s", [{"id": "x"}])


async def push(text):
    rows = client.query_async(text, stream_properties=EARLIEST)
    header = await rows.__anext__()
    found = [await rows.__anext__() for _ in range(2)]
    closed = [client.close_query(header["queryId"]) for _ in range(2)]
    return found, closed, [row async for row in rows]


async def limited():
    return [row async for row in client.query_async(PUSH + " LIMIT 2;", stream_properties=EARLIEST)][1:]


out["limited"] = asyncio.run(limited())
out["rows"], out["closed"], out["rest"] = asyncio.run(push(PUSH + ";"))
out["pull"] = client.query_sync("SELECT * FROM t WHERE id = 1;")[1:]
try:
    client.ksql("DROP STREAM nowhere;")
except Exception as error:
    out["error"] = str(error)
print(json.dumps(out))
