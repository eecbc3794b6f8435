package io.redward.storage.table;

import io.redward.foundation.batch.Batch;
import java.util.OptionalLong;
import java.util.function.Predicate;

/// A unit of change. Owned by one session; `append` and the appenders it returns may be used by
/// several threads, one an appender. Ends by `commit` or `rollback`, once.
public interface WriteTransaction {
  /// The state this transaction sees: its snapshot with its own changes applied.
  Snapshot view();

  /// Where scans note what they read, for a serializable transaction to be certified by.
  default ReadRecorder reads() {
    return ReadRecorder.NONE;
  }

  /// Sets an entry. Two transactions that change the same entry conflict.
  void putEntry(String key, byte[] value);

  void removeEntry(String key);

  /// Declares that the outcome depends on an entry: commit fails if another transaction has
  /// changed it.
  void requireUnchanged(String key);

  /// Declares that the outcome depends on these rows of a table: commit fails if another
  /// transaction has added or deleted one that may be among them, whatever the isolation.
  void guard(long tableId, ReadScope scope);

  /// A writer of new rows. Its rows join `view` when it is finished.
  RowAppender append(long tableId, TableShape shape);

  /// Adds a few rows. They are gathered, and become part of [#view] when somebody asks for it.
  default void insert(long tableId, TableShape shape, Batch batch) {
    RowAppender appender = append(tableId, shape);
    appender.append(batch);
    appender.finish();
  }

  /// The entries that this transaction sees; what it says of tables is left open.
  default Snapshot entries() {
    return view();
  }

  /// Masks rows of a rowset, given ascending and without repetition; keeps the array. Deleting a
  /// row that another transaction has deleted since the snapshot is a conflict at commit.
  void delete(long tableId, int rowsetId, int[] rows);

  /// Drops all rows of the table.
  void truncate(long tableId);

  /// Gives a table that has no rows the rows of another one, without copying them: both share what
  /// is stored, and neither sees the other's changes.
  ///
  /// @param source a snapshot of the same namespace
  /// @param sourceTable the table there; may be the same as `tableId`
  void share(long tableId, Snapshot source, long sourceTable);

  /// Gives a table that is new in this transaction all rows of another one, as [#share] does, if
  /// that leaves the same as writing them would: every stored row of the source has just the
  /// columns of `shape`, by the same ids, and the order that `shape` asks for.
  ///
  /// @return false, with nothing done, if the rows must be written anew
  default boolean carry(long tableId, TableShape shape, long sourceTable) {
    return false;
  }

  /// Hands all rows of a table to another one, without copying them; rows that others add to the
  /// source meanwhile stay there, and a row that others change meanwhile is a conflict. Both tables
  /// must mean the same by a column's id.
  ///
  /// @return false, with nothing done, if the rows cannot be told apart from the target's own: it
  ///     shares some of them, or they have been written by this very transaction
  boolean move(long tableId, long sourceTable);

  /// Makes everything as it was in a state: all tables, and all entries but those that `kept` says.
  void restore(Snapshot source, Predicate<String> kept);

  /// True if anything would be committed.
  boolean hasChanges();

  /// Makes the changes durable and visible; the new version, or empty if there was nothing to
  /// commit.
  ///
  /// @throws io.redward.foundation.base.SqlException 40001 with Redshift's 1023 text on a
  ///     conflict
  OptionalLong commit();

  void rollback();
}
