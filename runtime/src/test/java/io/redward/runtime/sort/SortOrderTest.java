package io.redward.runtime.sort;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.plan.step.SinkStep.SortKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortOrderTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 31, 200, 5_000})
  void sortsAsAComparisonSortDoes(int count) {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      Vector[] columns = columns(random, count);
      List<SortKey> keys = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(3); i++) {
        keys.add(
            new SortKey(
                random.nextInt(columns.length), random.nextBoolean(), random.nextBoolean()));
      }
      SortOrder order = new SortOrder(keys, columns);
      int[] sorted = order.sorted(count);
      Integer[] expected = IntStream.range(0, count).boxed().toArray(Integer[]::new);
      Arrays.sort(expected, order::compare);
      assertThat(Arrays.stream(sorted).sorted().toArray())
          .isEqualTo(IntStream.range(0, count).toArray());
      for (int i = 0; i < count; i++) {
        assertThat(order.compare(sorted[i], expected[i])).as("%s at %d", keys, i).isZero();
      }
    }
  }

  private static Vector[] columns(Random random, int count) {
    IntVector ints = new IntVector(count);
    LongVector longs = new LongVector(count);
    LongVector wholeRange = new LongVector(count);
    DoubleVector doubles = new DoubleVector(count);
    Int128Vector wide = new Int128Vector(count);
    BytesVector bytes = new BytesVector(count);
    Vector[] columns = {ints, longs, wholeRange, doubles, wide, bytes};
    boolean nulls = random.nextBoolean();
    boolean small = random.nextBoolean();
    double[] specials = {Double.NaN, Double.NEGATIVE_INFINITY, -0.0, 0.0, 1.5, -1e300};
    for (int row = 0; row < count; row++) {
      ints.values[row] = random.nextInt(7);
      longs.values[row] = random.nextInt(1000) * 1_000_003L;
      wholeRange.values[row] =
          random.nextInt(5) == 0 ? Long.MIN_VALUE : random.nextInt(5) == 0 ? -1 : random.nextLong();
      doubles.values[row] = specials[random.nextInt(specials.length)];
      wide.low[row] = random.nextLong(10) - 5;
      wide.high[row] = small ? wide.low[row] >> 63 : random.nextInt(4) - 2;
      String few = "abc\0 abcdefgh".substring(0, random.nextInt(13));
      String many = few + (small ? "" : random.nextInt(1_000));
      byte[] text = many.getBytes(StandardCharsets.UTF_8);
      bytes.append(row, text, 0, text.length);
      for (Vector column : columns) {
        if (nulls && random.nextInt(5) == 0) {
          column.setNull(row);
        }
      }
    }
    return columns;
  }
}
