package io.redward.storage.namespace;

import io.redward.storage.cache.BlockAccess;
import io.redward.storage.cache.BlockKey;
import io.redward.storage.cache.CacheOptions;
import io.redward.storage.cache.DiskTier;
import io.redward.storage.cache.HotRange;
import io.redward.storage.cache.HotSet;
import io.redward.storage.cache.Rehydration;
import io.redward.storage.commit.RowsetState;
import io.redward.storage.commit.Superblock;
import io.redward.storage.commit.TableState;
import io.redward.storage.rowset.RowsetFile;
import io.redward.storage.table.Block;
import io.redward.storage.table.RowsetSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records once a minute what of a namespace is hot, if it has been given a place for that, and
/// begins with bringing back what was. As long as that goes on nothing is recorded, so that a
/// process that ends early does not forget what the one before it knew.
final class CacheKeeper implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(CacheKeeper.class);
  private static final int RECORD_SECONDS = 60;
  private static final int MAX_RECORDED = 200_000;

  private final CacheOptions options;
  private final BlockAccess blocks;
  private final Rehydration rehydration;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("cache-keeper").factory());

  /// @param pause returns when no query needs the machine more; throws when the namespace closes
  CacheKeeper(CacheOptions options, BlockAccess blocks, Superblock state, Runnable pause) {
    this.options = options;
    this.blocks = blocks;
    HotSet hot = options.hotSet().map(HotSet::read).orElse(HotSet.EMPTY);
    if (!hot.namespace().equals(namespace())) {
      hot = HotSet.EMPTY;
    }
    if (options.disk().isPresent()) {
      for (HotRange range : hot.ranges()) {
        options.disk().get().warm(range);
      }
    }
    Map<Integer, RowsetFile> rowsets = hot.blocks().isEmpty() ? Map.of() : rowsets(state);
    rehydration =
        new Rehydration(
            hot,
            options,
            blocks.memory(),
            new Rehydration.Source(key -> loader(rowsets.get(key.rowsetId()), key), pause));
    rehydration.start();
    if (options.hotSet().isPresent()) {
      Future<?> unused =
          thread.scheduleWithFixedDelay(
              this::record, RECORD_SECONDS, RECORD_SECONDS, TimeUnit.SECONDS);
    }
  }

  Rehydration rehydration() {
    return rehydration;
  }

  private static Map<Integer, RowsetFile> rowsets(Superblock state) {
    Map<Integer, RowsetFile> rowsets = new HashMap<>();
    for (TableState table : state.tables()) {
      for (RowsetState rowset : table.rowsets()) {
        rowsets.put(rowset.rowsetId(), rowset.file());
      }
    }
    return rowsets;
  }

  private static Optional<Supplier<Block>> loader(@Nullable RowsetFile rowset, BlockKey key) {
    if (rowset == null) {
      return Optional.empty();
    }
    int blocks =
        (rowset.reference().rowCount() + RowsetSnapshot.BLOCK_ROWS - 1) / RowsetSnapshot.BLOCK_ROWS;
    return key.block() >= 0 && key.block() < blocks && rowset.hasColumn(key.columnId())
        ? Optional.of(() -> rowset.readBlock(key.columnId(), key.block()))
        : Optional.empty();
  }

  private String namespace() {
    return options.disk().map(DiskTier::namespace).orElse("");
  }

  private void record() {
    if (options.hotSet().isEmpty() || !rehydration.isDone()) {
      return;
    }
    Path file = options.hotSet().get();
    HotSet hot =
        new HotSet(
            namespace(),
            blocks.memory().hottest(MAX_RECORDED),
            options.disk().map(disk -> disk.hottest(MAX_RECORDED)).orElse(List.of()));
    if (hot.blocks().isEmpty() && hot.ranges().isEmpty()) {
      return;
    }
    try {
      hot.write(file);
    } catch (IOException e) {
      LOGGER.warn("what is hot is not recorded in {}: {}", file, e.toString());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    boolean done = rehydration.isDone();
    rehydration.close();
    if (done) {
      record();
    }
  }
}
