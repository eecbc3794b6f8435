package io.redward.compute.node;

import io.redward.runtime.segment.Parallel;

/// What a segment's workers fill: a state of the plan, or a sink outside of it.
sealed interface SegmentOutput permits StateOutput, SinkOutput {
  /// One worker's end. Called by one thread before the workers start.
  WorkerOutput open();

  /// True once no more rows are wanted.
  boolean satisfied();

  /// Ends the segment after all workers have ended well.
  ///
  /// @return rows returned to the client or changed in a table
  long finish(Parallel parallel);

  /// Ends the segment after a worker has failed.
  void abort();

  /// Bytes that the segment keeps.
  long bytes();
}
