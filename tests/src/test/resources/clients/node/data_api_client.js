// AWS's SDK for JavaScript against the Data API. Arguments: HTTP port, access key, secret key.
const assert = require('node:assert/strict');
const api = require('@aws-sdk/client-redshift-data');

const [port, accessKeyId, secretAccessKey] = process.argv.slice(2);
const client = new api.RedshiftDataClient({
  region: 'us-east-1',
  endpoint: `http://127.0.0.1:${port}`,
  credentials: { accessKeyId, secretAccessKey },
});
const place = { WorkgroupName: 'default', Database: 'dev' };

async function finished(Id) {
  for (;;) {
    const state = await client.send(new api.DescribeStatementCommand({ Id }));
    if (['FINISHED', 'FAILED', 'ABORTED'].includes(state.Status)) {
      return state;
    }
    await new Promise((done) => setTimeout(done, 20));
  }
}

async function main() {
  const { Id } = await client.send(
    new api.ExecuteStatementCommand({
      ...place,
      Sql: 'select :n::int + 1 as next, :t::varchar as text, null::int as nothing',
      Parameters: [{ name: 'n', value: '41' }, { name: 't', value: "O'Brien é" }],
    })
  );
  const state = await finished(Id);
  assert.deepEqual([state.Status, state.HasResultSet, state.ResultRows], ['FINISHED', true, 1]);
  const result = await client.send(new api.GetStatementResultCommand({ Id }));
  assert.deepEqual(result.ColumnMetadata.map((column) => column.name), ['next', 'text', 'nothing']);
  assert.deepEqual(
    result.Records[0].map((field) => Object.entries(field).find(([key]) => key !== '$unknown')),
    [['longValue', 42], ['stringValue', "O'Brien é"], ['isNull', true]]
  );

  const batch = await client.send(
    new api.BatchExecuteStatementCommand({
      ...place,
      Sqls: ['create table js_sdk (n int)', 'insert into js_sdk values (1), (2)', 'select * from js_sdk'],
    })
  );
  const batchState = await finished(batch.Id);
  assert.deepEqual(batchState.SubStatements.map((sub) => sub.Status), Array(3).fill('FINISHED'));
  const tables = await client.send(new api.ListTablesCommand({ ...place, TablePattern: 'js_%' }));
  assert.deepEqual(tables.Tables.map((table) => table.name), ['js_sdk']);

  const wrong = await client.send(
    new api.ExecuteStatementCommand({ ...place, Sql: 'select nope from js_sdk' })
  );
  const failed = await finished(wrong.Id);
  assert.equal(failed.Status, 'FAILED');
  assert.match(failed.Error, /column "nope" does not exist/);
  await assert.rejects(
    client.send(new api.GetStatementResultCommand({ Id: '00000000-0000-4000-8000-000000000000' })),
    { name: 'ResourceNotFoundException' }
  );
  console.log('ok');
}

main();
