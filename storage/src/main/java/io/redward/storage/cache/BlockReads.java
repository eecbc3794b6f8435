package io.redward.storage.cache;

/// The blocks that a thread has asked the memory tier for, and the rows it has looked at in them,
/// so that those who run queries can tell what each of them read: counters that only their thread
/// changes.
public final class BlockReads {
  private static final ThreadLocal<BlockReads> CURRENT = ThreadLocal.withInitial(BlockReads::new);

  private long cached;
  private long loaded;
  private long cachedBytes;
  private long loadedBytes;
  private long rows;
  private long deletedRows;

  private BlockReads() {}

  /// This thread's counters.
  public static BlockReads current() {
    return CURRENT.get();
  }

  /// Blocks found in memory, those that were read ahead among them.
  public long cached() {
    return cached;
  }

  /// Blocks the thread had to wait for.
  public long loaded() {
    return loaded;
  }

  /// What the former take in memory.
  public long cachedBytes() {
    return cachedBytes;
  }

  /// What the latter take in memory.
  public long loadedBytes() {
    return loadedBytes;
  }

  /// Rows looked at, the deleted ones among them.
  public long rows() {
    return rows;
  }

  /// Rows looked at that had been deleted.
  public long deletedRows() {
    return deletedRows;
  }

  /// Rows were looked at.
  ///
  /// @param deleted how many of them had been deleted
  public void lookedAt(int count, int deleted) {
    rows += count;
    deletedRows += deleted;
  }

  void found(long bytes) {
    cached++;
    cachedBytes += bytes;
  }

  void waitedFor(long bytes) {
    loaded++;
    loadedBytes += bytes;
  }
}
