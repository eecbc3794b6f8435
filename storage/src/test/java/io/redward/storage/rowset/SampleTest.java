package io.redward.storage.rowset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.SqlType;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.table.ColumnStatistics;
import io.redward.storage.table.Distribution;
import io.redward.storage.table.TableShape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What rowsets sample of their values tells how a skewed column spreads.
final class SampleTest {
  private static final int ROWS = 65_536;
  private static final TableShape SHAPE =
      new TableShape(
          List.of(
              new TableShape.Column(1, SqlType.BIGINT, "auto"),
              new TableShape.Column(2, SqlType.varchar(40), "auto")),
          List.of(),
          false);

  @Test
  void commonValuesAndRangesOfSkewedDataAreKnown() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    ColumnTotals numbers = new ColumnTotals();
    ColumnTotals words = new ColumnTotals();
    for (int rowset = 0; rowset < 4; rowset++) {
      RowsetFile file = new RowsetFile(rowset(rowset, store), store);
      file.addTo(numbers, 1);
      file.addTo(words, 2);
    }
    ColumnStatistics statistics = numbers.statistics().orElseThrow();
    Distribution distribution = statistics.distribution().orElseThrow();
    double distinct = statistics.distinctCount();
    // Half of all are 0, a tenth 1, the rest spreads evenly over 0 .. 1,000,000.
    assertThat(distribution.equalTo(0, distinct)).isCloseTo(0.5, within(0.05));
    assertThat(distribution.equalTo(1, distinct)).isCloseTo(0.1, within(0.04));
    assertThat(distribution.equalTo(777_777, distinct)).isLessThan(0.001);
    assertThat(distribution.below(0)).isZero();
    assertThat(distribution.below(2)).isCloseTo(0.6, within(0.05));
    assertThat(distribution.below(500_000)).isCloseTo(0.8, within(0.05));
    assertThat(distribution.below(900_000) - distribution.below(899_000)).isBetween(0.0, 0.004);

    Distribution texts = words.statistics().orElseThrow().distribution().orElseThrow();
    double different = words.statistics().orElseThrow().distinctCount();
    assertThat(texts.equalTo("the most common word".getBytes(StandardCharsets.UTF_8), different))
        .isCloseTo(0.5, within(0.05));
    assertThat(texts.equalTo("the most rare word".getBytes(StandardCharsets.UTF_8), different))
        .isLessThan(0.001);
    assertThat(texts.commonValues()).isBetween(2, 6);
  }

  @Test
  void rowsetsOfAFewRowsHaveNone() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    RowsetWriter writer = new RowsetWriter(SHAPE);
    writer.writeBlocks(columns(new Random(1), 20), 20);
    ColumnTotals totals = new ColumnTotals();
    new RowsetFile(writer.seal(1, 1, store), store).addTo(totals, 1);
    assertThat(totals.statistics().orElseThrow().distribution()).isEmpty();
  }

  private static RowsetReference rowset(int number, InMemoryObjectStore store) {
    Random random = new Random(number);
    RowsetWriter writer = new RowsetWriter(SHAPE);
    for (int block = 0; block < 3; block++) {
      int rows = block < 2 ? ROWS : 10_000;
      writer.writeBlocks(columns(random, rows), rows);
    }
    return writer.seal(1, number + 1, store);
  }

  private static Vector[] columns(Random random, int rows) {
    LongVector numbers = new LongVector(rows);
    BytesVector words = new BytesVector(rows);
    for (int row = 0; row < rows; row++) {
      int kind = random.nextInt(10);
      long number = kind < 5 ? 0 : kind < 6 ? 1 : random.nextInt(1_000_000);
      numbers.values[row] = number;
      String word =
          kind < 5 ? "the most common word" : kind < 6 ? "the second word" : "word " + number;
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      words.append(row, bytes, 0, bytes.length);
    }
    return new Vector[] {numbers, words};
  }
}
