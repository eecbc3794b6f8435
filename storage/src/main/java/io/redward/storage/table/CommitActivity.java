package io.redward.storage.table;

import java.time.Instant;
import java.util.List;

/// What the newest commits cost, and who lost to whom.
public interface CommitActivity {
  /// For a namespace that keeps no such record.
  CommitActivity NONE =
      new CommitActivity() {
        @Override
        public List<Commit> commits() {
          return List.of();
        }

        @Override
        public List<Conflict> conflicts() {
          return List.of();
        }
      };

  /// The newest commits of this process, oldest first.
  List<Commit> commits();

  /// The newest transactions that were refused, oldest first.
  List<Conflict> conflicts();

  /// A transaction's way into the log.
  ///
  /// @param queued when it asked
  /// @param started when its group began to be written
  /// @param ended when it was durable
  /// @param groupSize transactions written together
  /// @param leader the first transaction of the group
  /// @param bytes of the group's object
  record Commit(
      TransactionOwner owner,
      Instant queued,
      Instant started,
      Instant ended,
      int groupSize,
      long leader,
      long bytes) {}

  /// A transaction that was refused.
  ///
  /// @param tableId 0 if the conflict was not about a table
  record Conflict(TransactionOwner owner, Instant at, long tableId) {}
}
