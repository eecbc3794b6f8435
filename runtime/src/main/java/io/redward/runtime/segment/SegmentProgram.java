package io.redward.runtime.segment;

import io.redward.foundation.batch.Batch;

/// A compiled segment at work: the transforms and the sink of a segment as one loop over the rows
/// of a batch. Generated classes extend this; one instance belongs to one worker.
public abstract class SegmentProgram {
  /// Rows that have reached the sink so far.
  public long sinkRows;

  /// Binds literals, parameters and states. Called once, before any batch.
  public abstract void open(SegmentContext context);

  /// Pushes the live rows of `batch` through the segment.
  public abstract void process(Batch batch);

  /// Called once after the last batch, if no error occurred.
  public abstract void finish();
}
