package io.redward.storage.cache;

import io.redward.storage.table.Block;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads blocks into the memory tier before they are asked for, on threads of its own, a bounded
/// number and a bounded number of bytes at a time. What does not fit the bounds is not read ahead.
/// Thread-safe.
public final class Prefetcher implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Prefetcher.class);
  private static final int MAX_WAITING = 256;
  private static final long MAX_BYTES = 64L << 20;
  private static final int IDLE_SECONDS = 10;

  private final BlockCache cache;
  private final ThreadPoolExecutor readers;
  private final long limitBytes;
  private final AtomicLong underWay = new AtomicLong();

  /// @param memoryBytes limit of the memory tier, of which an eighth may be under way
  public Prefetcher(BlockCache cache, int threads, long memoryBytes) {
    this.cache = cache;
    limitBytes = Math.min(MAX_BYTES, memoryBytes / 8);
    readers =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().daemon().name("prefetch-", 0).factory());
    readers.allowCoreThreadTimeOut(true);
  }

  /// Has a block read unless it is there; returns at once.
  ///
  /// @param bytes of the block in the store
  /// @param wanted asked when its turn comes: if false, nothing is read
  public void offer(BlockKey key, long bytes, BooleanSupplier wanted, Supplier<Block> loader) {
    if (cache.contains(key)) {
      return;
    }
    if (underWay.addAndGet(bytes) > limitBytes) {
      underWay.addAndGet(-bytes);
      return;
    }
    try {
      readers.execute(() -> read(key, bytes, wanted, loader));
    } catch (RejectedExecutionException e) {
      underWay.addAndGet(-bytes);
    }
  }

  private void read(BlockKey key, long bytes, BooleanSupplier wanted, Supplier<Block> loader) {
    try {
      if (wanted.getAsBoolean()) {
        cache.loadAhead(key, 0, loader);
      }
    } catch (RuntimeException e) {
      // Whoever needs the block reads it again and gets the error.
      LOGGER.debug("not read ahead: {}", e.toString());
    } finally {
      underWay.addAndGet(-bytes);
    }
  }

  @Override
  public void close() {
    readers.shutdownNow();
    try {
      if (!readers.awaitTermination(IDLE_SECONDS, TimeUnit.SECONDS)) {
        LOGGER.warn("blocks are still being read ahead after {} s", IDLE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
