package io.redward.storage.cache;

/// The blocks that a thread has asked the memory tier for, so that those who run queries can tell
/// what each of them read: counters that only their thread changes.
public final class BlockReads {
  private static final ThreadLocal<BlockReads> CURRENT = ThreadLocal.withInitial(BlockReads::new);

  private long cached;
  private long loaded;
  private long cachedBytes;
  private long loadedBytes;

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

  void found(long bytes) {
    cached++;
    cachedBytes += bytes;
  }

  void waitedFor(long bytes) {
    loaded++;
    loadedBytes += bytes;
  }
}
