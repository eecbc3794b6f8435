package io.redward.storage.cache;

import io.redward.foundation.base.SqlException;
import io.redward.storage.table.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings back what was hot before a restart, in order of heat: first blocks into memory, from the
/// disk where they are there, then ranges that the disk has lost. Runs in the background, one step
/// a block, and fills no tier beyond its limit. Thread-safe.
public final class Rehydration implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Rehydration.class);
  private static final long CLOSE_MILLIS = 10_000;

  private final HotSet hot;
  private final CacheOptions options;
  private final BlockCache memory;
  private final Source source;
  private final AtomicInteger nextBlock = new AtomicInteger();
  private final AtomicInteger nextRange = new AtomicInteger();
  private final AtomicLong blocks = new AtomicLong();
  private final AtomicLong ranges = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  /// Where blocks come from.
  ///
  /// @param loaders gives what reads a block; empty if there is no such block any more
  /// @param pause returns when it is time for the next one; throws if there is to be none
  public record Source(Function<BlockKey, Optional<Supplier<Block>>> loaders, Runnable pause) {}

  public Rehydration(HotSet hot, CacheOptions options, BlockCache memory, Source source) {
    this.hot = hot;
    this.options = options;
    this.memory = memory;
    this.source = source;
  }

  /// Begins, on as many threads as the store is worth.
  public void start() {
    if (hot.blocks().isEmpty() && hot.ranges().isEmpty()) {
      return;
    }
    int count = Math.max(1, options.prefetchThreads() / 4);
    for (int i = 0; i < count; i++) {
      threads.add(Thread.ofPlatform().daemon().name("rehydration-" + i).unstarted(this::run));
    }
    threads.forEach(Thread::start);
  }

  /// True once there is nothing more to bring back.
  public boolean isDone() {
    return threads.stream().noneMatch(Thread::isAlive);
  }

  /// Blocks brought back into memory.
  public long blocks() {
    return blocks.get();
  }

  /// Ranges brought back onto the disk.
  public long ranges() {
    return ranges.get();
  }

  @Override
  public void close() {
    closed = true;
    try {
      for (Thread thread : threads) {
        thread.join(CLOSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      for (int at = next(nextBlock); at < hot.blocks().size(); at = next(nextBlock)) {
        if (closed || memory.isFull()) {
          break;
        }
        source.pause().run();
        load(hot.blocks().get(at));
      }
      for (int at = next(nextRange); at < hot.ranges().size(); at = next(nextRange)) {
        if (closed || options.disk().isEmpty() || options.disk().get().isFull()) {
          break;
        }
        source.pause().run();
        bringBack(options.disk().get(), hot.ranges().get(at));
      }
    } catch (RuntimeException e) {
      if (!closed) {
        LOGGER.info("not all that was hot is brought back: {}", e.toString());
      }
    }
  }

  private static int next(AtomicInteger cursor) {
    return cursor.getAndIncrement();
  }

  private void load(HotBlock block) {
    Optional<Supplier<Block>> loader = source.loaders().apply(block.key());
    try {
      if (loader.isPresent() && memory.loadAhead(block.key(), block.heat(), loader.get())) {
        blocks.incrementAndGet();
      }
    } catch (SqlException e) {
      // Whoever needs the block gets the error.
      LOGGER.debug("not brought back: {}", e.message());
    }
  }

  private void bringBack(DiskTier disk, HotRange range) {
    try {
      if (disk.bringBack(range)) {
        ranges.incrementAndGet();
      }
    } catch (SqlException e) {
      // The object may have been collected since.
      LOGGER.debug("not brought back: {}", e.message());
    }
  }
}
