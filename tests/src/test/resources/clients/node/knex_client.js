// knex with its PostgreSQL and its Redshift dialect: schema builder, queries, transactions.
// Arguments: port.
const assert = require('node:assert/strict');
const knexOf = require('knex');

async function check(dialect) {
  const knex = knexOf({
    client: dialect,
    connection: { host: '127.0.0.1', port: Number(process.argv[2]), user: 'admin', database: 'dev' },
    pool: { min: 0, max: 3 },
  });
  const name = `knex_${dialect}`;
  assert.equal(await knex.schema.hasTable(name), false);
  await knex.schema.createTable(name, (table) => {
    table.integer('id').notNullable();
    table.string('name', 40);
    table.decimal('price', 10, 2);
    table.timestamp('made');
    table.boolean('sold');
  });
  assert.equal(await knex.schema.hasTable(name), true);
  assert.equal(await knex.schema.hasColumn(name, 'price'), true);
  await knex(name).insert([
    { id: 1, name: 'one', price: 1.5, made: '2020-01-02 03:04:05', sold: true },
    { id: 2, name: 'two', price: 2.25, made: null, sold: false },
  ]);
  await knex.schema.alterTable(name, (table) => table.integer('stock'));
  assert.equal(await knex(name).where('id', 2).update({ stock: 7 }), 1);
  assert.deepEqual(
    await knex(name).select('name', 'stock').where('price', '>', 2).orderBy('id'),
    [{ name: 'two', stock: 7 }]
  );
  await assert.rejects(
    knex.transaction(async (transaction) => {
      await transaction(name).del();
      throw new Error('undone');
    }),
    /undone/
  );
  assert.deepEqual(await knex(name).count({ rows: '*' }).sum({ price: 'price' }), [
    { rows: '2', price: '3.75' },
  ]);
  await knex.schema.dropTable(name);
  await knex.destroy();
}

async function main() {
  for (const dialect of ['pg', 'redshift']) {
    await check(dialect);
  }
  console.log('ok');
}

main();
