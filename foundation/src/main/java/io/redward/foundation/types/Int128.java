package io.redward.foundation.types;

import java.math.BigInteger;

/// A 128-bit two's-complement integer as a value, for literals and results off the hot path.
/// Generated code carries the two words in locals instead.
///
/// @param high the signed upper word
/// @param low the unsigned lower word
public record Int128(long high, long low) implements Comparable<Int128> {
  public static Int128 of(long value) {
    return new Int128(value >> 63, value);
  }

  public static Int128 of(BigInteger value) {
    if (value.bitLength() > 127) {
      throw new ArithmeticException("more than 128 bits: " + value);
    }
    return new Int128(value.shiftRight(64).longValue(), value.longValue());
  }

  public BigInteger toBigInteger() {
    return BigInteger.valueOf(high).shiftLeft(64).or(new BigInteger(Long.toUnsignedString(low)));
  }

  /// True if the value fits a signed 64-bit integer.
  public boolean fitsLong() {
    return high == low >> 63;
  }

  @Override
  public int compareTo(Int128 other) {
    return high != other.high
        ? Long.compare(high, other.high)
        : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    return toBigInteger().toString();
  }
}
