"""psycopg2: types, many rows, server-side cursor, transactions, errors. Arguments: port."""
import datetime
import decimal
import io
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

cursor.execute("create table copied (id int, name varchar(40), n numeric(6,2))")
texts = ["tab\there", "line\nbreak", "back\\slash", 'quo"te', "a,b|c", "", None]
source = io.StringIO()
for number, text in enumerate(texts):
    escaped = text
    if text is not None:
        escaped = text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    source.write(f"{number}\t{chr(92) + 'N' if text is None else escaped}\t1.5\n")
cursor.copy_expert("copy copied from stdin", io.StringIO(source.getvalue()))
assert cursor.rowcount == len(texts), cursor.rowcount
assert [row[1] for row in query("select id, name from copied order by id")] == texts
target = io.StringIO()
cursor.copy_expert("copy (select id, name, n from copied order by id) to stdout", target)
assert target.getvalue() == source.getvalue().replace("1.5", "1.50"), target.getvalue()
target = io.StringIO()
cursor.copy_expert("copy copied (id, name) to stdout with (format csv, header)", target)
lines = target.getvalue().split("\n")
assert lines[0] == "id,name" and '3,"quo""te"' in lines and '4,"a,b|c"' in lines, lines
cursor.execute("truncate copied")
target.seek(0)
cursor.copy_expert("copy copied (id, name) from stdin with csv header", target)
assert query("select count(*), count(name) from copied")[0][0] == len(texts)
try:
    cursor.copy_expert("copy copied from stdin", io.StringIO("one\ttwo\tthree\n"))
    raise AssertionError("a word was taken for a number")
except psycopg2.Error as error:
    assert "stl_load_errors" in str(error), error
assert query("select count(*) from copied") == [(len(texts),)]

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
