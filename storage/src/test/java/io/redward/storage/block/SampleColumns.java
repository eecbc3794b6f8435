package io.redward.storage.block;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Physical;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/// Columns in the shapes that encodings are made for and in those that hurt them.
final class SampleColumns {
  private SampleColumns() {}

  enum Pattern {
    CONSTANT,
    FEW_DISTINCT,
    SORTED,
    SORTED_WITH_JUMPS,
    RUNS,
    SMALL_RANGE,
    SMALL_WITH_OUTLIERS,
    MULTIPLES,
    MEASURED,
    RANDOM,
    EXTREMES
  }

  enum Nulls {
    NONE,
    SOME,
    MOST,
    ALL
  }

  static Vector make(Physical physical, Pattern pattern, Nulls nulls, int rowCount, long seed) {
    Random random = new Random(seed);
    Vector vector = Vector.of(physical, rowCount);
    long running = random.nextInt();
    for (int row = 0; row < rowCount; row++) {
      running = next(pattern, running, random);
      switch (vector) {
        case IntVector ints -> ints.values[row] = (int) running;
        case LongVector longs -> longs.values[row] = running;
        case DoubleVector doubles -> doubles.values[row] = toDouble(pattern, running, random);
        case Int128Vector wide -> {
          boolean large = pattern == Pattern.RANDOM || pattern == Pattern.EXTREMES;
          wide.high[row] = large ? random.nextLong() >> random.nextInt(64) : running >> 63;
          wide.low[row] = running;
        }
        case BytesVector bytes -> {
          byte[] value = toBytes(pattern, running, random);
          bytes.append(row, value, 0, value.length);
        }
      }
    }
    for (int row = 0; row < rowCount; row++) {
      boolean isNull =
          switch (nulls) {
            case NONE -> false;
            case SOME -> random.nextInt(10) == 0;
            case MOST -> random.nextInt(10) != 0;
            case ALL -> true;
          };
      if (isNull) {
        vector.setNull(row);
      }
    }
    return vector;
  }

  private static long next(Pattern pattern, long before, Random random) {
    return switch (pattern) {
      case CONSTANT -> before;
      case FEW_DISTINCT -> random.nextInt(12) * 1_234_567_891L;
      case SORTED -> before + random.nextInt(4);
      case SORTED_WITH_JUMPS -> before + (random.nextInt(100) == 0 ? 1L << 40 : 1);
      case RUNS -> random.nextInt(50) == 0 ? random.nextLong() : before;
      case SMALL_RANGE -> 9_000 + random.nextInt(2_000);
      case SMALL_WITH_OUTLIERS ->
          random.nextInt(200) == 0 ? random.nextLong() : random.nextInt(100);
      case MULTIPLES -> random.nextInt(1_000) * 100L - 7;
      case MEASURED -> random.nextInt(1 << 20);
      case RANDOM -> random.nextLong();
      case EXTREMES -> EXTREME_VALUES[random.nextInt(EXTREME_VALUES.length)];
    };
  }

  private static final long[] EXTREME_VALUES = {
    Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, 1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1L << 32
  };

  private static double toDouble(Pattern pattern, long value, Random random) {
    return switch (pattern) {
      case RANDOM -> Double.longBitsToDouble(value);
      case EXTREMES -> EXTREME_DOUBLES[random.nextInt(EXTREME_DOUBLES.length)];
      case SMALL_WITH_OUTLIERS ->
          random.nextInt(99) == 0 ? random.nextDouble() : value % 1000 / 8.0;
      case MEASURED -> random.nextInt(300) == 0 ? -1 / (value + 1.0) : 20 + random.nextGaussian();
      default -> value % 10_000_000 / 100.0;
    };
  }

  private static final double[] EXTREME_DOUBLES = {
    0.0,
    -0.0,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    1.1,
    (double) 0.1f
  };

  private static byte[] toBytes(Pattern pattern, long value, Random random) {
    return switch (pattern) {
      case RANDOM -> {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        yield bytes;
      }
      case EXTREMES ->
          switch (random.nextInt(6)) {
            case 0 -> new byte[0];
            case 1 -> " ".repeat(random.nextInt(30)).getBytes(StandardCharsets.UTF_8);
            case 2 -> filled(random.nextInt(100) == 0 ? 65_535 : 17, (byte) 0xFF);
            case 3 -> filled(random.nextInt(20), (byte) 0);
            case 4 -> "é漢\uD83D\uDE00".repeat(random.nextInt(9)).getBytes(StandardCharsets.UTF_8);
            default -> new byte[] {(byte) 0xC3, (byte) 0x28};
          };
      default -> ("value " + value).getBytes(StandardCharsets.UTF_8);
    };
  }

  private static byte[] filled(int length, byte value) {
    byte[] bytes = new byte[length];
    java.util.Arrays.fill(bytes, value);
    return bytes;
  }
}
