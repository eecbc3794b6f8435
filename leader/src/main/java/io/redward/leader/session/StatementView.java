package io.redward.leader.session;

import io.redward.foundation.trace.StageTimes;
import io.redward.leader.advice.Recommendation;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.User;
import io.redward.leader.settings.Settings;
import io.redward.leader.system.AccessLog;
import io.redward.leader.system.AnalyzeLog;
import io.redward.leader.system.QueryLog;
import io.redward.leader.system.SystemView;
import io.redward.leader.system.WorkerLog;
import io.redward.plan.run.ScalingUse;
import io.redward.storage.table.CacheTier;
import io.redward.storage.table.CommitActivity;
import io.redward.storage.table.History;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.VacuumRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What a session's statements see in system tables.
record StatementView(LeaderSession session) implements SystemView {
  @Override
  public Catalog catalog() {
    return session.transaction().catalog();
  }

  @Override
  public Snapshot snapshot() {
    return session.transaction().snapshot();
  }

  @Override
  public User user() {
    return session.user();
  }

  @Override
  public Database database() {
    return session.database();
  }

  @Override
  public int processId() {
    return session.processId();
  }

  @Override
  public Settings settings() {
    return session.settings();
  }

  @Override
  public QueryLog log() {
    return session.warehouse().log();
  }

  @Override
  public Instant now() {
    return session.warehouse().clock().instant();
  }

  @Override
  public AnalyzeLog analyzes() {
    return session.warehouse().analyzes();
  }

  @Override
  public List<Recommendation> recommendations() {
    return session.warehouse().recommendations();
  }

  @Override
  public WorkerLog worker() {
    return session.warehouse().workerLog();
  }

  @Override
  public AccessLog accesses() {
    return session.warehouse().accesses();
  }

  @Override
  public List<VacuumRun> vacuums() {
    return session.warehouse().namespace().housekeeping().vacuums();
  }

  @Override
  public History history() {
    return session.warehouse().namespace().history();
  }

  @Override
  public List<LockEntry> locks() {
    return session.warehouse().locks().locks().stream()
        .map(
            lock ->
                new LockEntry(
                    lock.table(),
                    lock.owner().transactionId(),
                    lock.owner().processId(),
                    lock.mode().shownAs(),
                    lock.since(),
                    lock.granted()))
        .toList();
  }

  @Override
  public List<TransactionEntry> transactions() {
    List<TransactionEntry> open = new ArrayList<>();
    for (LeaderSession other : session.warehouse().sessions()) {
      other
          .transaction()
          .running()
          .ifPresent(
              running ->
                  open.add(
                      new TransactionEntry(
                          running.owner().transactionId(),
                          other.processId(),
                          other.user().name(),
                          other.database().name(),
                          running.start())));
    }
    return open;
  }

  @Override
  public CommitActivity activity() {
    return session.warehouse().namespace().activity();
  }

  @Override
  public List<CacheTier> cache() {
    return session.warehouse().namespace().cache();
  }

  @Override
  public List<SessionEntry> sessions() {
    return session.warehouse().sessions().stream()
        .map(
            open ->
                new SessionEntry(
                    open.processId(),
                    open.user().name(),
                    open.database().name(),
                    open.startedAt(),
                    open.login().remoteAddress(),
                    IdleSessions.limit(open, open.warehouse()).orElse(0)))
        .toList();
  }

  @Override
  public List<ProgressEntry> progress() {
    List<ProgressEntry> all = new ArrayList<>();
    for (LeaderSession open : session.warehouse().sessions()) {
      StageTimes stages = open.stages();
      if (stages.progress().step().number() > 0) {
        all.add(
            new ProgressEntry(
                open.processId(), open.user().oid(), stages.query(), stages.progress()));
      }
    }
    return all;
  }

  @Override
  public List<CursorEntry> cursors() {
    List<CursorEntry> all = new ArrayList<>();
    for (LeaderSession open : session.warehouse().sessions()) {
      open.cursors()
          .forEach(
              (name, cursor) ->
                  all.add(
                      new CursorEntry(
                          open == session,
                          open.processId(),
                          open.user().oid(),
                          name,
                          cursor.openedAt(),
                          cursor.fetched())));
    }
    return all;
  }

  @Override
  public List<Integer> slices() {
    return session.warehouse().engine().runner().slices();
  }

  @Override
  public boolean scales() {
    return session.warehouse().engine().runner().scalingClusters() > 0;
  }

  @Override
  public List<ScalingUse> scalingUse() {
    return session.warehouse().engine().runner().scalingUse();
  }
}
