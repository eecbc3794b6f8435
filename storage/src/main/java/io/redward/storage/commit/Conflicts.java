package io.redward.storage.commit;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.table.TransactionOwner;
import java.util.Optional;
import java.util.OptionalLong;

/// The errors of transactions that lose.
final class Conflicts {
  private static final String TABLE_ENTRY = "catalog/table/";

  private Conflicts() {}

  static SqlException onTable(
      long tableId, TransactionOwner loser, Optional<TransactionOwner> winner) {
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

  static SqlException onEntry(String key) {
    return violation("catalog entry - " + key + ", changed by a concurrent transaction");
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
