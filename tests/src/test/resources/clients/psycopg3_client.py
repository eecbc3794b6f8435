"""psycopg 3: binary results, pipelines, server-side cursors, COPY, errors. Arguments: port."""
import datetime
import decimal
import sys

import psycopg

place = f"host=127.0.0.1 port={sys.argv[1]} user=admin dbname=dev"
with psycopg.connect(place, autocommit=True) as connection:
    connection.execute(
        "create table psycopg3 (id int, name varchar(20), d date, ts timestamp, n numeric(10,2))"
    )
    row = (
        1,
        "O'Brien é",
        datetime.date(2020, 1, 2),
        datetime.datetime(2020, 1, 2, 3, 4, 5, 678900),
        decimal.Decimal("12.34"),
    )
    connection.execute("insert into psycopg3 values (%s, %s, %s, %s, %s)", row)
    for binary in (False, True):
        with connection.cursor(binary=binary) as cursor:
            assert cursor.execute("select * from psycopg3").fetchall() == [row], binary
    with connection.cursor() as cursor:
        with cursor.copy("copy psycopg3 (id, name) from stdin") as copy:
            for number in range(2, 100):
                copy.write_row((number, None if number % 2 else f"n{number}"))
        assert cursor.execute("select count(*), count(name) from psycopg3").fetchone() == (99, 50)
        with cursor.copy("copy (select id from psycopg3) to stdout") as copy:
            assert sum(int(line[0]) for line in copy.rows()) == 99 * 100 // 2
    try:
        connection.execute("select nope")
        raise AssertionError("an unknown column was accepted")
    except psycopg.errors.UndefinedColumn:
        pass
with psycopg.connect(place) as connection:
    with connection.cursor("server_side") as cursor:
        cursor.itersize = 10
        assert sum(1 for _ in cursor.execute("select id from psycopg3")) == 99
    with connection.pipeline():
        answers = [connection.execute("select %s::int * 2", [n]) for n in range(20)]
    assert [answer.fetchone()[0] for answer in answers] == [n * 2 for n in range(20)]
print("ok")
