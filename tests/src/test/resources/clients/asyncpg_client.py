"""asyncpg: binary format, prepared statements, cursors. Arguments: port."""
import asyncio
import datetime
import decimal
import sys

import asyncpg


async def main(port):
    connection = await asyncpg.connect(host="127.0.0.1", port=port, user="admin", database="dev")
    await connection.execute(
        "create table async_pg (id int, name varchar(20), d date, ts timestamp, n numeric(10,2),"
        " f float8, b bool)"
    )
    row = (
        1,
        "é",
        datetime.date(2020, 1, 2),
        datetime.datetime(2020, 1, 2, 3, 4, 5, 678900),
        decimal.Decimal("12.34"),
        1.5,
        True,
    )
    await connection.execute("insert into async_pg values ($1,$2,$3,$4,$5,$6,$7)", *row)
    assert tuple(await connection.fetchrow("select * from async_pg where id = $1", 1)) == row
    await connection.executemany(
        "insert into async_pg(id, name) values ($1, $2)", [(i, "x") for i in range(2, 100)]
    )
    async with connection.transaction():
        count = 0
        async for _ in connection.cursor("select id from async_pg"):
            count += 1
    assert count == 99, count
    try:
        await connection.fetch("select nope")
        raise AssertionError("an unknown column was accepted")
    except asyncpg.UndefinedColumnError:
        pass
    await connection.close()


asyncio.run(main(int(sys.argv[1])))
print("ok")
