package io.redward.leader.physical;

import io.redward.foundation.types.SqlType;
import io.redward.storage.table.ValueBounds;
import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.Set;

/// An interval that holds every value of an expression, in units of its scale, and the claims on
/// stored columns it was derived from. Values that are not whole numbers have the range [#ANY],
/// which is wider than any number that can occur.
record ValueRange(BigInteger min, BigInteger max, Set<ColumnBounds> because) {
  private static final BigInteger VAST = BigInteger.ONE.shiftLeft(512);
  private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

  static final ValueRange ANY = new ValueRange(VAST.negate(), VAST, Set.of());

  ValueRange {
    because = Set.copyOf(because);
  }

  static ValueRange of(BigInteger value) {
    return new ValueRange(value, value, Set.of());
  }

  static ValueRange of(long min, long max) {
    return new ValueRange(BigInteger.valueOf(min), BigInteger.valueOf(max), Set.of());
  }

  static ValueRange of(ValueBounds bounds) {
    return switch (bounds) {
      case ValueBounds.Longs(long min, long max) -> of(min, max);
      case ValueBounds.Int128s(var min, var max) ->
          new ValueRange(min.toBigInteger(), max.toBigInteger(), Set.of());
      case ValueBounds.Doubles _, ValueBounds.Bytes _ -> ANY;
    };
  }

  /// What the type alone promises.
  static ValueRange of(SqlType type) {
    return switch (type.kind()) {
      case BOOLEAN -> of(0, 1);
      case SMALLINT -> of(Short.MIN_VALUE, Short.MAX_VALUE);
      case INTEGER -> of(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BIGINT -> of(Long.MIN_VALUE, Long.MAX_VALUE);
      case DECIMAL -> {
        BigInteger most = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
        yield new ValueRange(most.negate(), most, Set.of());
      }
      default -> ANY;
    };
  }

  boolean within(BigInteger low, BigInteger high) {
    return min.compareTo(low) >= 0 && max.compareTo(high) <= 0;
  }

  boolean within(ValueRange other) {
    return within(other.min, other.max);
  }

  boolean fitsLong() {
    return within(LONG_MIN, LONG_MAX);
  }

  /// The smallest interval of the form `[-2^n, 2^m]` (or 0 for a bound that is not crossed) around
  /// this one.
  ValueRange roundedOut() {
    BigInteger low =
        min.signum() >= 0
            ? BigInteger.ZERO
            : BigInteger.ONE.shiftLeft(min.negate().bitLength()).negate();
    BigInteger high =
        max.signum() <= 0 ? BigInteger.ZERO : BigInteger.ONE.shiftLeft(max.bitLength());
    return new ValueRange(low, high, because);
  }

  /// This range, knowing the claim it rests on.
  ValueRange given(ColumnBounds claim) {
    return new ValueRange(min, max, Set.of(claim));
  }

  ValueRange plus(ValueRange other) {
    return join(min.add(other.min), max.add(other.max), other);
  }

  ValueRange minus(ValueRange other) {
    return join(min.subtract(other.max), max.subtract(other.min), other);
  }

  ValueRange times(ValueRange other) {
    BigInteger a = min.multiply(other.min);
    BigInteger b = min.multiply(other.max);
    BigInteger c = max.multiply(other.min);
    BigInteger d = max.multiply(other.max);
    return join(a.min(b).min(c).min(d), a.max(b).max(c).max(d), other);
  }

  ValueRange negated() {
    return new ValueRange(max.negate(), min.negate(), because);
  }

  /// The hull of both.
  ValueRange or(ValueRange other) {
    return join(min.min(other.min), max.max(other.max), other);
  }

  /// Values no farther from zero than the farthest of this range.
  ValueRange symmetric() {
    BigInteger most = min.abs().max(max.abs());
    return new ValueRange(most.negate(), most, because);
  }

  /// The same values at another scale; fewer digits round, so the interval grows by one unit.
  ValueRange rescaled(int from, int to) {
    if (to >= from) {
      BigInteger factor = BigInteger.TEN.pow(to - from);
      return new ValueRange(min.multiply(factor), max.multiply(factor), because);
    }
    BigInteger factor = BigInteger.TEN.pow(from - to);
    return new ValueRange(
        min.divide(factor).subtract(BigInteger.ONE),
        max.divide(factor).add(BigInteger.ONE),
        because);
  }

  private ValueRange join(BigInteger low, BigInteger high, ValueRange other) {
    if (because.isEmpty() || because.equals(other.because)) {
      return new ValueRange(low, high, other.because);
    }
    Set<ColumnBounds> both = new LinkedHashSet<>(because);
    both.addAll(other.because);
    return new ValueRange(low, high, both);
  }
}
