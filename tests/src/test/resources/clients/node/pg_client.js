// node-postgres: types, parameters, prepared statements, cursors, streams, pools, errors.
// Arguments: port.
const assert = require('node:assert/strict');
const pg = require('pg');
const Cursor = require('pg-cursor');
const QueryStream = require('pg-query-stream');

const settings = { host: '127.0.0.1', port: Number(process.argv[2]), user: 'admin', database: 'dev' };

async function main() {
  const client = new pg.Client(settings);
  await client.connect();
  await client.query(
    'create table node_pg (id int, name varchar(20), d date, ts timestamptz, n numeric(10,2),' +
      ' f float8, b boolean)'
  );
  await client.query('insert into node_pg values ($1, $2, $3, $4, $5, $6, $7)', [
    1, "O'Brien é", '2020-01-02', new Date(Date.UTC(2020, 0, 2, 3, 4, 5, 678)), '12.34', 1.5, true,
  ]);
  const { rows, fields } = await client.query('select * from node_pg');
  assert.deepEqual(fields.map((field) => field.name), ['id', 'name', 'd', 'ts', 'n', 'f', 'b']);
  assert.equal(rows[0].name, "O'Brien é");
  assert.equal(rows[0].ts.getTime(), Date.UTC(2020, 0, 2, 3, 4, 5, 678));
  assert.deepEqual([rows[0].n, rows[0].f, rows[0].b], ['12.34', 1.5, true]);

  for (let id = 2; id <= 50; id++) {
    await client.query({
      name: 'insert-one',
      text: 'insert into node_pg (id, name) values ($1, $2)',
      values: [id, id % 2 ? 'odd' : null],
    });
  }
  const counted = await client.query('select count(*) as all, count(name) as named from node_pg');
  assert.deepEqual(counted.rows, [{ all: '50', named: '25' }]);

  const cursor = client.query(new Cursor('select id from node_pg order by id'));
  let taken = 0;
  for (let portion = await cursor.read(7); portion.length; portion = await cursor.read(7)) {
    assert.equal(portion[0].id, taken + 1);
    taken += portion.length;
  }
  assert.equal(taken, 50);
  await cursor.close();

  let streamed = 0;
  for await (const row of client.query(new QueryStream('select id from node_pg'))) {
    streamed += row.id;
  }
  assert.equal(streamed, (50 * 51) / 2);

  await client.query('begin');
  await client.query('delete from node_pg');
  await client.query('rollback');
  await assert.rejects(client.query('select nope from node_pg'), { code: '42703', position: '8' });
  await client.end();

  const pool = new pg.Pool({ ...settings, max: 5 });
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, i) => pool.query('select $1::int + 1 as next', [i]))
  );
  assert.deepEqual(answers.map((answer) => answer.rows[0].next), answers.map((_, i) => i + 1));
  await pool.end();
  console.log('ok');
}

main();
