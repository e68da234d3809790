// Drives `ksqldb-rx-client`.
const { KsqlDBClient } = require("ksqldb-rx-client");
const { readFileSync } = require("fs");
const properties = { "auto.offset.reset": "earliest" };
const all = (observable) => new Promise((resolve, reject) => {
  const found = [];
  observable.subscribe({ next: (each) => found.push(each), error: reject, complete: () => resolve(found) });
});

(async () => {
  const client = new KsqlDBClient(process.argv[2]);
  const out = {};
  out.info = (await client.getInfo()).KsqlServerInfo.serverStatus;
  out.health = (await client.getHealthcheck()).isHealthy;
  const entities = await client.statement(readFileSync(process.argv[3], "utf8"), { streamsProperties: properties });
  out.statements = entities.map((each) => each["@type"]);
  await client.statement("INSERT INTO s VALUES (1, 'a'); INSERT INTO s VALUES (2, 'b');");
  out.limited = await all(client.queryStream({ sql: "SELECT * FROM s EMIT CHANGES LIMIT 2;", properties }));
  // It keeps a query's id to itself and cannot close one: unsubscribing leaves the query running.
  const found = [];
  const ended = new Promise((resolve, reject) => {
    client.queryStream({ sql: "SELECT * FROM s EMIT CHANGES;", properties })
      .subscribe({ next: (each) => found.push(each), error: reject, complete: resolve });
  });
  while (found.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  const [{ queries }] = await client.statement("SHOW QUERIES;");
  const [{ id }] = queries.filter((each) => each.queryType === "PUSH");
  out.closed = (await client.statement(`TERMINATE ${id};`)).map((each) => each["@type"]);
  await ended;
  out.rows = found;
  out.pull = await all(client.queryStream({ sql: "SELECT * FROM t WHERE id = 1;" }));
  try { out.error = await client.statement("DROP STREAM nowhere;"); } catch (error) { out.error = error; }
  client.close();
  console.log(JSON.stringify(out));
})().catch((error) => { console.error(error); process.exit(1); });
