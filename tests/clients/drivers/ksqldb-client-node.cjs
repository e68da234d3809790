// Drives `ksqldb-client-node`, which knows queries alone.
const { KsqlDbClient } = require("ksqldb-client-node");
const http = require("http");
const { readFileSync } = require("fs");
const url = new URL(process.argv[2]);
const properties = { "auto.offset.reset": "earliest" };
const post = (path, body) => new Promise((resolve, reject) => {
  const request = http.request(new URL(path, url), { method: "POST" }, (answer) => {
    let text = "";
    answer.on("data", (chunk) => { text += chunk; });
    answer.on("end", () => resolve(text ? JSON.parse(text) : answer.statusCode));
  });
  request.on("error", reject);
  request.end(JSON.stringify(body));
});

(async () => {
  const out = {};
  out.statements = await post("/ksql", { ksql: readFileSync(process.argv[3], "utf8"), streamsProperties: properties });
  out.inserts = await post("/ksql", { ksql: "INSERT INTO s VALUES (1, 'a'); INSERT INTO s VALUES (2, 'b');" });
  const session = new KsqlDbClient({ url: process.argv[2], host: process.argv[2] }).session();
  const all = async (sql, until) => {
    const stream = session.queryStream({ sql, properties });
    const found = [];
    let closed;
    for await (const rows of stream) {
      found.push(rows);
      if (until && found.length === until) closed = await post("/close-query", { queryId: stream.queryId });
    }
    return { found, closed, columnNames: stream.columnNames, error: stream.error && stream.error.message };
  };
  out.limited = await all("SELECT * FROM s EMIT CHANGES LIMIT 2;");
  out.rows = await all("SELECT * FROM s EMIT CHANGES;", 2);
  out.pull = await all("SELECT * FROM t WHERE id = 1;");
  try { out.failed = await all("SELECT * FROM nowhere;"); } catch (error) { out.failed = { error: error.message }; }
  session.destroy();
  console.log(JSON.stringify(out));
})().catch((error) => { console.error(error); process.exit(1); });
