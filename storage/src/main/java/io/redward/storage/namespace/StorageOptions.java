package io.redward.storage.namespace;

import io.redward.storage.cache.CacheOptions;
import io.redward.storage.commit.CommitPolicy;

/// How a namespace behaves.
///
/// @param cache what is kept near at hand
/// @param rowsetBlocks blocks of a full rowset
/// @param checkpointCommits commits between two checkpoints
/// @param foldRowsets rowsets of like small size that are folded into one
/// @param commits how it commits and follows others
/// @param snapshots what it saves by itself
/// @param divided whether rows sorted by other columns are divided by the distribution key first,
///     so that nodes have parts of their own; it makes more and smaller rowsets
public record StorageOptions(
    CacheOptions cache,
    int rowsetBlocks,
    int checkpointCommits,
    int foldRowsets,
    CommitPolicy commits,
    AutomaticSnapshots.Schedule snapshots,
    boolean divided) {
  /// A rowset's rows are sorted in memory: about a million rows of a wide table take 200 MB.
  private static final int ROWSET_BLOCKS = 16;

  public StorageOptions {
    if (rowsetBlocks < 1 || checkpointCommits < 1 || foldRowsets < 2) {
      throw new IllegalArgumentException("storage options out of range");
    }
  }

  /// Of a namespace that only this process opens.
  public StorageOptions(long cacheBytes, int rowsetBlocks, int checkpointCommits, int foldRowsets) {
    this(
        CacheOptions.inMemory(cacheBytes),
        rowsetBlocks,
        checkpointCommits,
        foldRowsets,
        CommitPolicy.exclusive(),
        AutomaticSnapshots.Schedule.NONE,
        false);
  }

  /// A cache of two fifths of the heap.
  public static StorageOptions defaults() {
    return new StorageOptions(Runtime.getRuntime().maxMemory() / 5 * 2, ROWSET_BLOCKS, 256, 32);
  }

  public StorageOptions withCacheBytes(long bytes) {
    return withCache(cache.withMemoryBytes(bytes));
  }

  public StorageOptions withCache(CacheOptions kept) {
    return new StorageOptions(
        kept, rowsetBlocks, checkpointCommits, foldRowsets, commits, snapshots, divided);
  }

  public StorageOptions withRowsetBlocks(int blocks) {
    return new StorageOptions(
        cache, blocks, checkpointCommits, foldRowsets, commits, snapshots, divided);
  }

  public StorageOptions withCheckpointCommits(int each) {
    return new StorageOptions(cache, rowsetBlocks, each, foldRowsets, commits, snapshots, divided);
  }

  public StorageOptions withFoldRowsets(int rowsets) {
    return new StorageOptions(
        cache, rowsetBlocks, checkpointCommits, rowsets, commits, snapshots, divided);
  }

  public StorageOptions withCommits(CommitPolicy policy) {
    return new StorageOptions(
        cache, rowsetBlocks, checkpointCommits, foldRowsets, policy, snapshots, divided);
  }

  public StorageOptions withSnapshots(AutomaticSnapshots.Schedule schedule) {
    return new StorageOptions(
        cache, rowsetBlocks, checkpointCommits, foldRowsets, commits, schedule, divided);
  }

  /// For a warehouse of several nodes.
  public StorageOptions withDivision(boolean wanted) {
    return new StorageOptions(
        cache, rowsetBlocks, checkpointCommits, foldRowsets, commits, snapshots, wanted);
  }
}
