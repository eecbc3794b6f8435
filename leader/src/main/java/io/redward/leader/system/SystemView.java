package io.redward.leader.system;

import io.redward.foundation.trace.Progress;
import io.redward.leader.advice.Recommendation;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.User;
import io.redward.leader.settings.Settings;
import io.redward.plan.run.ScalingUse;
import io.redward.storage.table.CacheTier;
import io.redward.storage.table.CommitActivity;
import io.redward.storage.table.History;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.VacuumRun;
import java.time.Instant;
import java.util.List;

/// What system tables are made of, as one statement sees it.
public interface SystemView {
  Catalog catalog();

  Snapshot snapshot();

  User user();

  Database database();

  /// The process id of the session.
  int processId();

  Settings settings();

  QueryLog log();

  Instant now();

  AnalyzeLog analyzes();

  /// The audit log.
  AccessLog accesses();

  /// Better layouts of tables, as far as is known.
  List<Recommendation> recommendations();

  /// What has been done to tables in the background.
  WorkerLog worker();

  /// The last vacuums, the newest at the end.
  List<VacuumRun> vacuums();

  /// Locks held and waited for.
  List<LockEntry> locks();

  /// Transactions that are open.
  List<TransactionEntry> transactions();

  /// What commits have cost, and who lost.
  CommitActivity activity();

  /// The tiers of the block cache, the nearest first.
  List<CacheTier> cache();

  /// Earlier states of the namespace.
  History history();

  /// By node: its slices.
  default List<Integer> slices() {
    return List.of(WorkloadViews.slices());
  }

  /// Whether clusters may be added while queries stand in line.
  default boolean scales() {
    return false;
  }

  /// The clusters that were added.
  default List<ScalingUse> scalingUse() {
    return List.of();
  }

  /// Open sessions.
  List<SessionEntry> sessions();

  /// Cursors open in any session.
  List<CursorEntry> cursors();

  /// Statements at work in any session, with how far they have come.
  List<ProgressEntry> progress();

  /// A statement at work.
  record ProgressEntry(int processId, int userOid, int queryId, Progress progress) {}

  /// A cursor.
  ///
  /// @param own whether it is the asking session's
  /// @param fetched rows read from it so far
  record CursorEntry(
      boolean own, int processId, int userOid, String name, Instant openedAt, long fetched) {}

  /// A lock of a transaction on a table.
  ///
  /// @param mode as PostgreSQL names it
  record LockEntry(
      int table, long transactionId, int processId, String mode, Instant since, boolean granted) {}

  /// A transaction.
  record TransactionEntry(
      long transactionId, int processId, String user, String database, Instant start) {}

  /// A session, for `stv_sessions`.
  ///
  /// @param timeoutSeconds how long it may be idle; 0 without limit
  record SessionEntry(
      int processId,
      String user,
      String database,
      Instant startedAt,
      String remoteAddress,
      int timeoutSeconds) {}
}
