package io.redward.storage.cache;

/// The blocks that a thread has asked the memory tier for, so that those who run queries can tell
/// what each of them read: two counters that only their thread changes.
public final class BlockReads {
  private static final ThreadLocal<BlockReads> CURRENT = ThreadLocal.withInitial(BlockReads::new);

  private long cached;
  private long loaded;

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

  void count(boolean found) {
    if (found) {
      cached++;
    } else {
      loaded++;
    }
  }
}
