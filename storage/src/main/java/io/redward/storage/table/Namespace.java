package io.redward.storage.table;

import java.util.List;

/// One warehouse's storage, open for reading and writing. Thread-safe.
public interface Namespace extends AutoCloseable {
  /// The newest committed state. Cheap; never blocks on writers.
  Snapshot snapshot();

  /// Starts a transaction on the newest state. Nothing is visible to others before
  /// [WriteTransaction#commit] returns.
  WriteTransaction begin(Isolation isolation, TransactionOwner owner);

  /// A transaction of the warehouse's own.
  default WriteTransaction begin() {
    return begin(Isolation.SNAPSHOT, TransactionOwner.WAREHOUSE);
  }

  /// Earlier states, and saved ones.
  History history();

  Housekeeping housekeeping();

  /// What the newest commits cost, and who lost.
  default CommitActivity activity() {
    return CommitActivity.NONE;
  }

  /// What the tiers of the block cache have done and hold, the nearest first.
  default List<CacheTier> cache() {
    return List.of();
  }

  /// Bytes of all live objects, for `svv_table_info` and the bench.
  long bytesOnDisk();

  /// Waits for running commits and releases files and locks.
  @Override
  void close();
}
