package io.redward.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Physical;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchCodecTest {
  private static final List<Physical> FORMS = List.of(Physical.values());

  @Test
  void what_is_encoded_is_decoded() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      Batch batch = random(random);
      int[] columns = new int[FORMS.size()];
      Arrays.setAll(columns, i -> i);
      Batch decoded = new Batch(FORMS);
      BatchCodec.decode(BatchCodec.encode(batch, FORMS.size()), columns, decoded);
      assertThat(decoded.selectedCount).isEqualTo(batch.selectedCount);
      for (int row = 0; row < batch.selectedCount; row++) {
        for (int column = 0; column < FORMS.size(); column++) {
          assertThat(value(decoded.vectors[column], row))
              .isEqualTo(value(batch.vectors[column], batch.row(row)));
        }
      }
    }
  }

  @Test
  void bytes_that_are_no_batch_are_refused() {
    Random random = new Random(8);
    byte[] good = BatchCodec.encode(random(random), FORMS.size());
    int[] columns = {0, 1, 2, 3, 4};
    for (int round = 0; round < 500; round++) {
      byte[] bad = Arrays.copyOf(good, random.nextInt(good.length));
      assertThatThrownBy(() -> BatchCodec.decode(bad, columns, new Batch(FORMS)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Batch random(Random random) {
    Batch batch = new Batch(FORMS);
    int rows = random.nextInt(300);
    long bound = 1L << random.nextInt(63);
    boolean nulls = random.nextBoolean();
    for (int row = 0; row < 300; row++) {
      for (Vector vector : batch.vectors) {
        switch (vector) {
          case IntVector ints -> ints.values[row] = random.nextInt();
          case LongVector longs -> longs.values[row] = random.nextLong(bound) - bound / 2;
          case DoubleVector doubles -> doubles.values[row] = random.nextGaussian();
          case Int128Vector wide -> {
            wide.high[row] = random.nextLong(bound);
            wide.low[row] = random.nextLong();
          }
          case BytesVector strings -> {
            byte[] text = new byte[random.nextInt(20)];
            random.nextBytes(text);
            strings.append(row, text, 0, text.length);
          }
        }
        if (nulls && random.nextInt(4) == 0) {
          vector.setNull(row);
        }
      }
    }
    if (random.nextBoolean()) {
      batch.dense = false;
      for (int i = 0; i < rows; i++) {
        batch.selection[i] = i;
      }
    }
    batch.selectedCount = rows;
    return batch;
  }

  private static String value(Vector vector, int row) {
    if (vector.isNull(row)) {
      return "NULL";
    }
    return switch (vector) {
      case IntVector ints -> String.valueOf(ints.values[row]);
      case LongVector longs -> String.valueOf(longs.values[row]);
      case DoubleVector doubles -> String.valueOf(doubles.values[row]);
      case Int128Vector wide -> wide.high[row] + ":" + wide.low[row];
      case BytesVector strings -> Arrays.toString(strings.copy(row));
    };
  }
}
