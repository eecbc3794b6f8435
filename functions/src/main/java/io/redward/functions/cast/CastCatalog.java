package io.redward.functions.cast;

import static io.redward.foundation.types.Physical.BYTES;
import static io.redward.foundation.types.Physical.DOUBLE;
import static io.redward.foundation.types.Physical.INT;
import static io.redward.foundation.types.Physical.INT128;
import static io.redward.foundation.types.Physical.LONG;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.signature.FunctionImplementation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which conversions there are, and the method of each that is not inline.
public final class CastCatalog {
  private CastCatalog() {}

  /// The method that converts values of `from` to `to`, in the physical forms of these types; empty
  /// if generated code converts them itself (numbers, booleans and their kin among each other, and
  /// types whose values look the same) or there is no such conversion.
  ///
  /// TIMESTAMPTZ values are converted as if the session's time zone were UTC; where it is another
  /// the binder calls a function that takes the zone.
  ///
  /// @param strict for assignment to a column: a string too long is an error
  public static Optional<CastImplementation> implementation(
      SqlType from, SqlType to, boolean strict) {
    TypeKind source = from.kind();
    TypeKind target = to.kind();
    if (target.isString()) {
      return toText(from, to, strict);
    }
    if (target == TypeKind.SUPER && source.isNumeric()) {
      return toText(from, SqlType.varchar(SqlType.MAX_VARCHAR_BYTES), strict);
    }
    if (source.isString() || source == TypeKind.UNKNOWN) {
      return fromText(to, strict);
    }
    if (target == TypeKind.VARBYTE) {
      return toVarbyte(from, to, strict);
    }
    if (source.isDatetime() || source.isInterval()) {
      return DatetimeCasts.implementation(from, to);
    }
    if (target == TypeKind.DECIMAL && source.isFloating()) {
      return to.physical() == LONG
          ? values("decimalFromDouble", DOUBLE, LONG, to.precision(), to.scale())
          : values("wideDecimalFromDouble", DOUBLE, INT128, to.precision(), to.scale());
    }
    if (source == TypeKind.DECIMAL && target.isFloating()) {
      return from.physical() == LONG
          ? values("doubleFromDecimal", LONG, DOUBLE, from.scale())
          : values("doubleFromWideDecimal", INT128, DOUBLE, from.scale());
    }
    return Optional.empty();
  }

  /// The method of TRY_CAST, which answers NULL where the conversion fails; empty where it cannot
  /// fail, and for conversions among numbers. It is that of the conversion by another owner.
  public static Optional<CastImplementation> orNull(SqlType from, SqlType to) {
    boolean isText = from.kind().isString() || from.kind() == TypeKind.UNKNOWN;
    if (!isText
        || to.kind().isString()
        || to.kind() == TypeKind.VARBYTE
        || to.kind() == TypeKind.OID) {
      return Optional.empty();
    }
    return implementation(from, to, false)
        .map(
            cast ->
                new CastImplementation(
                    new FunctionImplementation(
                        TryCasts.class,
                        cast.function().method(),
                        cast.function().arguments(),
                        cast.function().result(),
                        true),
                    cast.trailing()));
  }

  private static Optional<CastImplementation> toText(SqlType from, SqlType to, boolean strict) {
    int length = to.precision();
    int error = strict ? 1 : 0;
    return switch (from.kind()) {
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
          VOID -> {
        if (to.kind() == TypeKind.CHAR) {
          yield text("character", BYTES, length, error);
        }
        boolean fits = length == 0 || from.precision() > 0 && from.precision() <= length;
        yield fits && from.kind().isString()
            ? Optional.empty()
            : text("varchar", BYTES, length, error);
      }
      case BOOLEAN -> text("fromBoolean", INT, length, error);
      case SMALLINT, INTEGER -> text("fromInt", INT, length, error);
      case BIGINT -> text("fromLong", LONG, length, error);
      case OID, REGCLASS, REGPROC, REGTYPE -> text("fromOid", INT, length, error);
      case REAL -> text("fromReal", DOUBLE, length, error);
      case DOUBLE -> text("fromDouble", DOUBLE, length, error);
      case DECIMAL ->
          from.physical() == LONG
              ? text("fromDecimal", LONG, from.scale(), length, error)
              : text("fromWideDecimal", INT128, from.scale(), length, error);
      case DATE, TIME, TIMETZ, TIMESTAMP, TIMESTAMPTZ, INTERVAL_YEAR_MONTH, INTERVAL_DAY_SECOND ->
          DatetimeCasts.toText(from.kind(), length, error);
    };
  }

  private static Optional<CastImplementation> fromText(SqlType to, boolean strict) {
    return switch (to.kind()) {
      case BOOLEAN -> values("toBoolean", BYTES, INT);
      case SMALLINT -> values("toShort", BYTES, INT);
      case INTEGER -> values("toInt", BYTES, INT);
      case BIGINT -> values("toLong", BYTES, LONG);
      case OID -> values("toOid", BYTES, INT);
      case REAL -> values("toReal", BYTES, DOUBLE);
      case DOUBLE -> values("toDouble", BYTES, DOUBLE);
      case DECIMAL ->
          to.physical() == LONG
              ? values("toDecimal", BYTES, LONG, to.precision(), to.scale())
              : values("toWideDecimal", BYTES, INT128, to.precision(), to.scale());
      case VARBYTE -> text("varbyte", BYTES, to.precision(), strict ? 1 : 0);
      case DATE, TIME, TIMETZ, TIMESTAMP, TIMESTAMPTZ, INTERVAL_YEAR_MONTH, INTERVAL_DAY_SECOND ->
          DatetimeCasts.fromText(to.kind());
      default -> Optional.empty();
    };
  }

  private static Optional<CastImplementation> toVarbyte(SqlType from, SqlType to, boolean strict) {
    return switch (from.kind()) {
      case VARBYTE -> text("varbyte", BYTES, to.precision(), strict ? 1 : 0);
      case SMALLINT -> text("varbyteFromInt", INT, Short.BYTES);
      case INTEGER -> text("varbyteFromInt", INT, Integer.BYTES);
      case BIGINT -> text("varbyteFromLong", LONG);
      default -> Optional.empty();
    };
  }

  private static Optional<CastImplementation> text(String method, Physical from, int... trailing) {
    return Optional.of(cast(TextCasts.class, method, from, BYTES, trailing));
  }

  private static Optional<CastImplementation> values(
      String method, Physical from, Physical to, int... trailing) {
    return Optional.of(cast(ValueCasts.class, method, from, to, trailing));
  }

  static CastImplementation cast(
      Class<?> owner, String method, Physical from, Physical to, int... trailing) {
    List<Physical> forms = new ArrayList<>(List.of(from));
    List<Integer> constants = new ArrayList<>();
    for (int constant : trailing) {
      forms.add(INT);
      constants.add(constant);
    }
    return new CastImplementation(
        new FunctionImplementation(owner, method, forms, to, false), constants);
  }
}
