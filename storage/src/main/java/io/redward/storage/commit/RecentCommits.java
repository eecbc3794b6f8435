package io.redward.storage.commit;

import io.redward.storage.table.TransactionOwner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What certification must remember of transactions that have ended: who read and who wrote what,
/// as long as a transaction that started before is open. Used under the committer's lock.
///
/// Transactions are ordered by stamps: the log position, and within it the place in the group.
final class RecentCommits {
  private static final int GROUP_BITS = 20;
  private static final int KEPT = 50_000;

  /// A transaction that has ended well.
  ///
  /// @param stamp its place in the order of commits; of one that wrote nothing, that of its
  ///     snapshot
  /// @param successor the lowest stamp of those that must come after it in a serial order though
  ///     some of them were committed before
  /// @param entries keys that it put or removed
  record Ended(
      long stamp,
      long successor,
      TransactionOwner owner,
      ReadSet reads,
      Written written,
      Set<String> entries) {}

  private final ArrayDeque<Ended> ended = new ArrayDeque<>();
  private final List<Ended> staged = new ArrayList<>();
  private long forgottenStamp;
  private boolean shared;

  /// Later than all of the states up to `version`, earlier than what follows.
  static long stampAfter(long version) {
    return version + 1 << GROUP_BITS;
  }

  /// Of the n-th transaction of the group at a log position.
  static long stamp(long position, int index) {
    return (position << GROUP_BITS) + index + 1;
  }

  /// Keeps a transaction of a group that is not written yet.
  void stage(Ended transaction) {
    staged.add(transaction);
  }

  void dropStaged() {
    staged.clear();
  }

  /// The group has been written.
  ///
  /// @param oldestActiveVersion of the states that open transactions started on
  void keepStaged(long oldestActiveVersion) {
    ended.addAll(staged);
    staged.clear();
    forget(oldestActiveVersion);
  }

  /// A transaction that wrote nothing has ended.
  void keep(Ended reader) {
    ended.add(reader);
  }

  /// Other processes may commit to the same log.
  void share() {
    shared = true;
  }

  /// Another process has committed; what it has read is not known. Since whoever shares a log
  /// commits no serializable transaction that has a successor, its successor is itself.
  ///
  /// @param written by its transactions, in their order
  void foreign(long version, List<Written> written) {
    for (int i = 0; i < written.size(); i++) {
      long stamp = stamp(version, i);
      ended.add(
          new Ended(
              stamp, stamp, TransactionOwner.WAREHOUSE, ReadSet.NONE, written.get(i), Set.of()));
    }
  }

  /// Others have committed, and it is only known in which tables.
  void foreign(Superblock before, Superblock after) {
    Set<Long> changed = new HashSet<>();
    after.tables().stream()
        .filter(table -> before.table(table.tableId()).orElse(null) != table)
        .forEach(table -> changed.add(table.tableId()));
    before.tables().stream()
        .filter(table -> after.table(table.tableId()).isEmpty())
        .forEach(table -> changed.add(table.tableId()));
    long stamp = stamp(after.version(), 0);
    Written written =
        new Written(
            Written.NOTHING.added(), Written.NOTHING.deletes(), Written.NOTHING.sources(), changed);
    ended.add(new Ended(stamp, stamp, TransactionOwner.WAREHOUSE, ReadSet.NONE, written, Set.of()));
  }

  /// Whether other processes commit to the same log, whose reads are not known here.
  boolean shared() {
    return shared;
  }

  /// Stamps up to this one are no longer known in full.
  long forgottenStamp() {
    return forgottenStamp;
  }

  /// Those that have ended since a state, oldest first.
  List<Ended> since(long version) {
    long after = stampAfter(version);
    List<Ended> found = new ArrayList<>();
    for (Ended transaction : ended) {
      if (transaction.stamp() > after) {
        found.add(transaction);
      }
    }
    for (Ended transaction : staged) {
      if (transaction.stamp() > after) {
        found.add(transaction);
      }
    }
    return found;
  }

  private void forget(long oldestActiveVersion) {
    long after = stampAfter(oldestActiveVersion);
    while (!ended.isEmpty() && ended.peekFirst().stamp() < after) {
      ended.removeFirst();
    }
    while (ended.size() > KEPT) {
      forgottenStamp = Math.max(forgottenStamp, ended.removeFirst().stamp());
    }
  }
}
