package io.redward.leader.binder;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.leader.sql.ast.TypeName;
import java.util.List;

/// Type names to types.
public final class TypeResolver {
  private static final int DEFAULT_VARCHAR_BYTES = 256;
  private static final int DEFAULT_VARBYTE_BYTES = 64_000;
  private static final int MAX_VARBYTE_BYTES = 1_024_000;

  /// What a mistyped name may have been meant to be.
  private static final List<String> NAMES =
      List.of(
          "boolean",
          "smallint",
          "integer",
          "int",
          "bigint",
          "decimal",
          "numeric",
          "real",
          "float",
          "double precision",
          "char",
          "character",
          "varchar",
          "text",
          "date",
          "time",
          "timetz",
          "timestamp",
          "timestamptz",
          "interval",
          "varbyte",
          "super",
          "geometry",
          "geography",
          "hllsketch");

  private TypeResolver() {}

  /// The type a name in a statement means.
  ///
  /// @throws SqlException 42704 if there is no such type, 22023 for bad modifiers
  public static SqlType resolve(TypeName name) {
    if (name.arrayDimensions() > 0) {
      return switch (name.name()) {
        case "text", "varchar", "name", "char", "bpchar", "aclitem" ->
            SqlType.of(TypeKind.TEXT_ARRAY);
        case "integer", "smallint", "bigint" -> SqlType.of(TypeKind.INT_ARRAY);
        case "oid" -> SqlType.of(TypeKind.OID_ARRAY);
        default -> throw unknown(name);
      };
    }
    return switch (name.name()) {
      case "boolean", "bool" -> SqlType.BOOLEAN;
      case "smallint", "int2" -> SqlType.SMALLINT;
      case "integer", "int", "int4" -> SqlType.INTEGER;
      case "bigint", "int8" -> SqlType.BIGINT;
      case "decimal", "numeric" -> decimal(name);
      case "real", "float4" -> SqlType.REAL;
      case "double precision", "float8", "float" -> SqlType.DOUBLE;
      case "char", "character", "bpchar" -> character(name);
      case "varchar", "text" -> varchar(name);
      case "name" -> SqlType.NAME;
      case "date" -> SqlType.DATE;
      case "time" -> SqlType.TIME;
      case "timetz" -> SqlType.TIMETZ;
      case "timestamp" -> SqlType.TIMESTAMP;
      case "timestamptz" -> SqlType.TIMESTAMPTZ;
      case "interval" -> interval(name);
      case "varbyte", "bytea" -> varbyte(name);
      case "super" -> SqlType.of(TypeKind.SUPER);
      case "geometry" -> SqlType.of(TypeKind.GEOMETRY);
      case "geography" -> SqlType.of(TypeKind.GEOGRAPHY);
      case "hllsketch" -> SqlType.of(TypeKind.HLLSKETCH);
      case "oid" -> SqlType.OID;
      case "regclass" -> SqlType.of(TypeKind.REGCLASS);
      case "regprocedure" -> SqlType.of(TypeKind.REGPROC);
      case "regproc" -> SqlType.of(TypeKind.REGPROC);
      case "regtype" -> SqlType.of(TypeKind.REGTYPE);
      case "\"char\"" -> SqlType.character(1);
      default -> throw unknown(name);
    };
  }

  private static SqlException unknown(TypeName name) {
    return Suggestions.hinted(
        new SqlException(SqlState.UNDEFINED_OBJECT, "type \"" + name.name() + "\" does not exist")
            .withPosition(name.position()),
        name.name(),
        NAMES,
        "the type");
  }

  private static SqlType interval(TypeName name) {
    boolean yearMonth = name.interval().isPresent() && name.interval().get().isYearMonth();
    return yearMonth ? SqlType.INTERVAL_YEAR_MONTH : SqlType.INTERVAL_DAY_SECOND;
  }

  private static SqlType decimal(TypeName name) {
    List<Integer> modifiers = name.modifiers();
    int precision = modifiers.isEmpty() ? 18 : modifiers.getFirst();
    int scale = modifiers.size() < 2 ? 0 : modifiers.get(1);
    if (precision < 1 || precision > SqlType.MAX_DECIMAL_PRECISION) {
      throw invalid(
          name,
          "NUMERIC precision "
              + precision
              + " must be between 1 and "
              + SqlType.MAX_DECIMAL_PRECISION);
    }
    if (scale < 0 || scale > Math.min(precision, SqlType.MAX_DECIMAL_SCALE)) {
      throw invalid(
          name, "NUMERIC scale " + scale + " must be between 0 and precision " + precision);
    }
    return SqlType.decimal(precision, scale);
  }

  private static SqlType character(TypeName name) {
    int fallback = name.name().equals("bpchar") ? DEFAULT_VARCHAR_BYTES : 1;
    return SqlType.character(length(name, "character", fallback, SqlType.MAX_CHAR_BYTES));
  }

  private static SqlType varchar(TypeName name) {
    return SqlType.varchar(
        length(name, "character varying", DEFAULT_VARCHAR_BYTES, SqlType.MAX_VARCHAR_BYTES));
  }

  private static SqlType varbyte(TypeName name) {
    return SqlType.varbyte(
        length(name, "binary varying", DEFAULT_VARBYTE_BYTES, MAX_VARBYTE_BYTES));
  }

  private static int length(TypeName name, String typeText, int fallback, int max) {
    if (name.modifiers().isEmpty()) {
      return fallback;
    }
    int length = name.modifiers().getFirst();
    if (length == TypeName.MAX) {
      return max;
    }
    if (length < 1) {
      throw invalid(name, "length for type " + typeText + " must be at least 1");
    }
    if (length > max) {
      throw invalid(name, "length for type " + typeText + " cannot exceed " + max);
    }
    return length;
  }

  private static SqlException invalid(TypeName name, String message) {
    return new SqlException(SqlState.INVALID_PARAMETER_VALUE, message)
        .withPosition(name.position());
  }
}
