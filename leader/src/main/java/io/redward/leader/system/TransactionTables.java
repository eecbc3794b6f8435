package io.redward.leader.system;

import static io.redward.leader.system.ViewTable.of;

import io.redward.spi.SystemTable;
import io.redward.storage.table.CommitActivity;
import java.time.Instant;
import java.util.List;

/// Isolation levels, transactions and locks.
final class TransactionTables {
  private static final String CATALOG = "pg_catalog";

  private final SystemView view;

  TransactionTables(SystemView view) {
    this.view = view;
  }

  List<SystemTable> tables() {
    return List.of(
        of(
            CATALOG,
            "stv_db_isolation_level",
            "db_name char(128), isolation_level char(20)",
            out ->
                view.catalog()
                    .databases()
                    .forEach(
                        database ->
                            out.row(
                                database.name(),
                                switch (database.isolation()) {
                                  case SNAPSHOT -> "Snapshot Isolation";
                                  case SERIALIZABLE -> "Serializable";
                                }))),
        of(
            CATALOG,
            "stv_locks",
            "table_id int8, last_commit timestamp, last_update timestamp, lock_owner int8,"
                + " lock_owner_pid int8, lock_owner_start_ts timestamp,"
                + " lock_owner_end_ts timestamp, lock_status char(22)",
            this::locks),
        of(
            CATALOG,
            "svv_transactions",
            "txn_owner text, txn_db text, xid int8, pid int4, txn_start timestamp,"
                + " lock_mode text, lockable_object_type text, relation int4, granted bool",
            this::transactions),
        of(
            CATALOG,
            "stl_tr_conflict",
            "xact_id int8, process_id int8, xact_start_ts timestamp,"
                + " abort_time timestamp, table_id int8",
            this::conflicts),
        of(
            CATALOG,
            "stl_commit_stats",
            "xid int8, node int4, startqueue timestamp, startwork timestamp, endflush timestamp,"
                + " endstage timestamp, endlocal timestamp, startglobal timestamp,"
                + " endtime timestamp, queuelen int8, permblocks int8, newblocks int8,"
                + " dirtyblocks int8, headers int8, numxids int4, oldestxid int8,"
                + " extwritelatency int8, metadatawritten int4, tombstonedblocks int8,"
                + " tossedblocks int8, batched_by int8",
            this::commits));
  }

  /// Exclusive locks, as the view's users expect; others are in `svv_transactions`.
  private void locks(SystemTable.SystemRows out) {
    for (SystemView.LockEntry lock : view.locks()) {
      if (!lock.mode().equals("AccessShareLock")) {
        out.row(
            (long) lock.table(),
            null,
            null,
            lock.transactionId(),
            (long) lock.processId(),
            micros(lock.since()),
            null,
            lock.granted() ? "Holding write lock" : "Waiting for write lock");
      }
    }
  }

  private void transactions(SystemTable.SystemRows out) {
    for (SystemView.TransactionEntry open : view.transactions()) {
      if (view.user().superuser() || open.user().equals(view.user().name())) {
        out.row(
            open.user(),
            open.database(),
            open.transactionId(),
            open.processId(),
            micros(open.start()),
            "ExclusiveLock",
            "transactionid",
            null,
            true);
        for (SystemView.LockEntry lock : view.locks()) {
          if (lock.transactionId() == open.transactionId()) {
            out.row(
                open.user(),
                open.database(),
                open.transactionId(),
                open.processId(),
                micros(open.start()),
                lock.mode(),
                "relation",
                lock.table(),
                lock.granted());
          }
        }
      }
    }
  }

  private void conflicts(SystemTable.SystemRows out) {
    for (CommitActivity.Conflict conflict : view.activity().conflicts()) {
      out.row(
          conflict.owner().transactionId(),
          (long) conflict.owner().processId(),
          null,
          micros(conflict.at()),
          conflict.tableId());
    }
  }

  /// One node commits: its work is the log object's write.
  private void commits(SystemTable.SystemRows out) {
    for (CommitActivity.Commit commit : view.activity().commits()) {
      long xid = commit.owner().transactionId();
      long ended = micros(commit.ended());
      out.row(
          xid,
          -1,
          micros(commit.queued()),
          micros(commit.started()),
          ended,
          ended,
          ended,
          micros(commit.started()),
          ended,
          (long) commit.groupSize() - 1,
          0L,
          0L,
          0L,
          0L,
          commit.groupSize(),
          null,
          null,
          1,
          0L,
          0L,
          commit.leader() == xid ? 0L : commit.leader());
    }
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }
}
