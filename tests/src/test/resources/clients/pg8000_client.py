"""pg8000, a driver in Python alone: types, parameters, transactions, errors. Arguments: port."""
import datetime
import decimal
import sys

import pg8000

connection = pg8000.connect(host="127.0.0.1", port=int(sys.argv[1]), user="admin", database="dev")
cursor = connection.cursor()
cursor.execute("create table pg8000 (id int, name varchar(20), d date, n numeric(10,2), b boolean)")
connection.commit()
row = (1, "O'Brien é", datetime.date(2020, 1, 2), decimal.Decimal("12.34"), True)
cursor.execute("insert into pg8000 values (%s, %s, %s, %s, %s)", row)
connection.commit()
cursor.execute("select * from pg8000")
assert [tuple(found) for found in cursor.fetchall()] == [row]
cursor.execute("delete from pg8000")
connection.rollback()
cursor.execute("select count(*) from pg8000")
assert tuple(cursor.fetchone()) == (1,)
try:
    cursor.execute("select nope")
    raise AssertionError("an unknown column was accepted")
except pg8000.ProgrammingError as error:
    assert "42703" in str(error), error
connection.rollback()
connection.close()
print("ok")
