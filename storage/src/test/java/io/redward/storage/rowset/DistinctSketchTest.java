package io.redward.storage.rowset;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.bytes.Hashing;
import io.redward.storage.table.ValueBounds;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DistinctSketchTest {
  private static final int ROWS = 20_000;
  private final Random random = new Random(3);

  @Test
  void isTheSameHoweverItsValuesAreAdded() {
    for (int span : new int[] {1, 7, 2_500, 16_000, 1 << 30}) {
      DistinctSketch one = new DistinctSketch();
      DistinctSketch blocks = new DistinctSketch();
      DistinctSketch bounded = new DistinctSketch();
      for (int block = 0; block < 6; block++) {
        LongVector longs = new LongVector(ROWS);
        IntVector ints = new IntVector(ROWS);
        for (int i = 0; i < ROWS; i++) {
          int value = random.nextInt(span) - 1_000;
          longs.values[i] = value;
          ints.values[i] = value;
          one.add(Hashing.of(value));
        }
        blocks.addAll(longs, ROWS, Optional.empty());
        int min = Arrays.stream(ints.values).min().orElseThrow();
        int max = Arrays.stream(ints.values).max().orElseThrow();
        bounded.addAll(ints, ROWS, Optional.of(new ValueBounds.Longs(min, max)));
      }
      assertThat(bytes(blocks)).as("span %d", span).isEqualTo(bytes(one));
      assertThat(bytes(bounded)).as("span %d", span).isEqualTo(bytes(one));
    }
  }

  @Test
  void nullsAreNoValue() {
    LongVector longs = new LongVector(10);
    longs.setNull(3);
    longs.values[3] = 5;
    DistinctSketch sketch = new DistinctSketch();
    sketch.addAll(longs, 10, Optional.of(new ValueBounds.Longs(0, 5)));
    assertThat(Math.round(sketch.estimate())).isEqualTo(1);
  }

  private static byte[] bytes(DistinctSketch sketch) {
    ByteWriter out = new ByteWriter();
    sketch.write(out);
    return out.toByteArray();
  }
}
