package io.redward.load.format;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.BytesView;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.ValueOut;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.json.Json;
import io.redward.functions.json.SuperValue;
import io.redward.functions.spatial.SpatialTexts;
import io.redward.spi.CopyRequest.Conversion;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Turns the bytes of one column's fields into values of its vector. The forms that files are full
/// of (integers, plain decimals, ISO dates) are read digit by digit; everything else goes through
/// the functions' own conversions from text.
final class FieldConverter {
  private static final int MAX_POWER = 18;
  private static final long[] POWERS = powers();

  private final SqlType type;
  private final TypeKind kind;
  private final boolean string;
  private final Conversion conversion;
  private final TemporalFields temporal;
  private final ValueOut parsed = new ValueOut();
  private boolean replaced;

  FieldConverter(SqlType type, Conversion conversion) {
    this.type = type;
    this.kind = type.kind();
    this.string =
        switch (kind) {
          case CHAR, VARCHAR, TEXT, NAME, UNKNOWN -> true;
          default -> false;
        };
    this.conversion = conversion;
    this.temporal = new TemporalFields(type, conversion);
  }

  private static long[] powers() {
    long[] powers = new long[MAX_POWER + 1];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = 10 * powers[i - 1];
    }
    return powers;
  }

  /// Sets row `row` of `out` from a field that is not NULL.
  ///
  /// @throws FieldError if the bytes are no value of the column's type
  void convert(byte[] bytes, int offset, int length, Vector out, int row) {
    if (string) {
      string(bytes, offset, length, (BytesVector) out, row);
      return;
    }
    int from = offset;
    int to = offset + length;
    while (from < to && bytes[from] == ' ') {
      from++;
    }
    while (to > from && bytes[to - 1] == ' ') {
      to--;
    }
    plain(bytes, from, to - from, out, row);
  }

  private void plain(byte[] bytes, int offset, int length, Vector out, int row) {
    switch (kind) {
      case BOOLEAN -> ((IntVector) out).values[row] = bool(bytes, offset, length);
      case SMALLINT ->
          ((IntVector) out).values[row] =
              (int) integer(bytes, offset, length, Short.MIN_VALUE, Short.MAX_VALUE);
      case INTEGER, OID ->
          ((IntVector) out).values[row] =
              (int) integer(bytes, offset, length, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BIGINT ->
          ((LongVector) out).values[row] =
              integer(bytes, offset, length, Long.MIN_VALUE, Long.MAX_VALUE);
      case DECIMAL -> decimal(bytes, offset, length, out, row);
      case REAL -> ((DoubleVector) out).values[row] = (float) floating(bytes, offset, length);
      case DOUBLE -> ((DoubleVector) out).values[row] = floating(bytes, offset, length);
      case DATE -> ((IntVector) out).values[row] = (int) temporal.parse(bytes, offset, length);
      case TIME, TIMETZ, TIMESTAMP, TIMESTAMPTZ ->
          ((LongVector) out).values[row] = temporal.parse(bytes, offset, length);
      case SUPER -> json(bytes, offset, length, (BytesVector) out, row);
      case VARBYTE -> varbyte(bytes, offset, length, (BytesVector) out, row);
      case GEOMETRY, GEOGRAPHY -> shape(bytes, offset, length, (BytesVector) out, row);
      default ->
          throw new FieldError(
              FieldError.INVALID_NUMBER,
              "COPY into a column of type " + type + " is not supported");
    }
  }

  /// Whether ACCEPTINVCHARS has replaced something since this was last asked.
  boolean hasReplaced() {
    boolean was = replaced;
    replaced = false;
    return was;
  }

  /// A field of a SUPER column is JSON; its blanks go, in place.
  private void json(byte[] bytes, int offset, int length, BytesVector out, int row) {
    if (Json.canParse(bytes, offset, length) == 0) {
      throw new FieldError(
          FieldError.INVALID_JSON, "Invalid JSON format: the value of a SUPER column is no JSON");
    }
    SuperValue.parse(bytes, offset, length, parsed);
    System.arraycopy(parsed.page, parsed.offset, bytes, offset, parsed.length);
    out.views[row] = BytesView.of(0, offset, parsed.length);
  }

  /// Hexadecimal EWKB, which leaves room for what it says; texts of other forms may not.
  private void shape(byte[] bytes, int offset, int length, BytesVector out, int row) {
    try {
      if (kind == TypeKind.GEOMETRY) {
        SpatialTexts.parse(bytes, offset, length, parsed);
      } else {
        SpatialTexts.geography(bytes, offset, length, parsed);
      }
    } catch (SqlException e) {
      throw new FieldError(FieldError.INVALID_SHAPE, String.valueOf(e.getMessage()));
    }
    if (parsed.length > length) {
      throw new FieldError(FieldError.INVALID_SHAPE, "Invalid EWKB: it must be hexadecimal");
    }
    System.arraycopy(parsed.page, parsed.offset, bytes, offset, parsed.length);
    out.views[row] = BytesView.of(0, offset, parsed.length);
  }

  private void string(byte[] bytes, int offset, int length, BytesVector out, int row) {
    if (!Utf8.isAscii(bytes, offset, length)) {
      repair(bytes, offset, length);
    }
    int kept = length;
    boolean fixed = kind == TypeKind.CHAR;
    if (conversion.trimBlanks() || fixed) {
      while (kept > 0 && bytes[offset + kept - 1] == ' ') {
        kept--;
      }
    }
    int limit = type.precision() > 0 ? type.precision() : SqlType.MAX_VARCHAR_BYTES;
    if (kept > limit) {
      if (!conversion.truncateColumns()) {
        throw new FieldError(FieldError.STRING_TOO_LONG, "String length exceeds DDL length");
      }
      kept = Utf8.boundary(bytes, offset, limit);
    }
    out.views[row] = BytesView.of(0, offset, kept);
  }

  /// Checks that the bytes are UTF-8, replacing what is not where ACCEPTINVCHARS says so.
  private void repair(byte[] bytes, int offset, int length) {
    int bad = Utf8.firstInvalid(bytes, offset, length);
    while (bad >= 0) {
      if (conversion.acceptInvalidChars().isEmpty()) {
        throw new FieldError(
            FieldError.INVALID_UTF8,
            "String contains invalid or unsupported UTF8 codepoints. Bad UTF8 hex sequence: "
                + Integer.toHexString(bytes[bad] & 0xFF)
                + " (error 4)");
      }
      bytes[bad] = conversion.acceptInvalidChars().get();
      replaced = true;
      bad = Utf8.firstInvalid(bytes, bad, offset + length - bad);
    }
  }

  private long integer(byte[] bytes, int offset, int length, long min, long max) {
    int at = offset;
    int end = offset + length;
    boolean negative = false;
    if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
      negative = bytes[at] == '-';
      at++;
    }
    int digits = end - at;
    if (digits < 1) {
      throw invalidNumber(bytes, offset, length, at);
    }
    long few = ByteScan.digits(bytes, at, digits);
    if (few >= 0) {
      return within(negative ? -few : few, min, max);
    }
    // Accumulated negatively, because the negative range is the larger one.
    long value = 0;
    for (; at < end; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        throw invalidNumber(bytes, offset, length, at);
      }
      if (value < -922_337_203_685_477_580L
          || value == -922_337_203_685_477_580L && digit > (negative ? 8 : 7)) {
        throw overflow();
      }
      value = value * 10 - digit;
    }
    return within(negative ? value : -value, min, max);
  }

  private static long within(long value, long min, long max) {
    if (value < min || value > max) {
      throw overflow();
    }
    return value;
  }

  private void decimal(byte[] bytes, int offset, int length, Vector out, int row) {
    int scale = type.scale();
    int point = offset + length - 1 - scale;
    if (scale > 0 && point > offset && bytes[point] == '.' && point - offset + scale <= 16) {
      // As files have it mostly: all digits of the scale, and no sign.
      long whole = ByteScan.digits(bytes, offset, point - offset);
      long fraction = ByteScan.digits(bytes, point + 1, scale);
      if (whole >= 0 && fraction >= 0) {
        setWithin(whole * power(scale) + fraction, false, point - offset, out, row);
        return;
      }
    }
    int at = offset;
    int end = offset + length;
    boolean negative = false;
    if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
      negative = bytes[at] == '-';
      at++;
    }
    long value = 0;
    int integerDigits = 0;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && integerDigits < 18) {
      value = value * 10 + (bytes[at++] - '0');
      integerDigits++;
    }
    int fractionDigits = 0;
    if (at < end && bytes[at] == '.') {
      at++;
      while (at < end
          && bytes[at] >= '0'
          && bytes[at] <= '9'
          && fractionDigits < scale
          && integerDigits + fractionDigits < 18) {
        value = value * 10 + (bytes[at++] - '0');
        fractionDigits++;
      }
    }
    boolean simple = at == end && integerDigits + fractionDigits > 0 && integerDigits + scale <= 18;
    if (!simple) {
      wideDecimal(bytes, offset, length, out, row);
      return;
    }
    for (int i = fractionDigits; i < scale; i++) {
      value *= 10;
    }
    setWithin(value, negative, integerDigits, out, row);
  }

  private void setWithin(long value, boolean negative, int integerDigits, Vector out, int row) {
    if (integerDigits > type.precision() - type.scale() && value >= power(type.precision())) {
      throw overflow();
    }
    set(negative ? -value : value, out, row);
  }

  private static long power(int exponent) {
    return exponent > MAX_POWER ? Long.MAX_VALUE : POWERS[exponent];
  }

  private static void set(long unscaled, Vector out, int row) {
    if (out instanceof LongVector longs) {
      longs.values[row] = unscaled;
    } else {
      Int128Vector wide = (Int128Vector) out;
      wide.high[row] = unscaled >> 63;
      wide.low[row] = unscaled;
    }
  }

  /// Exponents, many digits, and digits beyond the scale: cut off, or rounded with ROUNDEC.
  private void wideDecimal(byte[] bytes, int offset, int length, Vector out, int row) {
    BigDecimal value;
    try {
      value = new BigDecimal(ascii(bytes, offset, length));
    } catch (NumberFormatException e) {
      throw invalidNumber(bytes, offset, length, offset);
    }
    if (Math.abs((long) value.scale()) > 1_000) {
      throw overflow();
    }
    RoundingMode rounding = conversion.roundDecimals() ? RoundingMode.HALF_UP : RoundingMode.DOWN;
    BigDecimal scaled = value.setScale(type.scale(), rounding);
    if (scaled.precision() > type.precision() && scaled.signum() != 0) {
      throw overflow();
    }
    if (type.physical() == Physical.LONG) {
      set(scaled.unscaledValue().longValueExact(), out, row);
    } else {
      Int128 wide = Int128.of(scaled.unscaledValue());
      ((Int128Vector) out).high[row] = wide.high();
      ((Int128Vector) out).low[row] = wide.low();
    }
  }

  private double floating(byte[] bytes, int offset, int length) {
    String text = ascii(bytes, offset, length);
    try {
      if (text.isEmpty() || "dDfF".indexOf(text.charAt(text.length() - 1)) >= 0) {
        throw new NumberFormatException();
      }
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
        case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
        default -> Double.parseDouble(text);
      };
    } catch (NumberFormatException e) {
      throw invalidNumber(bytes, offset, length, offset);
    }
  }

  private static int bool(byte[] bytes, int offset, int length) {
    return switch (ascii(bytes, offset, length).toLowerCase(Locale.ROOT)) {
      case "t", "true", "y", "yes", "1", "on" -> 1;
      case "f", "false", "n", "no", "0", "off" -> 0;
      default -> throw new FieldError(FieldError.INVALID_BOOLEAN, "Unknown boolean format");
    };
  }

  private void varbyte(byte[] bytes, int offset, int length, BytesVector out, int row) {
    if ((length & 1) != 0) {
      throw new FieldError(FieldError.INVALID_NUMBER, "Invalid hexadecimal string for varbyte");
    }
    int at = offset;
    for (int i = offset; i < offset + length; i += 2) {
      int high = Character.digit(bytes[i], 16);
      int low = Character.digit(bytes[i + 1], 16);
      if (high < 0 || low < 0) {
        throw new FieldError(FieldError.INVALID_NUMBER, "Invalid hexadecimal string for varbyte");
      }
      bytes[at++] = (byte) (high << 4 | low);
    }
    int limit = type.precision() > 0 ? type.precision() : SqlType.MAX_VARCHAR_BYTES;
    if (at - offset > limit) {
      throw new FieldError(FieldError.STRING_TOO_LONG, "String length exceeds DDL length");
    }
    out.views[row] = BytesView.of(0, offset, at - offset);
  }

  static String ascii(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }

  private static FieldError overflow() {
    return new FieldError(FieldError.OVERFLOW, "Numeric data overflow (result precision)");
  }

  private FieldError invalidNumber(byte[] bytes, int offset, int length, int at) {
    String culprit = at < offset + length ? Character.toString(bytes[at] & 0xFF) : "";
    return new FieldError(
        FieldError.INVALID_NUMBER,
        "Invalid digit, Value '" + culprit + "', Pos " + (at - offset) + ", Type: " + word());
  }

  /// What errors of digits call the column's type.
  private String word() {
    return switch (type.kind()) {
      case SMALLINT -> "Short";
      case INTEGER -> "Integer";
      case BIGINT -> "Long";
      case DECIMAL -> "Decimal";
      case REAL -> "Float";
      case DOUBLE -> "Double";
      default -> "Numeric";
    };
  }
}
