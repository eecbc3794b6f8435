package io.redward.compute.step;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BatchConsumer;
import io.redward.foundation.batch.Vector;
import java.util.concurrent.locks.ReentrantLock;

/// Hands rows that a statement has written or deleted to whoever wants them, one batch at a time.
final class ChangedRows {
  private final BatchConsumer consumer;
  private final ReentrantLock turn = new ReentrantLock();

  ChangedRows(BatchConsumer consumer) {
    this.consumer = consumer;
  }

  void hand(Vector[] vectors, int[] rows, int count) {
    if (count == 0) {
      return;
    }
    Batch batch = Batch.over(vectors, count);
    batch.dense = false;
    System.arraycopy(rows, 0, batch.selection, 0, count);
    turn.lock();
    try {
      consumer.accept(batch);
    } finally {
      turn.unlock();
    }
  }
}
