package io.redward.plan.run;

import java.util.List;

/// How an execution ended.
///
/// @param rows rows returned, or rows inserted, deleted or updated
public record ExecutionResult(long rows, List<SegmentProfile> profiles) {
  public ExecutionResult {
    profiles = List.copyOf(profiles);
  }
}
