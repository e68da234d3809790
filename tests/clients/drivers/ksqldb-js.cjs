// Drives `ksqldb-js`.
const http2 = require("http2");
const connect = http2.connect;
const ended = [];  // It tells nobody that a push query has ended, but closes that query's session.
http2.connect = (...args) => {
  const session = connect(...args);
  ended.push(new Promise((resolve) => session.on("close", () => resolve(true))));
  return session;
};
const Ksqldb = require("ksqldb-js");
const { readFileSync } = require("fs");

(async () => {
  const client = new Ksqldb({ ksqldbURL: process.argv[2] });
  const out = {};
  for (const text of readFileSync(process.argv[3], "utf8").split(";").filter((each) => each.trim())) {
    const entity = await client.ksql(text + ";");
    out.statement = entity["@type"];
  }
  // It sends no properties with a query: the rows come while it listens.
  const chunks = [];
  const limited = [];
  const queryId = await client.push("SELECT * FROM s EMIT CHANGES;", (chunk) => chunks.push(JSON.parse(chunk)));
  await client.push("SELECT * FROM s EMIT CHANGES LIMIT 1;", (chunk) => limited.push(JSON.parse(chunk)));
  out.acks = await client.insertStream("s", [{ id: 1, v: "a" }, { id: 2, v: "b" }]);
  while (chunks.length < 3) await new Promise((resolve) => setTimeout(resolve, 10));
  out.rows = chunks.slice(1);
  out.closed = (await client.terminate(queryId))["@type"];
  out.ended = await Promise.all(ended);
  out.limited = limited.slice(1);
  out.pull = await client.pull("SELECT * FROM t WHERE id = 1;");
  try { await client.ksql("DROP STREAM nowhere;"); } catch (error) { out.error = error.message; }
  console.log(JSON.stringify(out));
})().catch((error) => { console.error(error); process.exit(1); });
