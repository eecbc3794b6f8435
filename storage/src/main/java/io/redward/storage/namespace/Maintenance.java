package io.redward.storage.namespace;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Vector;
import io.redward.storage.block.BlockWriter;
import io.redward.storage.commit.Superblock;
import io.redward.storage.commit.TableState;
import io.redward.storage.table.Housekeeping;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The background thread of a namespace. It is woken by commits that leave something to do, and
/// does it in turn: folds, a checkpoint, garbage. Nothing that fails here harms a transaction; it
/// is tried again at the next occasion.
final class Maintenance implements Housekeeping {
  private static final Logger LOGGER = LoggerFactory.getLogger(Maintenance.class);
  private static final int CLOSE_SECONDS = 60;

  private final LocalNamespace namespace;
  private final StorageOptions options;
  private final Folding folding;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("storage-maintenance").factory());
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile long checkpointPosition;

  Maintenance(LocalNamespace namespace, StorageOptions options) {
    this.namespace = namespace;
    this.options = options;
    folding = new Folding(namespace, options);
    checkpointPosition = namespace.committer().checkpointPosition();
  }

  /// Called after every commit, under the committer's lock: only decides and wakes.
  void published(Superblock superblock) {
    boolean due =
        superblock.version() - checkpointPosition >= options.checkpointCommits()
            || namespace.garbage().isDue();
    for (TableState table : superblock.tables()) {
      due |= table.contentVersion() == superblock.version() && folding.isDue(table);
    }
    if (due && scheduled.compareAndSet(false, true)) {
      try {
        thread.execute(this::run);
      } catch (RejectedExecutionException e) {
        // Closing: what is due will be due again after the next start.
        LOGGER.debug("no maintenance while closing", e);
      }
    }
  }

  @Override
  public long encodedBytes(Vector values, int rowCount, String encoding) {
    return BlockWriter.encode(values, rowCount, encoding).bytes().length;
  }

  /// Runs what is due in the caller's thread, and a checkpoint in any case.
  synchronized void runNow() {
    folding.foldAll();
    checkpoint();
    namespace.garbage().collect();
  }

  void close() {
    folding.stop();
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOGGER.warn("maintenance is still running after {} s", CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void run() {
    scheduled.set(false);
    try {
      folding.foldAll();
      long behind = namespace.committer().current().version() - checkpointPosition;
      if (behind >= options.checkpointCommits()) {
        checkpoint();
      }
      namespace.garbage().collect();
    } catch (SqlException e) {
      if (e.state() != SqlState.SERIALIZATION_FAILURE) {
        LOGGER.warn("maintenance put off: {}", e.message(), e);
      }
    } catch (RuntimeException e) {
      LOGGER.error("maintenance failed", e);
    }
  }

  private void checkpoint() {
    namespace.committer().checkpoint();
    checkpointPosition = namespace.committer().checkpointPosition();
  }
}
