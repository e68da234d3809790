// Drives `ksqldb-client`.
const Client = require("ksqldb-client");
const { readFileSync } = require("fs");
const url = new URL(process.argv[2]);
const streamsProperties = { "auto.offset.reset": "earliest" };

(async () => {
  const client = new Client({ host: `http://${url.hostname}`, port: url.port });
  await client.connect();
  const out = {};
  out.statements = [];
  for (const text of readFileSync(process.argv[3], "utf8").split(";").filter((each) => each.trim())) {
    out.statements.push((await client.executeStatement(text + ";", { streamsProperties })).status);
  }
  out.streams = (await client.listStreams()).map((each) => each.name);
  out.acks = [];
  for (const row of [{ id: 1, v: "a" }, { id: 2, v: "b" }]) out.acks.push((await client.insertInto("s", row)).status);
  const take = (rows) => (data) => { if (data.rows) rows.push(...data.rows); };
  const limited = [];
  await client.streamQuery("SELECT * FROM s EMIT CHANGES LIMIT 2;", take(limited), { properties: streamsProperties });
  out.limited = limited;
  const rows = [];
  let closed;
  await client.streamQuery("SELECT * FROM s EMIT CHANGES;", (data) => {
    take(rows)(data);
    if (rows.length === 2 && !closed) closed = client.terminatePushQuery(data.metadata.queryId);
  }, { properties: streamsProperties });  // the route does not know streamsProperties
  out.rows = rows;
  out.closed = (await closed).status;
  const pull = await client.query("SELECT * FROM t WHERE id = 1;");
  out.pull = pull.data.rows;
  const failed = await client.query("SELECT * FROM nowhere;");
  out.error = failed.error && failed.error.message;
  out.status = failed.status;
  await client.disconnect();
  console.log(JSON.stringify(out));
})().catch((error) => { console.error(error); process.exit(1); });
