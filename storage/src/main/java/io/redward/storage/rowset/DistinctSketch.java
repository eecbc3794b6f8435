package io.redward.storage.rowset;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.bytes.Hashing;
import io.redward.storage.bytes.MalformedBytesException;
import io.redward.storage.table.ValueBounds;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A mergeable estimate of how many distinct values a column has: HyperLogLog with 4,096 registers
/// (standard error 1.6 %).
///
/// Every loaded value goes through here, which is why it is not a library's: a value costs a
/// multiplicative hash and one byte compared, a tenth of a general sketch's update.
///
/// Source: O. Ertl, "New cardinality estimation algorithms for HyperLogLog sketches" (2017),
/// the improved raw estimator.
final class DistinctSketch {
  private static final int PRECISION = 12;
  private static final int REGISTERS = 1 << PRECISION;
  private static final int MAX_RANK = 64 - PRECISION + 1;
  private static final double ALPHA = 1 / (2 * Math.log(2));
  private static final int SPARSE_LIMIT = REGISTERS / 3;
  private static final int MAX_RANGE = 1 << 14;

  private static final byte[] UNUSED = new byte[REGISTERS];

  private final byte[] registers = new byte[REGISTERS];

  void add(long hash) {
    int register = (int) (hash >>> 64 - PRECISION);
    int rank = Math.min(MAX_RANK, Long.numberOfLeadingZeros(hash << PRECISION) + 1);
    if (registers[register] < rank) {
      registers[register] = (byte) rank;
    }
  }

  /// Adds the present values among the first `rowCount`; equal neighbours are added once.
  ///
  /// @param bounds of the values, where they are known
  void addAll(Vector values, int rowCount, Optional<ValueBounds> bounds) {
    switch (values) {
      case IntVector ints -> {
        if (range(bounds, rowCount) instanceof ValueBounds.Longs range) {
          addRange(seen(ints, rowCount, range), range.min());
        } else {
          addInts(ints, rowCount);
        }
      }
      case LongVector longs -> {
        if (range(bounds, rowCount) instanceof ValueBounds.Longs range) {
          addRange(seen(longs, rowCount, range), range.min());
        } else {
          addLongs(longs, rowCount);
        }
      }
      case DoubleVector doubles -> {
        for (int i = 0; i < rowCount; i++) {
          if (!doubles.isNull(i)) {
            add(Hashing.of(Double.doubleToLongBits(doubles.values[i] + 0.0)));
          }
        }
      }
      case Int128Vector wide -> {
        for (int i = 0; i < rowCount; i++) {
          if (!wide.isNull(i)) {
            add(Hashing.of(Hashing.of(wide.high[i]) ^ wide.low[i]));
          }
        }
      }
      case BytesVector bytes -> {
        for (int i = 0; i < rowCount; i++) {
          if (!bytes.isNull(i)) {
            int length = bytes.length(i);
            add(length == 0 ? 0 : Hashing.of(bytes.page(i), bytes.offset(i), length));
          }
        }
      }
    }
  }

  void merge(DistinctSketch other) {
    for (int i = 0; i < REGISTERS; i++) {
      registers[i] = (byte) Math.max(registers[i], other.registers[i]);
    }
  }

  double estimate() {
    int[] histogram = new int[MAX_RANK + 1];
    for (byte register : registers) {
      histogram[register]++;
    }
    double z = REGISTERS * tau(1 - (double) histogram[MAX_RANK] / REGISTERS);
    for (int rank = MAX_RANK - 1; rank >= 1; rank--) {
      z = 0.5 * (z + histogram[rank]);
    }
    z += REGISTERS * sigma((double) histogram[0] / REGISTERS);
    return ALPHA * REGISTERS * REGISTERS / z;
  }

  /// Bytes: `short` registers in use followed by pairs of `short` register and `byte` rank, or
  /// 65535 followed by a `byte` for every register.
  void write(ByteWriter out) {
    int used = 0;
    for (int i = usedFrom(0); i < REGISTERS && used <= SPARSE_LIMIT; i = usedFrom(i + 1)) {
      used++;
    }
    if (used > SPARSE_LIMIT) {
      out.writeShort(0xFFFF);
      out.writeBytes(registers, 0, REGISTERS);
      return;
    }
    out.writeShort(used);
    for (int i = usedFrom(0); i < REGISTERS; i = usedFrom(i + 1)) {
      out.writeShort(i);
      out.writeByte(registers[i]);
    }
  }

  /// The first register from `start` on that is in use, or their number. A row's sketch is nearly
  /// empty, and going through it register by register took longer than encoding the row.
  private int usedFrom(int start) {
    int distance = Arrays.mismatch(registers, start, REGISTERS, UNUSED, start, REGISTERS);
    return distance < 0 ? REGISTERS : start + distance;
  }

  static DistinctSketch read(ByteReader in) {
    DistinctSketch sketch = new DistinctSketch();
    int used = in.readShort();
    if (used == 0xFFFF) {
      int from = in.skip(REGISTERS);
      System.arraycopy(in.array(), from, sketch.registers, 0, REGISTERS);
    } else {
      for (int i = 0; i < used; i++) {
        int register = in.readShort();
        int rank = in.readByte();
        if (register >= REGISTERS || rank > MAX_RANK) {
          throw new MalformedBytesException("a sketch's register is out of range");
        }
        sketch.registers[register] = (byte) rank;
      }
    }
    return sketch;
  }

  /// Bounds that are so near to each other that noting which values between them are there costs
  /// less than hashing each.
  private static @Nullable ValueBounds range(Optional<ValueBounds> bounds, int rowCount) {
    return bounds.orElse(null) instanceof ValueBounds.Longs longs
            && longs.max() - longs.min() >= 0
            && longs.max() - longs.min() < Math.min(MAX_RANGE, rowCount)
        ? longs
        : null;
  }

  private static boolean[] seen(IntVector vector, int rowCount, ValueBounds.Longs range) {
    boolean[] seen = new boolean[(int) (range.max() - range.min()) + 1];
    int min = (int) range.min();
    int from = 0;
    while (from < rowCount) {
      int to = next(from, rowCount, seen);
      note(vector, from, to, min, seen);
      from = to;
    }
    return seen;
  }

  private static void note(IntVector vector, int from, int to, int min, boolean[] seen) {
    int[] values = vector.values;
    for (int i = from; i < to; i++) {
      if (!vector.hasNulls || !vector.isNull(i)) {
        seen[values[i] - min] = true;
      }
    }
  }

  private static boolean[] seen(LongVector vector, int rowCount, ValueBounds.Longs range) {
    boolean[] seen = new boolean[(int) (range.max() - range.min()) + 1];
    int from = 0;
    while (from < rowCount) {
      int to = next(from, rowCount, seen);
      note(vector, from, to, range.min(), seen);
      from = to;
    }
    return seen;
  }

  private static void note(LongVector vector, int from, int to, long min, boolean[] seen) {
    long[] values = vector.values;
    for (int i = from; i < to; i++) {
      if (!vector.hasNulls || !vector.isNull(i)) {
        seen[(int) (values[i] - min)] = true;
      }
    }
  }

  /// How far to go before it is asked again whether any value is missing; the end if none is. Few
  /// values that come in no order have mostly been seen after a fraction of a block.
  private static int next(int from, int rowCount, boolean[] seen) {
    if (from > 0) {
      int i = 0;
      while (i < seen.length && seen[i]) {
        i++;
      }
      if (i == seen.length) {
        return rowCount;
      }
    }
    return (int) Math.min(rowCount, 2L * from + 4L * seen.length + 1024);
  }

  private void addRange(boolean[] seen, long min) {
    for (int i = 0; i < seen.length; i++) {
      if (seen[i]) {
        add(Hashing.of(min + i));
      }
    }
  }

  private void addInts(IntVector vector, int rowCount) {
    int[] values = vector.values;
    int floor = floor();
    for (int i = 0; i < rowCount; i++) {
      if ((i == 0 || values[i] != values[i - 1]) && !vector.isNull(i)) {
        addAbove(floor, Hashing.of(values[i]));
      }
    }
  }

  private void addLongs(LongVector vector, int rowCount) {
    long[] values = vector.values;
    int floor = floor();
    for (int i = 0; i < rowCount; i++) {
      if ((i == 0 || values[i] != values[i - 1]) && !vector.isNull(i)) {
        addAbove(floor, Hashing.of(values[i]));
      }
    }
  }

  /// What all registers hold at least: most hashes of a long column change nothing, and that is
  /// seen without looking at a register.
  private int floor() {
    int least = MAX_RANK;
    for (byte register : registers) {
      least = Math.min(least, register);
    }
    return Math.min(least, Long.SIZE - PRECISION);
  }

  private void addAbove(int floor, long hash) {
    // A hash's rank is above the floor if that many bits behind those of the register are zero.
    if (hash << PRECISION >>> 1 >>> Long.SIZE - 1 - floor == 0) {
      add(hash);
    }
  }

  private static double sigma(double x) {
    if (x == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double power = x;
    double factor = 1;
    double sum = x;
    double before;
    do {
      power *= power;
      before = sum;
      sum += power * factor;
      factor += factor;
    } while (sum != before);
    return sum;
  }

  private static double tau(double x) {
    if (x == 0 || x == 1) {
      return 0;
    }
    double root = x;
    double factor = 1;
    double sum = 1 - x;
    double before;
    do {
      root = Math.sqrt(root);
      before = sum;
      factor *= 0.5;
      sum -= (1 - root) * (1 - root) * factor;
    } while (sum != before);
    return sum / 3;
  }
}
