package io.redward.compute.node;

import io.redward.foundation.batch.Vector;
import io.redward.runtime.segment.Parallel;
import java.util.function.Consumer;

/// What a segment's workers fill: a state of the plan, or a sink outside of it.
sealed interface SegmentOutput permits StateOutput, SinkOutput {
  /// What an output can make use of.
  ///
  /// @param lastWanted is told of what a sort with a limit needs no more: see
  ///     [io.redward.runtime.sort.TopRows]
  /// @param batchRows rows for which a batch is to have room
  record Hints(Consumer<Vector> lastWanted, int batchRows) {}

  /// One worker's end. Called by one thread before the workers start.
  WorkerOutput open(Hints hints);

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
