package io.redward.leader.physical;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.Int128;
import io.redward.leader.relational.Literals;
import io.redward.plan.expression.Constant;
import io.redward.plan.step.SinkStep.WindowFrame;
import io.redward.plan.step.SinkStep.WindowFunction;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.jspecify.annotations.Nullable;

/// The plan's window functions and frames for those of the algebra.
final class WindowFunctions {
  private WindowFunctions() {}

  static String name(RexOver call) {
    return AggregateFunctions.name(call.getAggOperator());
  }

  static WindowFunction of(RexOver call) {
    return switch (call.getAggOperator().getKind()) {
      case COUNT -> call.getOperands().isEmpty() ? WindowFunction.COUNT_STAR : WindowFunction.COUNT;
      case SUM, SUM0 -> WindowFunction.SUM;
      case MIN -> WindowFunction.MIN;
      case MAX -> WindowFunction.MAX;
      default -> catalog(name(call));
    };
  }

  private static WindowFunction catalog(String name) {
    for (WindowFunction function : WindowFunction.values()) {
      if (function.name().equalsIgnoreCase(name)) {
        return function;
      }
    }
    return switch (name) {
      case "stddev" -> WindowFunction.STDDEV_SAMP;
      case "variance" -> WindowFunction.VAR_SAMP;
      default ->
          throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED, "window function " + name + " is not supported");
    };
  }

  /// True if the answer is one of the first argument's values, in its form.
  static boolean yieldsArgument(RexOver call) {
    return switch (of(call)) {
      case MIN, MAX, LAG, LEAD, FIRST_VALUE, LAST_VALUE, NTH_VALUE, ANY_VALUE -> true;
      default -> false;
    };
  }

  static WindowFrame frame(RexWindow window) {
    return new WindowFrame(
        window.isRows(),
        -distance(window.getLowerBound(), window),
        distance(window.getUpperBound(), window));
  }

  /// How far after the current row the bound lies, negative for before.
  private static long distance(RexWindowBound bound, RexWindow window) {
    if (bound.isCurrentRow()) {
      return 0;
    }
    if (bound.isUnbounded()) {
      return bound.isPreceding() ? -Long.MAX_VALUE : Long.MAX_VALUE;
    }
    if (!window.isRows()) {
      throw new SqlException(
          SqlState.FEATURE_NOT_SUPPORTED, "RANGE frames with an offset are not supported");
    }
    long offset = offset(bound.getOffset());
    return bound.isPreceding() ? -offset : offset;
  }

  private static long offset(@Nullable RexNode offset) {
    if (offset instanceof RexLiteral literal) {
      return switch (Literals.constant(literal)) {
        case Constant.IntValue(int value) -> value;
        case Constant.LongValue(long value) -> value;
        case Constant.Int128Value(Int128 value) -> value.low();
        case Constant.Null _, Constant.DoubleValue _, Constant.BytesValue _ -> 0;
      };
    }
    throw new SqlException(
        SqlState.WINDOWING_ERROR, "frame offsets must be constants when the statement is planned");
  }
}
