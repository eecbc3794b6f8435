package io.redward.runtime.segment;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.Batch;
import io.redward.plan.expression.Constant;

/// What one worker's program gets from the runner.
public interface SegmentContext {
  /// The sealed state that an earlier stream filled: what a probe or nested loop reads.
  SinkState state(int stateId);

  /// This worker's part of the state that the segment's own sink fills, from
  /// [SinkState#newPart()].
  Object part(int stateId);

  /// The value of plan parameter `index`.
  Constant parameter(int index);

  /// The batch that a Return, Insert, Delete or Update sink fills densely from row 0, one vector a
  /// field of the sink's input. The program sets `selectedCount` and calls [#flush()] when the
  /// batch is full and at the end if rows are left.
  Batch output();

  /// Takes the rows in [#output()] away and resets it.
  void flush();

  CancelToken cancel();
}
