package io.redward.gateway.pgwire;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Constant;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// PostgreSQL's binary forms where they are more than a big-endian number: numeric, and parameters
/// of every type on their way in. Days and microseconds count from 2000-01-01 on the wire.
final class BinaryForm {
  static final int EPOCH_DAYS = 10_957;
  static final long EPOCH_MICROS = EPOCH_DAYS * 86_400_000_000L;
  private static final BigInteger BASE = BigInteger.valueOf(10_000);

  private static final int NUMERIC_HEAD = 8;
  private static final int LONG_SCALE = 18;
  private static final long[] TENS = new long[LONG_SCALE + 1];

  static {
    TENS[0] = 1;
    for (int i = 1; i <= LONG_SCALE; i++) {
      TENS[i] = 10 * TENS[i - 1];
    }
  }

  private BinaryForm() {}

  /// Numeric: digit count, weight of the first digit, sign, display scale, digits in base 10,000.
  static void numeric(MessageWriter out, Int128 unscaled, int scale) {
    BigInteger magnitude = unscaled.toBigInteger();
    boolean negative = magnitude.signum() < 0;
    int fractionDigits = (scale + 3) / 4;
    BigInteger rest = magnitude.abs().multiply(BigInteger.TEN.pow(fractionDigits * 4 - scale));
    int[] digits = new int[24];
    int first = digits.length;
    while (rest.signum() != 0) {
      BigInteger[] parts = rest.divideAndRemainder(BASE);
      digits[--first] = parts[1].intValue();
      rest = parts[0];
    }
    int last = digits.length;
    while (last > first && digits[last - 1] == 0) {
      last--;
    }
    out.int16(last - first);
    out.int16(first == last ? 0 : digits.length - first - fractionDigits - 1);
    out.int16(negative ? 0x4000 : 0);
    out.int16(scale);
    for (int i = first; i < last; i++) {
      out.int16(digits[i]);
    }
  }

  /// The same of a number that fits a long, without an object. Digits are written from the last to
  /// the first behind the head; a scale over 18 is the other method's.
  static void numeric(MessageWriter out, long unscaled, int scale) {
    if (scale > LONG_SCALE) {
      numeric(out, Int128.of(unscaled), scale);
      return;
    }
    long magnitude = Math.abs(unscaled);
    long whole = scale == 0 ? magnitude : Long.divideUnsigned(magnitude, TENS[scale]);
    long fraction = scale == 0 ? 0 : Long.remainderUnsigned(magnitude, TENS[scale]);
    int fractionDigits = (scale + 3) / 4;
    int wholeDigits = 0;
    for (long rest = whole; rest != 0; rest = Long.divideUnsigned(rest, 10_000)) {
      wholeDigits++;
    }
    int count = wholeDigits + fractionDigits;
    byte[] buffer = out.reserve(NUMERIC_HEAD + 2 * count);
    int at = out.position();
    int digits = at + NUMERIC_HEAD;
    int inLast = scale - 4 * (fractionDigits - 1);
    for (int i = count - 1; i >= wholeDigits; i--) {
      long unit = i == count - 1 ? TENS[inLast] : 10_000;
      setDigit(buffer, digits + 2 * i, fraction % unit * (10_000 / unit));
      fraction /= unit;
    }
    for (int i = wholeDigits - 1; i >= 0; i--) {
      setDigit(buffer, digits + 2 * i, Long.remainderUnsigned(whole, 10_000));
      whole = Long.divideUnsigned(whole, 10_000);
    }
    int first = 0;
    while (first < count && isZero(buffer, digits + 2 * first)) {
      first++;
    }
    int last = count;
    while (last > first && isZero(buffer, digits + 2 * last - 2)) {
      last--;
    }
    if (first > 0) {
      System.arraycopy(buffer, digits + 2 * first, buffer, digits, 2 * (last - first));
    }
    out.int16(last - first);
    out.int16(first == last ? 0 : wholeDigits - first - 1);
    out.int16(unscaled < 0 ? 0x4000 : 0);
    out.int16(scale);
    out.advanceTo(digits + 2 * (last - first));
  }

  private static void setDigit(byte[] buffer, int at, long digit) {
    buffer[at] = (byte) (digit >> 8);
    buffer[at + 1] = (byte) digit;
  }

  private static boolean isZero(byte[] buffer, int at) {
    return (buffer[at] | buffer[at + 1]) == 0;
  }

  /// A parameter in binary form, as the constant its type wants.
  static Constant parameter(SqlType type, byte[] bytes) {
    MessageBytes in = new MessageBytes(bytes);
    Constant value =
        switch (type.kind()) {
          case BOOLEAN -> new Constant.IntValue(in.int8() == 0 ? 0 : 1);
          case SMALLINT, INTEGER, OID, REGCLASS, REGPROC, REGTYPE ->
              new Constant.IntValue((int) in.integer());
          case BIGINT -> new Constant.LongValue(in.integer());
          case REAL -> new Constant.DoubleValue(Float.intBitsToFloat((int) in.integer()));
          case DOUBLE -> new Constant.DoubleValue(Double.longBitsToDouble(in.integer()));
          case DATE -> new Constant.IntValue((int) in.integer() + EPOCH_DAYS);
          case TIMESTAMP, TIMESTAMPTZ -> new Constant.LongValue(in.integer() + EPOCH_MICROS);
          case TIME -> new Constant.LongValue(in.integer());
          case TIMETZ -> timeTz(in);
          case DECIMAL -> decimal(type, numeric(in));
          case UNKNOWN, CHAR, VARCHAR, TEXT, NAME, VARBYTE, SUPER, GEOMETRY, GEOGRAPHY, HLLSKETCH ->
              new Constant.BytesValue(in.rest());
          case INTERVAL_YEAR_MONTH,
              INTERVAL_DAY_SECOND,
              TEXT_ARRAY,
              INT_ARRAY,
              OID_ARRAY,
              CHAR_ARRAY,
              VOID ->
              throw new SqlException(
                  SqlState.FEATURE_NOT_SUPPORTED,
                  "no binary input function available for type " + type);
        };
    in.end();
    return value;
  }

  private static Constant timeTz(MessageBytes in) {
    long local = in.int64();
    int offsetSeconds = -in.int32();
    long utc = local - offsetSeconds * 1_000_000L + 86_400_000_000L;
    return new Constant.LongValue(utc << 18 | offsetSeconds + 131_072);
  }

  private static Constant decimal(SqlType type, BigDecimal value) {
    BigInteger unscaled = value.setScale(type.scale(), RoundingMode.HALF_UP).unscaledValue();
    if (unscaled.abs().compareTo(BigInteger.TEN.pow(type.precision())) >= 0) {
      throw new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "Numeric data overflow");
    }
    return switch (type.physical()) {
      case LONG -> new Constant.LongValue(unscaled.longValueExact());
      default -> new Constant.Int128Value(Int128.of(unscaled));
    };
  }

  private static BigDecimal numeric(MessageBytes in) {
    int count = in.int16();
    int weight = in.int16();
    int sign = in.int16() & 0xFFFF;
    int displayScale = in.int16();
    if (count < 0 || count > 64 || Math.abs(weight) > 64 || sign != 0 && sign != 0x4000) {
      throw new SqlException(
          SqlState.INVALID_TEXT_REPRESENTATION, "invalid binary value for type numeric");
    }
    BigInteger digits = BigInteger.ZERO;
    for (int i = 0; i < count; i++) {
      digits = digits.multiply(BASE).add(BigInteger.valueOf(in.int16()));
    }
    BigDecimal value = new BigDecimal(digits).scaleByPowerOfTen(4 * (weight + 1 - count));
    value = sign == 0x4000 ? value.negate() : value;
    return value.setScale(Math.clamp(displayScale, 0, 64), RoundingMode.HALF_UP);
  }
}
