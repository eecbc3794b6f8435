package io.redward.storage.commit;

import io.redward.storage.table.Isolation;
import io.redward.storage.table.TransactionOwner;

/// Where changes come from and what they depend on.
///
/// @param reads what a serializable transaction has read; nothing of a snapshot one
/// @param guards what nobody else may change, whatever the isolation
public record Origin(TransactionOwner owner, Isolation isolation, ReadSet reads, ReadSet guards) {
  /// Of the warehouse's own changes.
  public static final Origin WAREHOUSE =
      new Origin(TransactionOwner.WAREHOUSE, Isolation.SNAPSHOT, ReadSet.NONE, ReadSet.NONE);
}
