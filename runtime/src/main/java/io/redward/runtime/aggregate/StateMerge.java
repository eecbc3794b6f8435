package io.redward.runtime.aggregate;

import io.redward.foundation.batch.BytesView;
import io.redward.foundation.types.Physical;
import io.redward.runtime.aggregate.AggregateLayout.State;
import io.redward.runtime.kernel.BytesOrder;
import io.redward.runtime.number.DoubleMath;
import io.redward.runtime.number.IntegerMath;
import io.redward.runtime.number.WideMath;
import io.redward.runtime.row.BytesArena;
import io.redward.runtime.row.RowLayout.Slot;
import java.util.List;

/// Adds the states of one row of a group to those of another.
final class StateMerge {
  private final State[] states;
  private final BytesArena arena;
  private final List<AggregatePart> parts;

  StateMerge(AggregateLayout layout, BytesArena arena, List<AggregatePart> parts) {
    states = layout.states().toArray(State[]::new);
    this.arena = arena;
    this.parts = parts;
  }

  /// Takes all states of the source row into the target row.
  void merge(long[] target, int row, long[] source, int other) {
    for (State state : states) {
      Slot value = state.value();
      if (state.kind() == StateKind.SINGLE
          && (target[row + state.extra()] > 0 || value.isNull(source, other))) {
        AggregateStates.countSingle(target, row + state.extra(), source[other + state.extra()]);
      } else if (value.isNull(source, other)) {
        continue;
      }
      if (value.isNull(target, row)) {
        int words = value.words() + state.kind().extraWords();
        System.arraycopy(source, other + value.word(), target, row + value.word(), words);
        value.setPresent(target, row);
      } else {
        mergeState(state, target, row, source, other);
      }
    }
  }

  private void mergeState(State state, long[] target, int row, long[] source, int other) {
    int to = row + state.value().word();
    int from = other + state.value().word();
    int extraTo = row + state.extra();
    int extraFrom = other + state.extra();
    switch (state.kind()) {
      case COUNT -> target[to] += source[from];
      case SUM_LONG -> target[to] = IntegerMath.add(target[to], source[from]);
      case SUM_WIDE -> WideSums.merge(target, to, source, from);
      case SUM_DOUBLE -> addDouble(target, to, source[from]);
      case AVG_WIDE -> {
        WideSums.merge(target, extraTo, source, extraFrom);
        target[extraTo + 2] += source[extraFrom + 2];
      }
      case AVG_DOUBLE -> {
        addDouble(target, extraTo, source[extraFrom]);
        target[extraTo + 1] += source[extraFrom + 1];
      }
      case MIN -> mergeExtreme(state.value().physical(), -1, target, to, source, from);
      case MAX -> mergeExtreme(state.value().physical(), 1, target, to, source, from);
      case FIRST -> {}
      case AND -> target[to] &= source[from];
      case OR -> target[to] |= source[from];
      case MOMENTS -> AggregateStates.mergeMoments(target, extraTo, source, extraFrom);
      case SINGLE -> {}
      case COLLECT -> collector(target[extraTo]).merge(collector(source[extraFrom]));
    }
  }

  private Collector collector(long handle) {
    return parts.get((int) (handle >>> 32)).collectors.get((int) handle - 1);
  }

  private static void addDouble(long[] target, int to, long bits) {
    double sum = Double.longBitsToDouble(target[to]) + Double.longBitsToDouble(bits);
    target[to] = Double.doubleToRawLongBits(sum);
  }

  private void mergeExtreme(
      Physical physical, int wanted, long[] target, int to, long[] source, int from) {
    int order =
        switch (physical) {
          case INT, LONG -> Long.compare(source[from], target[to]);
          case DOUBLE ->
              DoubleMath.compare(
                  Double.longBitsToDouble(source[from]), Double.longBitsToDouble(target[to]));
          case INT128 ->
              WideMath.compare(source[from], source[from + 1], target[to], target[to + 1]);
          case BYTES -> compare(source[from], target[to]);
        };
    if (Integer.signum(order) == wanted) {
      target[to] = source[from];
      if (physical == Physical.INT128) {
        target[to + 1] = source[from + 1];
      }
    }
  }

  private int compare(long view, long otherView) {
    byte[][] pages = arena.pages();
    int start = BytesView.offset(view);
    int otherStart = BytesView.offset(otherView);
    return BytesOrder.compare(
        pages[BytesView.page(view)],
        start,
        start + BytesView.length(view),
        pages[BytesView.page(otherView)],
        otherStart,
        otherStart + BytesView.length(otherView));
  }
}
