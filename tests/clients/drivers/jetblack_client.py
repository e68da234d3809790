"""Drives the low-level client of ``jetblack-ksql-dbapi``."""

import json
import sys
from pathlib import Path

from jetblack_ksql_dbapi._ksql_client import KsqlDbClient

client = KsqlDbClient(sys.argv[1])
EARLIEST = {"auto.offset.reset": "earliest"}
PUSH = "SELECT * FROM s EMIT CHANGES"
out = {"version": client.info()["KsqlServerInfo"]["version"], "health": client.healthcheck()["isHealthy"]}

entities = client.ksql(Path(sys.argv[2]).read_text(), streams_properties=EARLIEST)
out["statements"] = [entity["@type"] for entity in entities]
out["status"] = client.queury_status(entities[0]["commandId"])["status"]
out["acks"] = list(client.inserts_stream("s", [{"id": 1, "v": "a"}, {"id": 2, "v": "b"}]))
out["failed"] = list(client.inserts_stream("s", [{"id": "x"}]))
out["limited"] = list(client.query_stream(PUSH + " LIMIT 2;", properties=EARLIEST))

rows = client.query_stream(PUSH + ";", properties=EARLIEST)
out["rows"] = [next(rows) for _ in range(2)]
# It keeps the query's id to itself.
(query_id,) = [each["id"] for each in client.ksql("SHOW QUERIES;")[0]["queries"] if each["queryType"] == "PUSH"]
out["closed"] = [client.close_query(query_id), client.close_query(query_id)]
out["rest"] = list(rows)

out["pull"] = list(client.query_stream("SELECT * FROM t WHERE id = 1;"))
try:
    client.ksql("DROP STREAM nowhere;")
except Exception as error:
    out["error"] = [type(error).__name__, str(error)]
client.close()
print(json.dumps(out))
