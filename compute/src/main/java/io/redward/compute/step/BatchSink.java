package io.redward.compute.step;

import io.redward.foundation.batch.Batch;
import io.redward.runtime.segment.Parallel;

/// Where a segment's rows leave the compiled part: the client or a table. Shared by the segment's
/// workers.
public interface BatchSink {
  /// One worker's end. Called by one thread before the workers start.
  Part open();

  /// Called once after every worker has ended well.
  ///
  /// @param parallel runs what the workers have left to do, each for itself
  /// @return rows returned or changed
  long finish(Parallel parallel);

  /// Called instead of `finish` if a worker failed: drops what has been written.
  void abort();

  /// True once no more rows are wanted.
  boolean satisfied();

  /// True if handing on a batch may take as long as a client likes.
  boolean waitsForClient();

  /// One worker's end of the sink. Used by one thread.
  interface Part {
    /// Takes the live rows of a batch, which is the caller's again on return.
    void accept(Batch batch);
  }
}
