package io.redward.runtime.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.SqlType;
import io.redward.plan.step.Field;
import io.redward.plan.step.SinkStep.WindowCall;
import io.redward.plan.step.SinkStep.WindowFrame;
import io.redward.plan.step.SinkStep.WindowFunction;
import io.redward.runtime.segment.Parallel;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Every function over every kind of frame answers what a loop over the frame's rows answers.
class WindowEvaluatorTest {
  private static final long ALL = Long.MAX_VALUE;
  private static final List<WindowFrame> FRAMES =
      List.of(
          WindowFrame.WHOLE_PARTITION,
          new WindowFrame(true, ALL, 0),
          new WindowFrame(true, 0, ALL),
          new WindowFrame(true, 2, 3),
          new WindowFrame(true, 40, -3),
          new WindowFrame(true, -2, 50),
          new WindowFrame(true, 60, 60),
          new WindowFrame(false, ALL, 0),
          new WindowFrame(false, 0, ALL),
          new WindowFrame(false, 0, 0));

  private final Random random = new Random(42);
  private final int count = 400;
  private final int[] partitions = {0, 1, 150, 152, count};
  private final int[] peers = peers();
  private final @Nullable Long[] numbers = numbers();
  private final Vector[] columns = columns();
  private final List<Field> fields =
      List.of(
          Field.of("n", SqlType.BIGINT, true),
          Field.of("d", SqlType.DOUBLE, true),
          Field.of("w", SqlType.decimal(30, 2), true),
          Field.of("s", SqlType.varchar(10), true),
          Field.of("k", SqlType.INTEGER, true));
  private final WindowRows rows = new WindowRows(count, partitions, peers, columns, fields);

  @Test
  void aggregatesOverFramesAreThoseOfTheirRows() {
    for (WindowFrame frame : FRAMES) {
      Vector sums = one(WindowFunction.SUM, frame, SqlType.decimal(38, 0), 0);
      Vector wideSums = one(WindowFunction.SUM, frame, SqlType.decimal(38, 2), 2);
      Vector doubleSums = one(WindowFunction.SUM, frame, SqlType.DOUBLE, 1);
      Vector means = one(WindowFunction.AVG, frame, SqlType.BIGINT, 0);
      Vector wideMeans = one(WindowFunction.AVG, frame, SqlType.decimal(38, 2), 2);
      Vector counts = one(WindowFunction.COUNT, frame, SqlType.BIGINT, 0);
      Vector stars = one(WindowFunction.COUNT_STAR, frame, SqlType.BIGINT);
      Vector least = one(WindowFunction.MIN, frame, SqlType.varchar(10), 3);
      Vector most = one(WindowFunction.MAX, frame, SqlType.DOUBLE, 1);
      Vector variance = one(WindowFunction.VAR_SAMP, frame, SqlType.DOUBLE, 1);
      Vector first = one(WindowFunction.FIRST_VALUE, frame, SqlType.BIGINT, 0);
      Vector last = one(WindowFunction.LAST_VALUE, frame, SqlType.varchar(10), 3);
      for (int row = 0; row < count; row++) {
        int[] framed = framed(frame, row);
        String at = frame + " row " + row;
        List<Long> present = present(framed);
        long sum = present.stream().mapToLong(v -> v).sum();
        assertThat(value(counts, row)).as(at).isEqualTo((long) present.size());
        assertThat(value(stars, row)).as(at).isEqualTo((long) framed.length);
        Object none = present.isEmpty() ? null : present;
        assertThat(value(sums, row)).as(at).isEqualTo(none == null ? null : Int128.of(sum));
        assertThat(value(wideSums, row)).as(at).isEqualTo(none == null ? null : Int128.of(sum));
        assertThat(value(means, row)).as(at).isEqualTo(none == null ? null : sum / present.size());
        assertThat(value(wideMeans, row))
            .as(at)
            .isEqualTo(
                none == null
                    ? null
                    : Int128.of(
                        BigDecimal.valueOf(sum)
                            .divide(BigDecimal.valueOf(present.size()), 0, RoundingMode.HALF_UP)
                            .toBigInteger()));
        near(value(doubleSums, row), none == null ? null : sum / 4.0, at);
        near(value(variance, row), variance(present), at);
        assertThat(value(least, row))
            .as(at)
            .isEqualTo(present.stream().map(v -> text(v)).min(String::compareTo).orElse(null));
        assertThat(value(most, row))
            .as(at)
            .isEqualTo(present.stream().max(Long::compare).map(v -> v / 4.0).orElse(null));
        assertThat(value(first, row))
            .as(at)
            .isEqualTo(framed.length == 0 ? null : numbers[framed[0]]);
        Long lastNumber = framed.length == 0 ? null : numbers[framed[framed.length - 1]];
        assertThat(value(last, row)).as(at).isEqualTo(lastNumber == null ? null : text(lastNumber));
      }
    }
  }

  @Test
  void placesAmongPresentValuesSkipNulls() {
    for (WindowFrame frame : FRAMES) {
      Vector first = call(WindowFunction.FIRST_VALUE, true, frame, SqlType.BIGINT, 0);
      Vector last = call(WindowFunction.LAST_VALUE, true, frame, SqlType.BIGINT, 0);
      Vector third = call(WindowFunction.NTH_VALUE, true, frame, SqlType.BIGINT, 0, 4);
      for (int row = 0; row < count; row++) {
        List<Long> present = present(framed(frame, row));
        assertThat(value(first, row)).isEqualTo(present.isEmpty() ? null : present.getFirst());
        assertThat(value(last, row)).isEqualTo(present.isEmpty() ? null : present.getLast());
        assertThat(value(third, row)).isEqualTo(present.size() < 3 ? null : present.get(2));
      }
    }
  }

  @Test
  void offsetsStayInThePartition() {
    Vector lag = call(WindowFunction.LAG, false, FRAMES.getFirst(), SqlType.BIGINT, 0);
    Vector lead = call(WindowFunction.LEAD, false, FRAMES.getFirst(), SqlType.BIGINT, 0, 4);
    Vector lagPresent = call(WindowFunction.LAG, true, FRAMES.getFirst(), SqlType.BIGINT, 0);
    Vector leadPresent = call(WindowFunction.LEAD, true, FRAMES.getFirst(), SqlType.BIGINT, 0, 4);
    Vector otherwise = call(WindowFunction.LEAD, false, FRAMES.getFirst(), SqlType.BIGINT, 0, 4, 0);
    for (int row = 0; row < count; row++) {
      int start = partitionStart(row);
      int end = partitionEnd(row);
      assertThat(value(lag, row)).isEqualTo(row == start ? null : numbers[row - 1]);
      assertThat(value(lead, row)).isEqualTo(row + 3 >= end ? null : numbers[row + 3]);
      assertThat(value(otherwise, row)).isEqualTo(numbers[row + 3 >= end ? row : row + 3]);
      List<Long> before = present(range(start, row));
      List<Long> behind = present(range(row + 1, end));
      assertThat(value(lagPresent, row)).isEqualTo(before.isEmpty() ? null : before.getLast());
      assertThat(value(leadPresent, row)).isEqualTo(behind.size() < 3 ? null : behind.get(2));
    }
  }

  @Test
  void ranksCountRowsAndPeers() {
    WindowFrame whole = WindowFrame.WHOLE_PARTITION;
    Vector number = one(WindowFunction.ROW_NUMBER, whole, SqlType.BIGINT);
    Vector rank = one(WindowFunction.RANK, whole, SqlType.BIGINT);
    Vector dense = one(WindowFunction.DENSE_RANK, whole, SqlType.BIGINT);
    Vector percent = one(WindowFunction.PERCENT_RANK, whole, SqlType.DOUBLE);
    Vector cumulative = one(WindowFunction.CUME_DIST, whole, SqlType.DOUBLE);
    Vector tile = one(WindowFunction.NTILE, whole, SqlType.BIGINT, 4);
    int denseRank = 0;
    for (int row = 0; row < count; row++) {
      int start = partitionStart(row);
      int size = partitionEnd(row) - start;
      boolean opensPeers = Arrays.binarySearch(peers, row) >= 0;
      denseRank = row == start ? 1 : denseRank + (opensPeers ? 1 : 0);
      int before = peerStart(row) - start;
      assertThat(value(number, row)).isEqualTo(row - start + 1L);
      assertThat(value(rank, row)).isEqualTo(before + 1L);
      assertThat(value(dense, row)).isEqualTo((long) denseRank);
      assertThat(value(percent, row)).isEqualTo(size == 1 ? 0.0 : before / (size - 1.0));
      assertThat(value(cumulative, row)).isEqualTo((peerEnd(row) - start) / (double) size);
      int large = size % 3;
      int small = size / 3;
      long expected = 1;
      for (int filled = small + (large > 0 ? 1 : 0); row - start >= filled; expected++) {
        filled += small + (expected < large ? 1 : 0);
      }
      assertThat(value(tile, row)).isEqualTo(expected);
    }
  }

  @Test
  void percentilesAreOfTheWholePartition() {
    WindowFrame whole = WindowFrame.WHOLE_PARTITION;
    Vector median = one(WindowFunction.MEDIAN, whole, SqlType.DOUBLE, 1);
    for (int row = 0; row < count; row++) {
      List<Long> present =
          present(range(partitionStart(row), partitionEnd(row))).stream().sorted().toList();
      int size = present.size();
      Double expected =
          size == 0 ? null : (present.get((size - 1) / 2) + present.get(size / 2)) / 2.0 / 4.0;
      near(value(median, row), expected, "row " + row);
    }
  }

  @Test
  void sumsThatDoNotFitAreAnError() {
    LongVector huge = new LongVector(2);
    huge.values[0] = Long.MAX_VALUE;
    huge.values[1] = Long.MAX_VALUE;
    WindowRows two =
        new WindowRows(
            2,
            new int[] {0, 2},
            new int[] {0, 2},
            new Vector[] {huge},
            List.of(Field.of("n", SqlType.BIGINT, true)));
    WindowCall sum =
        new WindowCall(
            WindowFunction.SUM,
            List.of(0),
            false,
            WindowFrame.WHOLE_PARTITION,
            Field.of("s", SqlType.BIGINT, true));
    assertThatThrownBy(() -> WindowEvaluator.evaluate(List.of(sum), two, Parallel.SEQUENTIAL))
        .isInstanceOf(SqlException.class)
        .hasMessageContaining("overflow");
  }

  private Vector one(WindowFunction function, WindowFrame frame, SqlType type, Integer... args) {
    return call(function, false, frame, type, args);
  }

  private Vector call(
      WindowFunction function,
      boolean ignoreNulls,
      WindowFrame frame,
      SqlType type,
      Integer... arguments) {
    WindowCall call =
        new WindowCall(function, List.of(arguments), ignoreNulls, frame, Field.of("r", type, true));
    return WindowEvaluator.evaluate(List.of(call), rows, Parallel.SEQUENTIAL).getFirst();
  }

  private int[] peers() {
    List<Integer> starts = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      if (Arrays.binarySearch(partitions, row) >= 0 || random.nextInt(3) == 0) {
        starts.add(row);
      }
    }
    starts.add(count);
    return starts.stream().mapToInt(i -> i).toArray();
  }

  private @Nullable Long[] numbers() {
    @Nullable Long[] made = new Long[count];
    for (int row = 0; row < count; row++) {
      made[row] = random.nextInt(4) == 0 ? null : (long) random.nextInt(2000) - 1000;
    }
    return made;
  }

  private Vector[] columns() {
    LongVector longs = new LongVector(count);
    DoubleVector doubles = new DoubleVector(count);
    Int128Vector wide = new Int128Vector(count);
    BytesVector bytes = new BytesVector(count);
    IntVector three = new IntVector(count);
    for (int row = 0; row < count; row++) {
      three.values[row] = 3;
      Long number = numbers[row];
      if (number == null) {
        for (Vector vector : List.of(longs, doubles, wide, bytes)) {
          vector.setNull(row);
        }
        continue;
      }
      longs.values[row] = number;
      doubles.values[row] = number / 4.0;
      wide.high[row] = number >> 63;
      wide.low[row] = number;
      byte[] text = text(number).getBytes(StandardCharsets.UTF_8);
      bytes.append(row, text, 0, text.length);
    }
    return new Vector[] {longs, doubles, wide, bytes, three};
  }

  private static String text(long number) {
    return "%05d".formatted(number + 1000);
  }

  private List<Long> present(int[] framed) {
    return Arrays.stream(framed)
        .mapToObj(i -> numbers[i])
        .filter(Objects::nonNull)
        .map(v -> (Long) v)
        .toList();
  }

  private int[] framed(WindowFrame frame, int row) {
    int start = partitionStart(row);
    int end = partitionEnd(row);
    long low;
    long high;
    if (frame.rows()) {
      low = frame.start() == ALL ? start : row - frame.start();
      high = frame.end() == ALL ? end : row + frame.end() + 1;
    } else {
      low = frame.start() == ALL ? start : peerStart(row);
      high = frame.end() == ALL ? end : peerEnd(row);
    }
    return range((int) Math.max(start, low), (int) Math.min(end, high));
  }

  private static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  private int partitionStart(int row) {
    return below(partitions, row);
  }

  private int partitionEnd(int row) {
    return above(partitions, row);
  }

  private int peerStart(int row) {
    return below(peers, row);
  }

  private int peerEnd(int row) {
    return above(peers, row);
  }

  private static int below(int[] starts, int row) {
    return Arrays.stream(starts).filter(s -> s <= row).max().orElseThrow();
  }

  private static int above(int[] starts, int row) {
    return Arrays.stream(starts).filter(s -> s > row).min().orElseThrow();
  }

  private static @Nullable Double variance(List<Long> present) {
    if (present.size() < 2) {
      return null;
    }
    double mean = present.stream().mapToDouble(v -> v / 4.0).average().orElseThrow();
    return present.stream().mapToDouble(v -> (v / 4.0 - mean) * (v / 4.0 - mean)).sum()
        / (present.size() - 1);
  }

  private static void near(@Nullable Object actual, @Nullable Double expected, String at) {
    if (expected == null || actual == null) {
      assertThat(actual).as(at).isEqualTo(expected);
    } else {
      assertThat((Double) actual).as(at).isCloseTo(expected, within(1e-6));
    }
  }

  private static @Nullable Object value(Vector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    return switch (vector) {
      case IntVector ints -> ints.values[row];
      case LongVector longs -> longs.values[row];
      case DoubleVector doubles -> doubles.values[row];
      case Int128Vector wide -> new Int128(wide.high[row], wide.low[row]);
      case BytesVector bytes -> new String(bytes.copy(row), StandardCharsets.UTF_8);
    };
  }
}
