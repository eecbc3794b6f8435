package io.redward.load.columnar;

import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// Brings decimals to the scale of the table's column and checks that they fit. What fits 64 bits
/// before and after, as nearly all does, is computed in them.
final class DecimalConverter {
  private static final int LONG_DIGITS = 18;

  private final int scale;
  private final int targetScale;
  private final boolean round;
  private final BigInteger bound;
  /// 10 to the power of the target's precision, or the greatest long if that is greater.
  private final long longBound;
  /// What a value is multiplied with, or 0 if the fast way is not open.
  private final long factor;

  DecimalConverter(int scale, SqlType target, boolean round) {
    boolean decimal = target.kind() == TypeKind.DECIMAL;
    this.scale = scale;
    this.targetScale = target.scale();
    this.round = round;
    int precision = decimal ? target.precision() : 1;
    this.bound = BigInteger.TEN.pow(precision);
    this.longBound = precision <= LONG_DIGITS ? bound.longValueExact() : Long.MAX_VALUE;
    int up = target.scale() - scale;
    this.factor =
        decimal && up >= 0 && up <= LONG_DIGITS ? BigInteger.TEN.pow(up).longValueExact() : 0;
  }

  /// Converts unscaled values.
  ///
  /// @return the index of the first that does not fit, or -1
  int convertLongs(long[] in, int count, int[] rows, Vector out) {
    for (int i = 0; i < count; i++) {
      if (!set(in[i], rows[i], out)) {
        return i;
      }
    }
    return -1;
  }

  /// Converts big-endian two's-complement integers.
  ///
  /// @return the index of the first that does not fit, or -1
  int convertBytes(ValueBuffer in, int count, int[] rows, Vector out) {
    byte[] bytes = in.bytes;
    for (int i = 0; i < count; i++) {
      int at = in.offsets[i];
      int length = in.lengths[i];
      if (length == 0) {
        throw new MalformedFile("a decimal of no bytes");
      }
      int sign = bytes[at] >> 7;
      while (length > 8 && bytes[at] == sign && bytes[at + 1] >> 7 == sign) {
        at++;
        length--;
      }
      boolean fits =
          length <= 8
              ? set(bigEndian(bytes, at, length), rows[i], out)
              : setWide(new BigInteger(bytes, at, length), rows[i], out);
      if (!fits) {
        return i;
      }
    }
    return -1;
  }

  private static long bigEndian(byte[] bytes, int at, int length) {
    long value = bytes[at];
    for (int i = 1; i < length; i++) {
      value = value << 8 | bytes[at + i] & 0xFF;
    }
    return value;
  }

  private boolean set(long value, int row, Vector out) {
    long low = value * factor;
    if (factor == 0 || Math.multiplyHigh(value, factor) != low >> 63) {
      return setWide(BigInteger.valueOf(value), row, out);
    }
    if (longBound != Long.MAX_VALUE && (low >= longBound || low <= -longBound)) {
      return false;
    }
    if (out instanceof LongVector longs) {
      longs.values[row] = low;
    } else {
      Int128Vector wide = (Int128Vector) out;
      wide.high[row] = low >> 63;
      wide.low[row] = low;
    }
    return true;
  }

  private boolean setWide(BigInteger unscaled, int row, Vector out) {
    BigInteger value =
        new BigDecimal(unscaled, scale)
            .setScale(targetScale, round ? RoundingMode.HALF_UP : RoundingMode.DOWN)
            .unscaledValue();
    if (value.abs().compareTo(bound) >= 0) {
      return false;
    }
    if (out instanceof LongVector longs) {
      longs.values[row] = value.longValueExact();
    } else {
      Int128 wide = Int128.of(value);
      ((Int128Vector) out).high[row] = wide.high();
      ((Int128Vector) out).low[row] = wide.low();
    }
    return true;
  }
}
