package io.redward.foundation.types;

/// A SQL type with its parameters.
///
/// @param kind the family
/// @param precision DECIMAL: digits, 1 to 38; CHAR, VARCHAR, VARBYTE: length in bytes; otherwise 0
/// @param scale DECIMAL: digits after the point, 0 to 37; CHAR, VARCHAR: 1 if its values compare
///     without regard to case; otherwise 0
public record SqlType(TypeKind kind, int precision, int scale) {
  public static final int MAX_DECIMAL_PRECISION = 38;
  public static final int MAX_DECIMAL_SCALE = 37;
  /// Digits that always fit a 64-bit integer; Redshift's own boundary is 19 with a reduced range.
  public static final int MAX_LONG_DECIMAL_PRECISION = 18;
  public static final int MAX_VARCHAR_BYTES = 65_535;
  public static final int MAX_CHAR_BYTES = 4_096;

  public static final SqlType UNKNOWN = of(TypeKind.UNKNOWN);
  public static final SqlType BOOLEAN = of(TypeKind.BOOLEAN);
  public static final SqlType SMALLINT = of(TypeKind.SMALLINT);
  public static final SqlType INTEGER = of(TypeKind.INTEGER);
  public static final SqlType BIGINT = of(TypeKind.BIGINT);
  public static final SqlType REAL = of(TypeKind.REAL);
  public static final SqlType DOUBLE = of(TypeKind.DOUBLE);
  public static final SqlType DATE = of(TypeKind.DATE);
  public static final SqlType TIME = of(TypeKind.TIME);
  public static final SqlType TIMETZ = of(TypeKind.TIMETZ);
  public static final SqlType TIMESTAMP = of(TypeKind.TIMESTAMP);
  public static final SqlType TIMESTAMPTZ = of(TypeKind.TIMESTAMPTZ);
  public static final SqlType INTERVAL_YEAR_MONTH = of(TypeKind.INTERVAL_YEAR_MONTH);
  public static final SqlType INTERVAL_DAY_SECOND = of(TypeKind.INTERVAL_DAY_SECOND);
  public static final SqlType TEXT = of(TypeKind.TEXT);
  public static final SqlType NAME = of(TypeKind.NAME);
  public static final SqlType OID = of(TypeKind.OID);
  public static final SqlType VOID = of(TypeKind.VOID);

  public SqlType {
    if (kind == TypeKind.DECIMAL
        && (precision < 1
            || precision > MAX_DECIMAL_PRECISION
            || scale < 0
            || scale > Math.min(precision, MAX_DECIMAL_SCALE))) {
      throw new IllegalArgumentException("decimal(" + precision + "," + scale + ")");
    }
  }

  public static SqlType of(TypeKind kind) {
    return new SqlType(kind, 0, 0);
  }

  public static SqlType decimal(int precision, int scale) {
    return new SqlType(TypeKind.DECIMAL, precision, scale);
  }

  public static SqlType varchar(int bytes) {
    return new SqlType(TypeKind.VARCHAR, bytes, 0);
  }

  public static SqlType character(int bytes) {
    return new SqlType(TypeKind.CHAR, bytes, 0);
  }

  public static SqlType varbyte(int bytes) {
    return new SqlType(TypeKind.VARBYTE, bytes, 0);
  }

  /// Whether values compare without regard to case.
  public boolean caseInsensitive() {
    return scale == 1 && (kind == TypeKind.VARCHAR || kind == TypeKind.CHAR);
  }

  /// A CHAR or VARCHAR type that compares this way; any other as it is.
  public SqlType withCaseInsensitive(boolean insensitive) {
    return kind == TypeKind.VARCHAR || kind == TypeKind.CHAR
        ? new SqlType(kind, precision, insensitive ? 1 : 0)
        : this;
  }

  /// The form values of this type take unless a plan has proved a narrower one.
  public Physical physical() {
    return switch (kind) {
      case BOOLEAN, SMALLINT, INTEGER, DATE, INTERVAL_YEAR_MONTH, OID, REGCLASS, REGPROC, REGTYPE ->
          Physical.INT;
      case BIGINT, TIME, TIMETZ, TIMESTAMP, TIMESTAMPTZ, INTERVAL_DAY_SECOND -> Physical.LONG;
      case DECIMAL -> precision <= MAX_LONG_DECIMAL_PRECISION ? Physical.LONG : Physical.INT128;
      case REAL, DOUBLE -> Physical.DOUBLE;
      case UNKNOWN,
          CHAR,
          VARCHAR,
          TEXT,
          NAME,
          VARBYTE,
          SUPER,
          GEOMETRY,
          GEOGRAPHY,
          HLLSKETCH,
          TEXT_ARRAY,
          INT_ARRAY,
          OID_ARRAY,
          CHAR_ARRAY,
          VOID ->
          Physical.BYTES;
    };
  }

  /// PostgreSQL's type modifier, as clients and `pg_attribute` see it: precision and scale of a
  /// decimal, length of a string, plus the 4 bytes of a header that no longer exists; -1 for none.
  public int modifier() {
    return switch (kind) {
      case DECIMAL -> (precision << 16 | scale) + 4;
      case CHAR, VARCHAR -> precision > 0 ? precision + 4 : -1;
      default -> -1;
    };
  }

  /// The type as SQL text, the way `format_type` and error messages print it.
  @Override
  public String toString() {
    return switch (kind) {
      case DECIMAL -> "numeric(" + precision + "," + scale + ")";
      case CHAR, VARCHAR, VARBYTE ->
          precision > 0 ? kind.sqlName() + "(" + precision + ")" : kind.sqlName();
      default -> kind.sqlName();
    };
  }
}
