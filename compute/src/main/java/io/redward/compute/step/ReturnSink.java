package io.redward.compute.step;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BatchConsumer;
import io.redward.plan.step.SinkStep.Return;
import io.redward.runtime.segment.Parallel;
import java.util.concurrent.locks.ReentrantLock;

/// Hands batches to the client, one at a time, less the first `offset` rows and at most `limit`.
public final class ReturnSink implements BatchSink {
  private final BatchConsumer consumer;
  private final ReentrantLock turn = new ReentrantLock();
  private final long limit;
  private long toSkip;
  private long returned;
  private volatile boolean satisfied;

  public ReturnSink(Return step, BatchConsumer consumer) {
    this.consumer = consumer;
    limit = step.limit().orElse(Long.MAX_VALUE);
    toSkip = step.offset();
    satisfied = limit == 0;
  }

  @Override
  public Part open() {
    return this::accept;
  }

  private void accept(Batch batch) {
    turn.lock();
    try {
      if (satisfied) {
        return;
      }
      skip(batch);
      batch.selectedCount = (int) Math.min(batch.selectedCount, limit - returned);
      returned += batch.selectedCount;
      satisfied = returned == limit;
      if (batch.selectedCount > 0) {
        consumer.accept(batch);
      }
    } finally {
      turn.unlock();
    }
  }

  /// Takes the rows that OFFSET still wants gone from the front of the batch.
  private void skip(Batch batch) {
    int skipped = (int) Math.min(toSkip, batch.selectedCount);
    if (skipped == 0) {
      return;
    }
    toSkip -= skipped;
    int left = batch.selectedCount - skipped;
    for (int i = 0; i < left; i++) {
      batch.selection[i] = batch.row(i + skipped);
    }
    batch.dense = false;
    batch.selectedCount = left;
  }

  @Override
  public long finish(Parallel parallel) {
    return returned;
  }

  @Override
  public void abort() {
    satisfied = true;
  }

  @Override
  public boolean satisfied() {
    return satisfied;
  }

  @Override
  public boolean waitsForClient() {
    return true;
  }
}
