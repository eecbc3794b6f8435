package io.redward.foundation.types;

/// The families of SQL types, with their PostgreSQL type OIDs as drivers expect them.
public enum TypeKind {
  /// The type of a bare NULL or an untyped string literal before it meets its context.
  UNKNOWN("unknown", 705),
  BOOLEAN("boolean", "bool", 16),
  SMALLINT("smallint", "int2", 21),
  INTEGER("integer", "int4", 23),
  BIGINT("bigint", "int8", 20),
  DECIMAL("numeric", 1700),
  REAL("real", "float4", 700),
  DOUBLE("double precision", "float8", 701),
  CHAR("character", "bpchar", 1042),
  VARCHAR("character varying", "varchar", 1043),
  /// PostgreSQL's `text`, used by catalog columns only; a VARCHAR in all else.
  TEXT("text", 25),
  /// PostgreSQL's identifier type, catalog columns only.
  NAME("name", 19),
  DATE("date", 1082),
  TIME("time without time zone", "time", 1083),
  TIMETZ("time with time zone", "timetz", 1266),
  TIMESTAMP("timestamp without time zone", "timestamp", 1114),
  TIMESTAMPTZ("timestamp with time zone", "timestamptz", 1184),
  INTERVAL_YEAR_MONTH("interval year to month", "intervaly2m", 1188),
  INTERVAL_DAY_SECOND("interval day to second", "intervald2s", 1190),
  VARBYTE("binary varying", "varbyte", 6551),
  SUPER("super", 4000),
  GEOMETRY("geometry", 3000),
  GEOGRAPHY("geography", 3001),
  /// A HyperLogLog sketch, as its text.
  HLLSKETCH("hllsketch", 2935),
  OID("oid", 26),
  REGCLASS("regclass", 2205),
  REGPROC("regproc", 24),
  REGTYPE("regtype", 2206),
  /// A catalog array shown in PostgreSQL's text form `{a,b}`; not a type of user columns.
  TEXT_ARRAY("text[]", "_text", 1009),
  INT_ARRAY("integer[]", "_int4", 1007),
  OID_ARRAY("oid[]", "_oid", 1028),
  /// Single bytes, which a cast to an integer makes numbers of.
  CHAR_ARRAY("\"char\"[]", "_char", 1002),
  VOID("void", 2278);

  private final String sqlName;
  private final String catalogName;
  private final int oid;

  TypeKind(String name, int oid) {
    this(name, name, oid);
  }

  TypeKind(String sqlName, String catalogName, int oid) {
    this.sqlName = sqlName;
    this.catalogName = catalogName;
    this.oid = oid;
  }

  /// The name as Redshift's catalog prints it.
  public String sqlName() {
    return sqlName;
  }

  /// The short name, as `pg_type` has it.
  public String catalogName() {
    return catalogName;
  }

  public int oid() {
    return oid;
  }

  public boolean isInteger() {
    return this == SMALLINT || this == INTEGER || this == BIGINT;
  }

  public boolean isNumeric() {
    return isInteger() || this == DECIMAL || this == REAL || this == DOUBLE;
  }

  public boolean isFloating() {
    return this == REAL || this == DOUBLE;
  }

  public boolean isString() {
    return this == CHAR || this == VARCHAR || this == TEXT || this == NAME;
  }

  public boolean isDatetime() {
    return this == DATE
        || this == TIME
        || this == TIMETZ
        || this == TIMESTAMP
        || this == TIMESTAMPTZ;
  }

  public boolean isInterval() {
    return this == INTERVAL_YEAR_MONTH || this == INTERVAL_DAY_SECOND;
  }
}
