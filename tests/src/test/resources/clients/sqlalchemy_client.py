"""SQLAlchemy: reflection and the unit of work. Arguments: port."""
import sys

import sqlalchemy as sql

engine = sql.create_engine(f"postgresql+psycopg2://admin@127.0.0.1:{sys.argv[1]}/dev")
metadata = sql.MetaData()
table = sql.Table(
    "alchemy",
    metadata,
    sql.Column("id", sql.Integer, primary_key=True, autoincrement=False),
    sql.Column("value", sql.String(10)),
    sql.Column("amount", sql.Numeric(10, 2)),
)
metadata.create_all(engine)
with engine.begin() as connection:
    connection.execute(table.insert(), [dict(id=1, value="a"), dict(id=2, value="b")])
with engine.connect() as connection:
    rows = connection.execute(sql.select(table).order_by(table.c.id)).fetchall()
    assert [tuple(row) for row in rows] == [(1, "a", None), (2, "b", None)], rows
inspector = sql.inspect(engine)
assert "alchemy" in inspector.get_table_names()
assert "public" in inspector.get_schema_names()
columns = [(c["name"], str(c["type"])) for c in inspector.get_columns("alchemy")]
assert columns == [("id", "INTEGER"), ("value", "VARCHAR(10)"), ("amount", "NUMERIC(10, 2)")]
assert inspector.get_pk_constraint("alchemy")["constrained_columns"] == ["id"]
assert inspector.get_foreign_keys("alchemy") == []
metadata.drop_all(engine)
print("ok")
