package io.redward.functions.signature;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;

/// What a parameter of a function takes: one SQL type or a family whose members the implementation
/// treats alike. [#cost] ranks the conversions that a call applies by itself, from 0 (none needed)
/// up; [#REFUSED] means that there is none.
public enum ParameterType {
  BOOLEAN("boolean", SqlType.BOOLEAN),
  /// SMALLINT too, unchanged.
  INTEGER("integer", SqlType.INTEGER),
  BIGINT("bigint", SqlType.BIGINT),
  /// A decimal of up to 18 digits, of any scale.
  DECIMAL("numeric", SqlType.decimal(18, 0)),
  /// A decimal of 19 to 38 digits, of any scale.
  WIDE_DECIMAL("numeric", SqlType.decimal(38, 0)),
  /// REAL too, unchanged.
  DOUBLE("double precision", SqlType.DOUBLE),
  /// CHAR, TEXT and NAME too, unchanged.
  STRING("character varying", SqlType.varchar(SqlType.MAX_VARCHAR_BYTES)),
  DATE("date", SqlType.DATE),
  TIME("time without time zone", SqlType.TIME),
  TIMETZ("time with time zone", SqlType.TIMETZ),
  TIMESTAMP("timestamp without time zone", SqlType.TIMESTAMP),
  TIMESTAMPTZ("timestamp with time zone", SqlType.TIMESTAMPTZ),
  INTERVAL_MONTHS("interval year to month", SqlType.INTERVAL_YEAR_MONTH),
  INTERVAL_MICROS("interval day to second", SqlType.INTERVAL_DAY_SECOND),
  VARBYTE("binary varying", SqlType.varbyte(SqlType.MAX_VARCHAR_BYTES)),
  /// The code of a date part: the binder writes `month` and `'month'` as an integer literal, for
  /// the functions that `FunctionCatalog.takesDatePart` names.
  DATE_PART("datepart", SqlType.INTEGER),
  /// REGCLASS and its kin too, unchanged.
  OID("oid", SqlType.OID),
  /// Strings, numbers and booleans too, converted.
  SUPER("super", SqlType.of(TypeKind.SUPER)),
  GEOMETRY("geometry", SqlType.of(TypeKind.GEOMETRY)),
  GEOGRAPHY("geography", SqlType.of(TypeKind.GEOGRAPHY)),
  HLLSKETCH("hllsketch", SqlType.of(TypeKind.HLLSKETCH)),
  TEXT_ARRAY("text[]", SqlType.of(TypeKind.TEXT_ARRAY));

  /// The cost of an argument that is not taken at all.
  public static final int REFUSED = 1_000;

  private static final int UNLIKELY = 20;
  private static final int TEXT_TO_VALUE = 30;
  private static final int VALUE_TO_TEXT = 40;

  private final String sqlName;
  private final SqlType type;

  ParameterType(String sqlName, SqlType type) {
    this.sqlName = sqlName;
    this.type = type;
  }

  /// As error messages and the manual print it.
  public String sqlName() {
    return sqlName;
  }

  /// How far an argument of type `actual` is from this parameter.
  public int cost(SqlType actual) {
    if (this == DATE_PART) {
      return actual.kind() == TypeKind.INTEGER ? 0 : REFUSED;
    }
    if (actual.kind() == TypeKind.UNKNOWN) {
      return untypedCost();
    }
    if (this == STRING) {
      return actual.kind().isString() ? 0 : textCost(actual);
    }
    if (actual.kind().isString()) {
      return this == TEXT_ARRAY ? REFUSED : TEXT_TO_VALUE + untypedCost();
    }
    return switch (this) {
      case BOOLEAN -> actual.kind() == TypeKind.BOOLEAN ? 0 : REFUSED;
      case INTEGER, BIGINT, DECIMAL, WIDE_DECIMAL, DOUBLE -> numericCost(actual);
      case DATE, TIME, TIMETZ, TIMESTAMP, TIMESTAMPTZ -> datetimeCost(actual.kind());
      case OID -> oidCost(actual.kind());
      case SUPER -> superCost(actual.kind());
      default -> actual.kind() == type.kind() ? 0 : REFUSED;
    };
  }

  /// The type to cast an argument of type `actual` to; `actual` itself where no cast is needed.
  public SqlType coerced(SqlType actual) {
    TypeKind kind = actual.kind();
    return switch (this) {
      case STRING -> kind.isString() ? actual : SqlType.varchar(textLength(actual));
      case INTEGER -> kind == TypeKind.SMALLINT ? actual : type;
      case DOUBLE -> kind == TypeKind.REAL ? actual : type;
      case DECIMAL -> kind == TypeKind.DECIMAL ? actual : exact(actual, type);
      case WIDE_DECIMAL -> {
        SqlType exact = exact(actual, SqlType.decimal(38, 10));
        int precision = Math.max(SqlType.MAX_LONG_DECIMAL_PRECISION + 1, exact.precision());
        yield SqlType.decimal(precision, exact.scale());
      }
      case OID -> kind == TypeKind.UNKNOWN || kind.isString() ? type : oidOf(actual);
      case VARBYTE ->
          kind == TypeKind.VARBYTE ? actual : SqlType.varbyte(ResultRule.lengthOf(actual));
      default -> type;
    };
  }

  private static int superCost(TypeKind actual) {
    return actual == TypeKind.SUPER
        ? 0
        : actual.isNumeric() || actual == TypeKind.BOOLEAN ? TEXT_TO_VALUE : REFUSED;
  }

  private static SqlType exact(SqlType actual, SqlType otherwise) {
    return switch (actual.kind()) {
      case DECIMAL -> actual;
      case SMALLINT -> SqlType.decimal(5, 0);
      case INTEGER -> SqlType.decimal(10, 0);
      case BIGINT -> SqlType.decimal(19, 0);
      default -> otherwise;
    };
  }

  private static SqlType oidOf(SqlType actual) {
    return actual.kind() == TypeKind.BIGINT || actual.kind() == TypeKind.DECIMAL
        ? SqlType.OID
        : actual;
  }

  /// Long enough for the text of any value of the type.
  private static int textLength(SqlType type) {
    return switch (type.kind()) {
      case UNKNOWN -> ResultRule.lengthOf(type);
      case BOOLEAN -> 5;
      case SMALLINT -> 6;
      case INTEGER, OID -> 11;
      case BIGINT -> 20;
      case DECIMAL -> type.precision() + 3;
      default -> 64;
    };
  }

  private int untypedCost() {
    return switch (this) {
      case STRING -> 1;
      case TIMESTAMP, DOUBLE -> 2;
      case DATE, BIGINT -> 3;
      case TEXT_ARRAY -> REFUSED;
      default -> 4;
    };
  }

  private static int textCost(SqlType actual) {
    return switch (actual.kind()) {
      case SUPER, GEOMETRY, GEOGRAPHY, HLLSKETCH, VARBYTE, VOID -> REFUSED;
      case TEXT_ARRAY, INT_ARRAY, OID_ARRAY, CHAR_ARRAY -> REFUSED;
      default -> VALUE_TO_TEXT;
    };
  }

  private int numericCost(SqlType actual) {
    TypeKind kind = actual.kind();
    if (kind == TypeKind.OID && (this == INTEGER || this == BIGINT)) {
      return this == BIGINT ? 1 : 2;
    }
    if (!kind.isNumeric()) {
      return REFUSED;
    }
    boolean wide =
        kind == TypeKind.DECIMAL && actual.precision() > SqlType.MAX_LONG_DECIMAL_PRECISION;
    return switch (this) {
      case INTEGER ->
          switch (kind) {
            case INTEGER -> 0;
            case SMALLINT -> 1;
            case BIGINT -> UNLIKELY;
            default -> UNLIKELY + 2;
          };
      case BIGINT ->
          switch (kind) {
            case BIGINT -> 0;
            case INTEGER -> 1;
            case SMALLINT -> 2;
            default -> UNLIKELY + 1;
          };
      case DECIMAL ->
          switch (kind) {
            case DECIMAL -> wide ? REFUSED : 0;
            case INTEGER, SMALLINT -> 3;
            default -> REFUSED;
          };
      case WIDE_DECIMAL -> kind == TypeKind.DECIMAL ? wide ? 0 : 1 : kind.isInteger() ? 4 : REFUSED;
      default -> kind == TypeKind.DOUBLE ? 0 : kind == TypeKind.REAL ? 1 : 6;
    };
  }

  private int datetimeCost(TypeKind actual) {
    if (actual == type.kind()) {
      return 0;
    }
    return switch (this) {
      case TIMESTAMP ->
          actual == TypeKind.DATE ? 1 : actual == TypeKind.TIMESTAMPTZ ? UNLIKELY : REFUSED;
      case TIMESTAMPTZ -> actual == TypeKind.TIMESTAMP ? 2 : actual == TypeKind.DATE ? 3 : REFUSED;
      case DATE ->
          actual == TypeKind.TIMESTAMP || actual == TypeKind.TIMESTAMPTZ ? UNLIKELY : REFUSED;
      case TIMETZ -> actual == TypeKind.TIME ? 1 : REFUSED;
      default -> REFUSED;
    };
  }

  private static int oidCost(TypeKind actual) {
    return switch (actual) {
      case OID, REGCLASS, REGPROC, REGTYPE -> 0;
      case SMALLINT, INTEGER -> 1;
      case BIGINT -> 2;
      default -> REFUSED;
    };
  }

  /// The form in which the implementation gets the argument.
  public io.redward.foundation.types.Physical physical() {
    return type.physical();
  }
}
