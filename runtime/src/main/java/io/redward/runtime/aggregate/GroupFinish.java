package io.redward.runtime.aggregate;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.plan.step.SinkStep.AggregateFunction;
import io.redward.runtime.aggregate.AggregateLayout.State;
import io.redward.runtime.number.DecimalMath;
import io.redward.runtime.number.WideMath;
import io.redward.runtime.row.ArenaWriter;
import io.redward.runtime.row.RowLayout.Slot;
import io.redward.runtime.row.RowPages;
import io.redward.runtime.row.StringKeys;
import java.util.List;

/// Turns the states of finished groups into results, and packed keys into views.
final class GroupFinish {
  private final AggregateLayout layout;
  private final RowPages pages;
  private final ArenaWriter arena;
  private final List<AggregatePart> parts;
  private final byte[] unpacked = new byte[StringKeys.MAX_PACKED];

  GroupFinish(
      AggregateLayout layout, RowPages pages, ArenaWriter arena, List<AggregatePart> parts) {
    this.layout = layout;
    this.pages = pages;
    this.arena = arena;
    this.parts = parts;
  }

  /// Whether any part of a row changes.
  static boolean needed(AggregateLayout layout) {
    for (int key = 0; key < layout.keyCount(); key++) {
      if (layout.key(key).physical() == Physical.BYTES) {
        return true;
      }
    }
    return layout.states().stream().anyMatch(state -> changes(state.kind()));
  }

  private static boolean changes(StateKind kind) {
    return switch (kind) {
      case SUM_WIDE, AVG_WIDE, AVG_DOUBLE, MOMENTS, COLLECT -> true;
      case COUNT, SUM_LONG, SUM_DOUBLE, MIN, MAX, FIRST, AND, OR, SINGLE -> false;
    };
  }

  void run(int[] refs, int from, int to) {
    for (int i = from; i < to; i++) {
      long[] page = pages.page(refs[i]);
      int row = pages.word(refs[i]);
      for (int key = 0; key < layout.keyCount(); key++) {
        unpackKey(layout.key(key), page, row);
      }
      for (State state : layout.states()) {
        if (!state.value().isNull(page, row)) {
          finish(state, page, row);
        } else if (countsDistinct(state)) {
          state.value().setPresent(page, row);
          page[row + state.value().word()] = 0;
        }
      }
    }
  }

  private static boolean countsDistinct(State state) {
    AggregateFunction function = state.call().function();
    return function == AggregateFunction.COUNT
        || function == AggregateFunction.APPROXIMATE_COUNT_DISTINCT;
  }

  private void unpackKey(Slot slot, long[] page, int row) {
    if (slot.physical() == Physical.BYTES && page[row + slot.word()] < 0) {
      long word = page[row + slot.word()];
      StringKeys.unpack(word, unpacked);
      page[row + slot.word()] = arena.append(unpacked, 0, StringKeys.packedLength(word));
    }
  }

  private void finish(State state, long[] page, int row) {
    int extra = row + state.extra();
    int value = row + state.value().word();
    switch (state.kind()) {
      case SUM_WIDE -> {
        WideSums.finish(page, value);
        SqlType type = state.call().result().type();
        WideMath.check(page[value], page[value + 1], precision(type));
      }
      case AVG_WIDE -> {
        WideSums.finish(page, extra);
        average(state, page, row);
      }
      case AVG_DOUBLE -> {
        double mean = Double.longBitsToDouble(page[extra]) / page[extra + 1];
        page[value] = Double.doubleToRawLongBits(mean);
      }
      case MOMENTS -> moments(state, page, row);
      case COLLECT -> {
        long handle = page[extra];
        Collector collector = parts.get((int) (handle >>> 32)).collectors.get((int) handle - 1);
        ResultWriter writer = new ResultWriter(state, page, row, arena);
        collector.finish(writer);
      }
      case COUNT, SUM_LONG, SUM_DOUBLE, MIN, MAX, FIRST, AND, OR, SINGLE -> {}
    }
  }

  private static int precision(SqlType type) {
    return type.kind() == TypeKind.DECIMAL ? type.precision() : SqlType.MAX_DECIMAL_PRECISION;
  }

  private void average(State state, long[] page, int row) {
    int extra = row + state.extra();
    int value = row + state.value().word();
    long high = page[extra];
    long low = page[extra + 1];
    long count = page[extra + 2];
    SqlType type = state.call().result().type();
    SqlType argument = state.call().arguments().getFirst().type();
    int digits = type.scale() - argument.scale();
    boolean small = high == low >> 63 && digits >= 0 && digits <= 18;
    long power = small ? DecimalMath.power(digits) : 1;
    if (type.kind() == TypeKind.DECIMAL
        && small
        && Math.multiplyHigh(low, power) == low * power >> 63) {
      long mean = DecimalMath.divideRounded(low * power, count);
      ResultWriter.putInteger(state.value().physical(), page, value, mean);
      return;
    }
    ResultWriter writer = new ResultWriter(state, page, row, arena);
    writer.mean(WideMath.big(high, low), argument.scale(), count);
  }

  private static void moments(State state, long[] page, int row) {
    int extra = row + state.extra();
    long count = page[extra];
    double squares = Double.longBitsToDouble(page[extra + 2]);
    new ResultWriter(state, page, row).moments(state.call().function(), count, squares);
  }
}
