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
  out.rows = await new Promise((resolve, reject) => {
    const found = [];
    const subscription = client.queryStream({ sql: "SELECT * FROM s EMIT CHANGES;", properties }).subscribe({
      next: (each) => { found.push(each); if (found.length === 2) { setTimeout(() => { subscription.unsubscribe(); resolve(found); }); } },
      error: reject,
    });
  });
  out.pull = await all(client.queryStream({ sql: "SELECT * FROM t WHERE id = 1;" }));
  try { out.error = await client.statement("DROP STREAM nowhere;"); } catch (error) { out.error = error; }
  client.close();
  console.log(JSON.stringify(out));
})().catch((error) => { console.error(error); process.exit(1); });
