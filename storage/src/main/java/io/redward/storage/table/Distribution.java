package io.redward.storage.table;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.storage.bytes.Hashing;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// How a column's present values spread, by a weighted sample: a histogram as fine as the sample,
/// and the values so common that it holds several of them. Immutable.
///
/// Values are positions on the number line: whole numbers, decimals unscaled, and floats as
/// doubles; strings by their first eight bytes, without trailing blanks.
public final class Distribution {
  /// A value that a sample holds less often may be there by chance.
  private static final int COMMON = 4;

  /// So many values lie as evenly as more would.
  private static final int MANY = 1 << 16;

  private final double[] positions;
  private final double[] below;
  private final double[] mass;
  private final boolean[] heavy;
  private final Map<Long, Double> common;
  private final double commonMass;

  private Distribution(
      double[] positions,
      double[] below,
      double[] mass,
      boolean[] heavy,
      Map<Long, Double> common) {
    this.positions = positions;
    this.below = below;
    this.mass = mass;
    this.heavy = heavy;
    this.common = Map.copyOf(common);
    commonMass = common.values().stream().mapToDouble(m -> m).sum();
  }

  /// Of sampled values, one weight each.
  public static Distribution of(double[] values, int[] hashes, double[] weights) {
    int size = values.length;
    double total = Arrays.stream(weights).sum();
    Integer[] sorted = new Integer[size];
    Arrays.setAll(sorted, i -> i);
    Arrays.sort(sorted, (a, b) -> Double.compare(values[a], values[b]));
    double[] positions = new double[size];
    double[] below = new double[size];
    double[] mass = new double[size];
    boolean[] heavy = new boolean[size];
    Map<Long, Integer> counts = new HashMap<>();
    Map<Long, Double> masses = new HashMap<>();
    int points = 0;
    double before = 0;
    int run = 0;
    for (int i = 0; i < size; i++) {
      int index = sorted[i];
      double weight = weights[index] / total;
      if (i == 0 || Double.compare(values[index], positions[points - 1]) != 0) {
        positions[points] = values[index];
        below[points++] = before;
        run = 0;
      }
      mass[points - 1] += weight;
      heavy[points - 1] = ++run >= COMMON;
      before += weight;
      long key = key(values[index], hashes[index]);
      counts.merge(key, 1, Integer::sum);
      masses.merge(key, weight, Double::sum);
    }
    masses.keySet().removeIf(key -> counts.getOrDefault(key, 0) < COMMON);
    return new Distribution(
        Arrays.copyOf(positions, points),
        Arrays.copyOf(below, points),
        Arrays.copyOf(mass, points),
        Arrays.copyOf(heavy, points),
        masses);
  }

  /// The fraction of present values below `value`, between neighbours of the sample by their
  /// distance.
  public double below(double value) {
    int at = Arrays.binarySearch(positions, value);
    if (at >= 0) {
      return below[at];
    }
    int next = -at - 1;
    if (next == 0) {
      return 0;
    }
    int last = next - 1;
    if (heavy[last] || next == positions.length) {
      return below[last] + mass[last];
    }
    double share = (value - positions[last]) / (positions[next] - positions[last]);
    return below[last] + mass[last] * share;
  }

  /// The fraction of present values that are a number.
  ///
  /// @param distinct different values there are
  public double equalTo(double value, double distinct) {
    return equal(key(value, 0), distinct);
  }

  /// The fraction of present values that are a string.
  public double equalTo(byte[] text, double distinct) {
    int length = text.length;
    while (length > 0 && text[length - 1] == ' ') {
      length--;
    }
    double position = length == 0 ? 0 : position(text, 0, length);
    return equal(key(position, length == 0 ? 0 : hash(text, 0, length)), distinct);
  }

  private double equal(long key, double distinct) {
    Double known = common.get(key);
    return known != null
        ? known
        : Math.max(0, 1 - commonMass) / Math.max(1, distinct - common.size());
  }

  /// How many values are known to be common.
  public int commonValues() {
    return common.size();
  }

  /// Values that are at least this share of all present ones, by [#key(Vector, int)].
  public Map<Long, Double> common(double least) {
    Map<Long, Double> found = new HashMap<>(common);
    found.values().removeIf(share -> share < least);
    return found;
  }

  /// By which values are told apart; two that are not equal may have one, too. Not the same for one
  /// number in vectors of different forms, but for INT and LONG.
  public static long key(Vector values, int row) {
    return key(position(values, row), hash(values, row));
  }

  /// The place of a present value.
  public static double position(Vector values, int row) {
    return switch (values) {
      case IntVector ints -> ints.values[row];
      case LongVector longs -> longs.values[row];
      case DoubleVector doubles -> doubles.values[row];
      case Int128Vector wide -> wide.high[row] * 0x1p64 + unsigned(wide.low[row]);
      case BytesVector bytes -> {
        int length = trimmedLength(bytes, row);
        yield length == 0 ? 0 : position(bytes.page(row), bytes.offset(row), length);
      }
    };
  }

  private static double unsigned(long low) {
    return (low >>> 1) * 2.0 + (low & 1);
  }

  /// What tells strings of one place apart; 0 of numbers.
  public static int hash(Vector values, int row) {
    if (!(values instanceof BytesVector bytes)) {
      return 0;
    }
    int length = trimmedLength(bytes, row);
    return length == 0 ? 0 : hash(bytes.page(row), bytes.offset(row), length);
  }

  private static int trimmedLength(BytesVector strings, int row) {
    byte[] page = strings.page(row);
    int offset = strings.offset(row);
    int length = strings.length(row);
    while (length > 0 && page[offset + length - 1] == ' ') {
      length--;
    }
    return length;
  }

  /// The shares of the values that parts would have if values went to parts by their hash: common
  /// values as they are, the others as so many of equal weight.
  ///
  /// @param distinct different values there are
  public double[] shares(int parts, double distinct) {
    double[] shares = new double[parts];
    common.forEach((key, mass) -> shares[(int) Math.floorMod(Hashing.of(key), parts)] += mass);
    int others = (int) Math.min(MANY, Math.max(0, Math.round(distinct) - common.size()));
    for (int i = 0; i < others; i++) {
      shares[Math.floorMod(Hashing.of(~i), parts)] += (1 - commonMass) / others;
    }
    return shares;
  }

  /// The place of a string by its first eight bytes.
  public static double position(byte[] bytes, int offset, int length) {
    double position = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      position = position * 256 + (i < length ? bytes[offset + i] & 0xFF : 0);
    }
    return position;
  }

  public static int hash(byte[] bytes, int offset, int length) {
    return (int) Hashing.of(bytes, offset, length);
  }

  private static long key(double position, int hash) {
    return Hashing.of(Double.doubleToLongBits(position + 0.0)) ^ hash;
  }
}
