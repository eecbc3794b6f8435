package io.redward.runtime.aggregate;

import io.redward.foundation.types.Physical;
import io.redward.plan.expression.Expression;
import io.redward.plan.step.SinkStep.Aggregate;
import io.redward.plan.step.SinkStep.AggregateCall;
import io.redward.plan.step.SinkStep.AggregateFunction;
import io.redward.runtime.row.RowLayout;
import io.redward.runtime.row.RowLayout.Member;
import io.redward.runtime.row.RowLayout.Slot;
import java.util.ArrayList;
import java.util.List;

/// Where a group's keys and states are. Word 0 is the header: 0, or 1 once the group has been
/// merged into another worker's.
///
/// @param template a row as it is before its first input: states empty, keys unset
public record AggregateLayout(RowLayout row, int keyCount, List<State> states, long[] template) {

  /// One call's state.
  ///
  /// @param value the slot of the result; where nullable, it is NULL until a value has been met
  /// @param extra first extra word of the row, if the kind has any
  /// @param argument form of the argument; LONG where there is none
  public record State(
      StateKind kind, AggregateCall call, Slot value, int extra, Physical argument) {}

  public static AggregateLayout of(Aggregate step) {
    List<Member> members = new ArrayList<>();
    for (Expression key : step.keys()) {
      members.add(new Member(key.physical(), key.nullable()));
    }
    List<StateKind> kinds = new ArrayList<>();
    for (AggregateCall call : step.calls()) {
      StateKind kind = kind(call);
      kinds.add(kind);
      Physical result = call.result().physical();
      int words = (result == Physical.INT128 ? 2 : 1) + kind.extraWords();
      members.add(new Member(result, mayBeEmpty(step, call, kind), words));
    }
    RowLayout row = RowLayout.of(1, members);
    int keys = step.keys().size();
    List<State> states = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      AggregateCall call = step.calls().get(i);
      Slot slot = row.slot(keys + i);
      Physical argument =
          call.arguments().isEmpty() ? Physical.LONG : call.arguments().getFirst().physical();
      states.add(new State(kinds.get(i), call, slot, slot.word() + slot.words(), argument));
    }
    return new AggregateLayout(row, keys, List.copyOf(states), template(row, states));
  }

  private static StateKind kind(AggregateCall call) {
    AggregateFunction function = call.function();
    boolean insensitive =
        function == AggregateFunction.MIN
            || function == AggregateFunction.MAX
            || function == AggregateFunction.ANY_VALUE;
    if (call.distinct() && !insensitive && !call.arguments().isEmpty()) {
      return StateKind.COLLECT;
    }
    boolean floating =
        !call.arguments().isEmpty() && call.arguments().getFirst().physical() == Physical.DOUBLE;
    return switch (function) {
      case COUNT_STAR, COUNT -> StateKind.COUNT;
      case SUM ->
          floating
              ? StateKind.SUM_DOUBLE
              : call.result().physical() == Physical.INT128
                  ? StateKind.SUM_WIDE
                  : StateKind.SUM_LONG;
      case AVG -> floating ? StateKind.AVG_DOUBLE : StateKind.AVG_WIDE;
      case MIN -> StateKind.MIN;
      case MAX -> StateKind.MAX;
      case ANY_VALUE -> StateKind.FIRST;
      case BOOL_AND, BIT_AND -> StateKind.AND;
      case BOOL_OR, BIT_OR -> StateKind.OR;
      case STDDEV_SAMP, STDDEV_POP, VAR_SAMP, VAR_POP -> StateKind.MOMENTS;
      case SINGLE_VALUE -> StateKind.SINGLE;
      case MEDIAN,
          PERCENTILE_CONT,
          PERCENTILE_DISC,
          LISTAGG,
          APPROXIMATE_COUNT_DISTINCT,
          HLL_CREATE_SKETCH,
          HLL_COMBINE ->
          StateKind.COLLECT;
    };
  }

  private static boolean mayBeEmpty(Aggregate step, AggregateCall call, StateKind kind) {
    boolean zeroIfEmpty = call.function() == AggregateFunction.SUM && !call.result().nullable();
    if (kind == StateKind.COUNT || zeroIfEmpty && kind != StateKind.COLLECT) {
      return false;
    }
    return switch (kind) {
      case MOMENTS, SINGLE, COLLECT -> true;
      default ->
          step.keys().isEmpty()
              || call.filter().isPresent()
              || call.arguments().getFirst().nullable()
              || call.result().physical() == Physical.BYTES;
    };
  }

  private static long[] template(RowLayout row, List<State> states) {
    long[] template = new long[row.rowWords()];
    for (State state : states) {
      Slot value = state.value();
      if (value.nullable()) {
        value.setNull(template, 0);
      }
      boolean wide = value.physical() == Physical.INT128;
      boolean floating = value.physical() == Physical.DOUBLE;
      switch (state.kind()) {
        case MIN -> {
          template[value.word()] =
              floating ? Double.doubleToRawLongBits(Double.NaN) : Long.MAX_VALUE;
          if (wide) {
            template[value.word() + 1] = -1;
          }
        }
        case MAX ->
            template[value.word()] =
                floating ? Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY) : Long.MIN_VALUE;
        case AND -> template[value.word()] = -1;
        default -> {}
      }
    }
    return template;
  }

  /// True for one key of INT or LONG, which parts look up without generated code.
  public boolean integerKey() {
    return keyCount == 1
        && (key(0).physical() == Physical.INT || key(0).physical() == Physical.LONG);
  }

  public Slot key(int index) {
    return row.slot(index);
  }

  /// The row's slots in the order of the step's fields.
  public List<Slot> fieldSlots() {
    return row.slots();
  }
}
