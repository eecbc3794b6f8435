"""psycopg2: types, many rows, server-side cursor, transactions, errors. Arguments: port."""
import datetime
import decimal
import sys

import psycopg2
import psycopg2.extras

PORT = int(sys.argv[1])


def connect():
    return psycopg2.connect(host="127.0.0.1", port=PORT, user="admin", dbname="dev")


connection = connect()
connection.autocommit = True
cursor = connection.cursor()


def query(sql, *arguments):
    cursor.execute(sql, *arguments)
    return cursor.fetchall()


cursor.execute(
    "create table psycopg (id int, name varchar(20), d date, ts timestamp, n numeric(10,2),"
    " f float8, b bool, tz timestamptz)"
)
row = (
    1,
    "O'Brien",
    datetime.date(2020, 1, 2),
    datetime.datetime(2020, 1, 2, 3, 4, 5, 678900),
    decimal.Decimal("12.34"),
    1.5,
    True,
    datetime.datetime(2020, 1, 2, tzinfo=datetime.timezone.utc),
)
cursor.execute("insert into psycopg values (%s,%s,%s,%s,%s,%s,%s,%s)", row)
assert query("select * from psycopg") == [row]

cursor.executemany(
    "insert into psycopg(id, name) values (%s, %s)", [(i, str(i)) for i in range(2, 10)]
)
psycopg2.extras.execute_values(
    cursor, "insert into psycopg(id, name) values %s", [(i, None) for i in range(10, 220)]
)
assert query("select count(*), count(name) from psycopg") == [(219, 9)]
assert query("select id from psycopg where id = any(%s) order by 1", ([3, 2],)) == [(2,), (3,)]

other = connect()
server_side = other.cursor("server_side")
server_side.itersize = 50
server_side.execute("select id from psycopg order by id")
assert sum(1 for _ in server_side) == 219
other.commit()
work = other.cursor()
work.execute("insert into psycopg(id) values (5000)")
other.rollback()
work.execute("select count(*) from psycopg where id = 5000")
assert work.fetchall() == [(0,)]
other.close()

try:
    query("select nope from psycopg")
    raise AssertionError("an unknown column was accepted")
except psycopg2.Error as error:
    assert (error.pgcode, error.diag.statement_position) == ("42703", "8"), error
assert connection.server_version == 80002
print("ok")
