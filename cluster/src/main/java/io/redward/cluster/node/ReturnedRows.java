package io.redward.cluster.node;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BatchConsumer;

/// The way of one run of a query to the client. A run that has lost a node may still be at work on
/// its last rows while the query is run again: either it has returned rows, and there is no other
/// run, or it is kept from doing so. Thread-safe.
final class ReturnedRows implements BatchConsumer {
  private final BatchConsumer client;
  private boolean begun;
  private boolean withdrawn;

  ReturnedRows(BatchConsumer client) {
    this.client = client;
  }

  @Override
  public void accept(Batch batch) {
    begin();
    client.accept(batch);
  }

  private synchronized void begin() {
    if (withdrawn) {
      throw new SqlException(SqlState.QUERY_CANCELED, "another run of the query returns its rows");
    }
    begun = true;
  }

  /// Keeps the run from returning rows.
  ///
  /// @return false if it has done so already, so that the query cannot be run again
  synchronized boolean withdraw() {
    withdrawn = !begun;
    return withdrawn;
  }
}
