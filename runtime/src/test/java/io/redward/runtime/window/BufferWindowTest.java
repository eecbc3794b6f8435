package io.redward.runtime.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.MemoryBudget;
import io.redward.foundation.types.SqlType;
import io.redward.plan.step.Field;
import io.redward.plan.step.SinkStep.SortKey;
import io.redward.plan.step.SinkStep.Window;
import io.redward.plan.step.SinkStep.WindowCall;
import io.redward.plan.step.SinkStep.WindowFrame;
import io.redward.plan.step.SinkStep.WindowFunction;
import io.redward.runtime.row.RowBuffer;
import io.redward.runtime.row.RowLayout;
import io.redward.runtime.row.RowScan;
import io.redward.runtime.row.RowWriter;
import io.redward.runtime.segment.Parallel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BufferWindowTest {
  private static final List<Field> FIELDS =
      List.of(
          Field.of("group", SqlType.varchar(10), true),
          Field.of("n", SqlType.BIGINT, false),
          Field.of("number", SqlType.BIGINT, false),
          Field.of("before", SqlType.varchar(10), true),
          Field.of("sum", SqlType.decimal(38, 0), true));

  private final MemoryBudget budget = new MemoryBudget(64 << 20);

  @Test
  void resultsAreFieldsOfRowsInPartitionAndWindowOrder() {
    int rows = 10_000;
    RowBuffer buffer = RowBuffer.of(FIELDS, budget);
    RowWriter writer = buffer.newPart();
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      numbers.add(i);
    }
    Collections.shuffle(numbers, new Random(3));
    RowLayout layout = buffer.layout();
    for (int number : numbers) {
      int row = writer.next();
      byte[] group = ("g" + number % 3 + " ".repeat(number % 2)).getBytes(StandardCharsets.UTF_8);
      if (number % 4 == 3) {
        layout.slot(0).setNull(writer.page, row);
      } else {
        writer.page[row + layout.slot(0).word()] = writer.append(group, 0, group.length);
      }
      writer.page[row + layout.slot(1).word()] = number;
    }
    buffer.seal(List.of(writer), Parallel.SEQUENTIAL);
    Window step =
        new Window(
            0,
            List.of(0),
            List.of(new SortKey(1, true, false)),
            List.of(
                call(WindowFunction.ROW_NUMBER, FIELDS.get(2)),
                call(WindowFunction.LAG, FIELDS.get(3), 0),
                call(WindowFunction.SUM, FIELDS.get(4), 1)),
            FIELDS);
    new BufferWindow(step, buffer, budget).compute(Parallel.SEQUENTIAL);
    assertThat(numbersOfFirstGroup(buffer.scan()))
        .isEqualTo(
            numbers.stream()
                .filter(n -> n % 4 != 3 && n % 3 == 0)
                .sorted((a, b) -> b - a)
                .map(n -> (long) n)
                .toList());
    long before = budget.usedBytes();
    assertThat(before).isEqualTo(buffer.bytes());
    buffer.close();
    assertThat(budget.usedBytes()).isZero();
  }

  private static List<Long> numbersOfFirstGroup(RowScan scan) {
    Batch batch = new Batch(FIELDS.stream().map(Field::physical).toList());
    List<Long> found = new ArrayList<>();
    for (int unit = 0; unit < scan.unitCount(); unit++) {
      scan.fill(unit, batch);
      for (int row = 0; row < batch.selectedCount; row++) {
        BytesVector group = (BytesVector) batch.vectors[0];
        if (!group.isNull(row)
            && new String(group.copy(row), StandardCharsets.UTF_8).strip().equals("g0")) {
          found.add(((LongVector) batch.vectors[1]).values[row]);
          assertThat(((LongVector) batch.vectors[2]).values[row]).isEqualTo(found.size());
          assertThat(batch.vectors[3].isNull(row)).isEqualTo(found.size() == 1);
        }
      }
    }
    return found;
  }

  private static WindowCall call(WindowFunction function, Field result, Integer... arguments) {
    return new WindowCall(function, List.of(arguments), false, WindowFrame.WHOLE_PARTITION, result);
  }
}
