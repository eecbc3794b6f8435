package io.redward.storage.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.storage.table.Block;
import io.redward.storage.table.RowSpan;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/// A block of a column that rises, wholly or in parts, tells in which rows values may be.
final class RowSpanTest {
  private static final int ROWS = 65_536;
  private static final int FEW_ROWS = 16_384;

  /// The same values as BIGINT and as INTEGER.
  private static List<Vector> columns(int rows, IntUnaryOperator value) {
    LongVector longs = new LongVector(rows);
    IntVector ints = new IntVector(rows);
    for (int row = 0; row < rows; row++) {
      ints.values[row] = value.applyAsInt(row);
      longs.values[row] = ints.values[row];
    }
    return List.of(longs, ints);
  }

  private static Block block(Vector vector, int rows) {
    return BlockReader.read(BlockWriter.encode(vector, rows, "az64").bytes(), vector.physical());
  }

  /// Rising within every stretch that is packed together, falling from one to the next.
  @Test
  void columnsThatRiseInPartsTellNoWrongSpan() {
    for (int period : new int[] {1_024, 2_048, 4_096, 5_000}) {
      for (Vector vector : columns(FEW_ROWS, row -> row % period * 3 + row / period)) {
        checkSomeValues(vector, period);
      }
    }
  }

  /// A fall so deep that the difference of two values overflows to a positive one.
  @Test
  void columnsThatOverflowTellNoWrongSpan() {
    for (int period : new int[] {1_024, 2_048, 4_096, 5_000}) {
      LongVector longs = new LongVector(FEW_ROWS);
      IntVector ints = new IntVector(FEW_ROWS);
      for (int row = 0; row < FEW_ROWS; row++) {
        longs.values[row] = Long.MAX_VALUE - 1_000L * period + row * 1_000L;
        ints.values[row] = Integer.MAX_VALUE - 1_000 * period + row * 1_000;
      }
      checkSomeValues(longs, period);
      checkSomeValues(ints, period);
    }
  }

  private static void checkSomeValues(Vector vector, int seed) {
    Random random = new Random(seed);
    Block block = block(vector, FEW_ROWS);
    for (int i = 0; i < 200; i++) {
      long value = RowSpans.number(vector, random.nextInt(FEW_ROWS), 0);
      RowSpans.check(vector, block, value, value);
    }
  }

  @Test
  void aRisingColumnTellsWhereAValueIs() {
    Block block = block(columns(ROWS, row -> row * 3).getFirst(), ROWS);
    RowSpan span = block.spanBetween(90_000, 90_010);
    assertThat(span.from()).isBetween(1, 30_000);
    assertThat(span.to() - span.from()).isBetween(4, 4_096);
    RowSpan none = block.spanBetween(1_000_000, 2_000_000);
    assertThat(none.from()).as("nothing is so large").isGreaterThanOrEqualTo(none.to());
  }

  /// Keys that rise by steps of one and now and then by a hundred thousand, as they do in a table
  /// that several files were loaded into: the leaps are kept apart from the packed differences.
  @Test
  void aRisingColumnWithLeapsTellsWhereAValueIs() {
    Random random = new Random(7);
    int[] key = {-40_000_000};
    for (Vector vector : columns(ROWS, _ -> key[0] += random.nextInt(700) == 0 ? 100_000 : 1)) {
      Block block = block(vector, ROWS);
      for (int i = 0; i < 200; i++) {
        int row = random.nextInt(ROWS);
        long from = RowSpans.number(vector, row, random.nextInt(3));
        RowSpans.check(vector, block, from, from + random.nextInt(5));
        long value = RowSpans.number(vector, row, 0);
        RowSpan span = block.spanBetween(value, value);
        assertThat(span.to() - span.from()).isBetween(1, 8_192);
      }
    }
  }

  /// Differences that do not fit the width and are negative, so that values fall where packed
  /// differences rise.
  @Test
  void aRisingColumnWithFallsTellsNoWrongSpan() {
    Random random = new Random(8);
    int[] value = {-500_000};
    for (Vector vector :
        columns(FEW_ROWS, _ -> value[0] += random.nextInt(900) == 0 ? -90_000 : 3)) {
      Block block = block(vector, FEW_ROWS);
      for (int i = 0; i < 500; i++) {
        long from = RowSpans.number(vector, random.nextInt(FEW_ROWS), -1);
        RowSpans.check(vector, block, from, from + random.nextInt(50));
      }
    }
  }
}
