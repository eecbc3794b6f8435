package io.redward.plan.step;

import java.util.List;

/// What the leader hands to execution.
///
/// @param output the fields of the rows returned; empty for a statement that returns none
/// @param parameters how many parameter values an execution must give
public record PhysicalPlan(List<Stream> streams, List<Field> output, int parameters) {
  public PhysicalPlan {
    streams = List.copyOf(streams);
    output = List.copyOf(output);
  }
}
