package io.redward.leader.relational;

import java.util.List;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.SqlAggFunction;

/// Aggregate calls without DISTINCT, FILTER or an order.
public final class PlainCall {
  private PlainCall() {}

  /// A call over an input's fields.
  ///
  /// @param emptyGroup there is a group even without a row
  public static AggregateCall of(
      SqlAggFunction function, List<Integer> arguments, RelNode input, boolean emptyGroup) {
    return AggregateCall.create(
        function,
        false,
        false,
        false,
        List.of(),
        arguments,
        -1,
        null,
        RelCollations.EMPTY,
        emptyGroup,
        input,
        null,
        null);
  }
}
