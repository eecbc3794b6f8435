package io.redward.leader.binder;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;

/// The aggregates of one SELECT, collected while its expressions are bound over the rows before
/// grouping. In those expressions a call is a column reference at [#BASE] and above, which becomes
/// a column of the aggregation once that exists.
final class AggregateCalls {
  /// Above every real column's index, but no higher than need be: the algebra library keeps the
  /// name of every index up to twice the highest that it has seen, for good.
  static final int BASE = 1 << 14;

  private static final String FIELD = "$aggregate ";

  /// A sort key inside an aggregate.
  record SortKey(RexNode expression, boolean descending, boolean nullsFirst) {}

  /// An aggregate over rows before grouping.
  ///
  /// @param type of the result; nullable unless the function never answers NULL
  record AggregateSpec(
      SqlAggFunction function,
      List<RexNode> arguments,
      boolean distinct,
      Optional<RexNode> filter,
      List<SortKey> order,
      RelDataType type) {}

  private final List<AggregateSpec> calls = new ArrayList<>();

  /// @param columns of the rows before grouping
  AggregateCalls(int columns) {
    if (columns > BASE) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED,
          "the tables of a FROM clause have more than " + BASE + " columns together");
    }
  }

  /// The reference that stands for a call.
  RexNode add(RexBuilder builder, AggregateSpec call) {
    int index = calls.indexOf(call);
    if (index < 0) {
      index = calls.size();
      calls.add(call);
    }
    return builder.makeInputRef(call.type(), BASE + index);
  }

  /// The name by which a subquery's reference to a call of a surrounding query is known.
  static String fieldName(RexInputRef call) {
    return FIELD + (call.getIndex() - BASE);
  }

  /// The number of the call that a field of this name stands for; negative if it is a column.
  static int number(String fieldName) {
    return fieldName.startsWith(FIELD) ? Integer.parseInt(fieldName.substring(FIELD.length())) : -1;
  }

  /// Refuses GROUPING of anything but what the rows are grouped by.
  void requireGrouped(List<RexNode> keys, int position) {
    for (AggregateSpec call : calls) {
      boolean grouping = call.function().getKind() == SqlKind.GROUPING;
      if (grouping && (call.arguments().isEmpty() || !keys.containsAll(call.arguments()))) {
        throw Errors.at(
            position,
            SqlState.GROUPING_ERROR,
            "arguments to GROUPING must be grouping expressions of the associated query level");
      }
    }
  }

  List<AggregateSpec> calls() {
    return calls;
  }
}
