package io.redward.runtime.sort;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.MemoryBudget;
import io.redward.foundation.types.SqlType;
import io.redward.plan.step.Field;
import io.redward.plan.step.SinkStep.Sort;
import io.redward.plan.step.SinkStep.SortKey;
import io.redward.runtime.row.RowBuffer;
import io.redward.runtime.row.RowLayout;
import io.redward.runtime.row.RowWriter;
import io.redward.runtime.segment.Parallel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BufferSorterTest {
  private static final List<Field> FIELDS =
      List.of(Field.of("s", SqlType.varchar(20), true), Field.of("n", SqlType.BIGINT, false));
  private static final List<SortKey> KEYS =
      List.of(new SortKey(0, true, true), new SortKey(1, false, false));

  private static final Parallel FOUR_THREADS =
      new Parallel() {
        @Override
        public int workers() {
          return 4;
        }

        @Override
        public void run(int tasks, IntConsumer task) {
          IntStream.range(0, tasks).parallel().forEach(task);
        }
      };

  private record Row(String text, long number) {}

  private final MemoryBudget budget = new MemoryBudget(1L << 30);
  private final Random random = new Random(5);

  @Test
  void runsSortedSideBySideAreMergedIntoOneOrder() {
    List<Row> rows = rows(300_000);
    RowBuffer buffer = RowBuffer.of(FIELDS, budget);
    RowWriter writer = buffer.newPart();
    rows.forEach(row -> put(row, buffer.layout(), writer));
    buffer.seal(List.of(writer), FOUR_THREADS);
    new BufferSorter(buffer, KEYS, budget).sort(11, 250_000, FOUR_THREADS);
    assertThat(numbers(buffer)).isEqualTo(expected(rows, 11, 250_000));
  }

  @Test
  void topRowsAreTheFirstOfAll() {
    List<Row> rows = rows(200_000);
    Sort sort = new Sort(0, KEYS, OptionalLong.of(100), 5, FIELDS);
    List<Long> lastNumbers = new ArrayList<>();
    TopRows top = new TopRows(sort, budget, last -> lastNumbers.add((long) last.capacity()));
    RowBuffer buffer = RowBuffer.of(FIELDS, budget);
    for (Row row : rows) {
      put(row, buffer.layout(), top.writer());
      top.prune();
    }
    RowWriter writer = buffer.newPart();
    top.moveTo(writer);
    buffer.seal(List.of(writer), Parallel.SEQUENTIAL);
    new BufferSorter(buffer, KEYS, budget).sort(5, 100, Parallel.SEQUENTIAL);
    assertThat(numbers(buffer)).isEqualTo(expected(rows, 5, 100));
    assertThat(lastNumbers).hasSizeGreaterThan(5).containsOnly(1L);
    buffer.close();
    assertThat(budget.usedBytes()).isZero();
  }

  private List<Row> rows(int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String text = "a common prefix " + (char) ('a' + random.nextInt(20));
      rows.add(new Row(random.nextInt(10) == 0 ? "" : text, i));
    }
    return rows;
  }

  /// The empty string stands for NULL.
  private static void put(Row row, RowLayout layout, RowWriter writer) {
    int word = writer.next();
    byte[] text = row.text.getBytes(StandardCharsets.UTF_8);
    if (text.length == 0) {
      layout.slot(0).setNull(writer.page, word);
    } else {
      writer.page[word + layout.slot(0).word()] = writer.append(text, 0, text.length);
    }
    writer.page[word + layout.slot(1).word()] = row.number;
  }

  private static List<Long> expected(List<Row> rows, int offset, int limit) {
    Comparator<Row> nullsFirst = Comparator.comparing(row -> !row.text.isEmpty());
    return rows.stream()
        .sorted(
            nullsFirst
                .thenComparing(Comparator.comparing(Row::text).reversed())
                .thenComparingLong(Row::number))
        .skip(offset)
        .limit(limit)
        .map(Row::number)
        .toList();
  }

  private static List<Long> numbers(RowBuffer buffer) {
    LongVector numbers = (LongVector) new BufferColumns(buffer, Parallel.SEQUENTIAL).gather(1);
    return IntStream.range(0, buffer.to() - buffer.from())
        .mapToObj(i -> numbers.values[i])
        .toList();
  }
}
