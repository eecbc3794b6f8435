package io.redward.foundation.batch;

/// Takes batches one after another: a result on its way to a client, rows on their way to a table.
@FunctionalInterface
public interface BatchConsumer {
  /// Called by one thread at a time; the batch is the caller's again on return.
  void accept(Batch batch);
}
