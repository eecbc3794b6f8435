package io.redward.storage.cache;

import io.redward.storage.table.Block;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The way to the blocks of a namespace: the memory tier, and the threads that read ahead where
/// the store is slow to answer. Thread-safe.
public final class BlockAccess implements AutoCloseable {
  private final BlockCache memory;
  private final Optional<Prefetcher> prefetcher;

  public BlockAccess(CacheOptions options) {
    memory = new BlockCache(options.memoryBytes());
    prefetcher =
        options.prefetchThreads() == 0
            ? Optional.empty()
            : Optional.of(new Prefetcher(memory, options.prefetchThreads(), options.memoryBytes()));
  }

  public BlockCache memory() {
    return memory;
  }

  /// The block at `key`, read by `loader` if it is not in memory.
  public Block get(BlockKey key, Supplier<Block> loader) {
    return memory.get(key, loader);
  }

  /// True if reading ahead saves waiting.
  public boolean readsAhead() {
    return prefetcher.isPresent();
  }

  /// Has a block read that will be asked for; see [Prefetcher#offer].
  public void readAhead(BlockKey key, long bytes, BooleanSupplier wanted, Supplier<Block> loader) {
    prefetcher.ifPresent(reader -> reader.offer(key, bytes, wanted, loader));
  }

  @Override
  public void close() {
    prefetcher.ifPresent(Prefetcher::close);
  }
}
