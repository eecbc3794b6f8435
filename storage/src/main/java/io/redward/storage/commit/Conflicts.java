package io.redward.storage.commit;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.table.CommitActivity;
import io.redward.storage.table.TransactionOwner;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// The errors of transactions that lose, and the record of them.
final class Conflicts {
  private static final String TABLE_ENTRY = "catalog/table/";

  private final ActivityLog activity;

  Conflicts(ActivityLog activity) {
    this.activity = activity;
  }

  SqlException onTable(long tableId, TransactionOwner loser, Optional<TransactionOwner> winner) {
    note(loser, tableId);
    String others =
        winner
            .filter(owner -> owner.transactionId() != 0)
            .map(o -> ", " + o.transactionId())
            .orElse("");
    return violation(
        "table - "
            + tableId
            + ", transactions forming the cycle are: "
            + loser.transactionId()
            + others
            + " (pid:"
            + loser.processId()
            + ")");
  }

  SqlException onEntry(String key, TransactionOwner loser) {
    note(loser, 0);
    return violation("catalog entry - " + key + ", changed by a concurrent transaction");
  }

  private void note(TransactionOwner loser, long tableId) {
    if (loser.transactionId() != 0) {
      activity.add(new CommitActivity.Conflict(loser, Instant.now(), tableId));
    }
  }

  /// The table whose definition an entry holds.
  static OptionalLong tableOf(String key) {
    return key.startsWith(TABLE_ENTRY)
        ? OptionalLong.of(Long.parseLong(key.substring(TABLE_ENTRY.length())))
        : OptionalLong.empty();
  }

  private static SqlException violation(String object) {
    return new SqlException(SqlState.SERIALIZATION_FAILURE, "1023")
        .withDetail("Serializable isolation violation on " + object)
        .withHint("Run the transaction again.");
  }
}
