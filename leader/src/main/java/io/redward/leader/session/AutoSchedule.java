package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.batch.Batch;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.CatalogObject;
import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.schedule.ScheduleExpression;
import io.redward.storage.table.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs scheduled queries when they are due.
///
/// Schedules are rows of tables `public.schedules_of_…`; what such a table says is done as its
/// owner would, in a session of the owner's. A table is read again only when it has changed. What
/// was due while no server ran is not made up for; what is still running when it is due again is
/// left out that time, and its history says so.
final class AutoSchedule implements Runnable, AutoCloseable {
  private static final int INTERVAL_SECONDS = 1;

  /// What its sessions call themselves.
  static final String APPLICATION = "scheduler";

  private static final String TABLES = "schedules_of_";
  private static final int MOST_AT_ONCE = 8;
  private static final Logger LOG = LoggerFactory.getLogger(AutoSchedule.class);

  /// What a table said when it had this content.
  private record Read(long contentVersion, List<Schedule> schedules) {}

  /// One row.
  ///
  /// @param notebook of the owner's whose cells are run; empty where `body` is
  record Schedule(
      int table,
      String id,
      String name,
      String timing,
      String body,
      String notebook,
      Instant since) {
    /// When it is due next; one with a bad expression is due at once, to say so in its history.
    private Optional<Instant> next(Instant after, boolean fresh) {
      try {
        return ScheduleExpression.parse(timing).next(after, since);
      } catch (SqlException e) {
        return fresh ? Optional.of(after) : Optional.empty();
      }
    }
  }

  private final LeaderWarehouse warehouse;
  private final Map<Integer, Read> known = new HashMap<>();
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("scheduler").factory());
  private Instant lastLook;

  private AutoSchedule(LeaderWarehouse warehouse) {
    this.warehouse = warehouse;
    lastLook = warehouse.clock().instant();
  }

  static AutoSchedule start(LeaderWarehouse warehouse) {
    AutoSchedule started = new AutoSchedule(warehouse);
    ScheduledFuture<?> unused =
        started.thread.scheduleWithFixedDelay(
            started, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
    return started;
  }

  @Override
  public void run() {
    try {
      Instant now = warehouse.clock().instant();
      Snapshot snapshot = warehouse.namespace().snapshot();
      Catalog catalog = warehouse.catalog();
      List<CatalogObject> objects = catalog.objects();
      for (CatalogObject object : objects) {
        if (object instanceof TableDefinition table && isSchedules(catalog, table)) {
          look(catalog, table, snapshot.table(table.oid()).contentVersion(), now);
        }
      }
      known.keySet().retainAll(objects.stream().map(CatalogObject::oid).toList());
      lastLook = now;
    } catch (RuntimeException e) {
      // An interrupt ends the last look when the warehouse is closed.
      if (!Thread.currentThread().isInterrupted()) {
        LOG.warn("looking for scheduled queries failed", e);
      }
    }
  }

  private static boolean isSchedules(Catalog catalog, TableDefinition table) {
    return table.name().startsWith(TABLES)
        && !table.temporary()
        && table.materialization().isEmpty()
        && catalog.object(table.schemaOid()).filter(s -> s.name().equals("public")).isPresent();
  }

  private void look(Catalog catalog, TableDefinition table, long contentVersion, Instant now) {
    Schema schema = (Schema) catalog.object(table.schemaOid()).orElseThrow();
    Database database = (Database) catalog.object(schema.databaseOid()).orElseThrow();
    ScheduleOwner owner =
        new ScheduleOwner(
            warehouse, catalog.object(table.owner()).orElseThrow().name(), database.name());
    Read kept = known.get(table.oid());
    boolean fresh = kept == null || kept.contentVersion() != contentVersion;
    List<Schedule> schedules = kept == null || fresh ? schedules(owner, table) : kept.schedules();
    known.put(table.oid(), new Read(contentVersion, schedules));
    for (Schedule schedule : schedules) {
      Optional<Instant> due = schedule.next(lastLook, fresh).filter(time -> !time.isAfter(now));
      due.ifPresent(time -> begin(owner, schedule, time));
    }
  }

  private List<Schedule> schedules(ScheduleOwner owner, TableDefinition table) {
    try {
      return owner.schedules(table);
    } catch (SqlException e) {
      if (!thread.isShutdown()) {
        LOG.warn("schedules of table {} cannot be read: {}", table.name(), e.message());
      }
      return List.of();
    }
  }

  private void begin(ScheduleOwner owner, Schedule schedule, Instant due) {
    String key = schedule.table() + "/" + schedule.id();
    boolean first = running.add(key);
    Thread.ofVirtual()
        .name("scheduled-" + schedule.name())
        .start(
            () -> {
              room.acquireUninterruptibly();
              try {
                if (first) {
                  owner.run(schedule, due);
                } else {
                  owner.leaveOut(schedule, due);
                }
              } catch (RuntimeException e) {
                LOG.warn("scheduled query {} has no history: {}", schedule.name(), e.toString());
              } finally {
                room.release();
                if (first) {
                  running.remove(key);
                }
              }
            });
  }

  /// Begins nothing more; what runs is cancelled with its session.
  @Override
  public void close() {
    thread.shutdownNow();
  }

  /// All rows of a query, values as text, NULL as an empty one.
  static List<List<String>> texts(Session session, String sql, ParameterValue... values) {
    ProcedureSql.Collector rows = new ProcedureSql.Collector(NullConsumer.INSTANCE);
    Prepared prepared = session.prepare(sql, List.of());
    try (Portal portal = session.bind(prepared, List.of(values))) {
      portal.fetch(0, rows);
    }
    session.sync(false);
    List<List<String>> texts = new ArrayList<>();
    for (Batch batch : rows.batches()) {
      for (int i = 0; i < batch.selectedCount; i++) {
        List<String> row = new ArrayList<>();
        for (int column = 0; column < batch.vectors.length; column++) {
          row.add(ProcedureSql.text(DefaultValues.constant(batch.vectors[column], batch.row(i))));
        }
        texts.add(row);
      }
    }
    return texts;
  }
}
