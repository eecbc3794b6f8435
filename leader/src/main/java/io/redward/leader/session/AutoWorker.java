package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.advice.Recommendation;
import io.redward.leader.advice.Workload;
import io.redward.leader.catalog.CatalogWriter;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.command.LayoutChanges;
import io.redward.leader.system.WorkerLog;
import io.redward.storage.table.VacuumRequest;
import io.redward.storage.table.VacuumRun;
import io.redward.storage.table.WriteTransaction;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Chooses sort and distribution keys of tables that leave them to the warehouse, by what the
/// [Workload] says they would be worth, while nothing runs; and keeps the workload in the log.
///
/// Rewrites tables that have been declared anew, by users or by itself, one at a time, beside
/// readers and writers and stepping back while queries run. What is to be done stands in the log
/// ([LayoutChanges]), so that a restart goes on where the last process ended: rowsets that are as
/// declared are left alone.
final class AutoWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AutoWorker.class);
  private static final int INTERVAL_MILLIS = 500;
  private static final int CLOSE_SECONDS = 30;
  private static final int RETRY_SECONDS = 30;
  private static final int THRESHOLD_PERCENT = 95;
  private static final int ADVICE_SECONDS = 10;
  private static final int SAVE_SECONDS = 60;

  /// How much a look counts against those before, and the share of looks that may have found
  /// queries at work or done: after a busy time some ten seconds without any have to pass, while a
  /// query now and then does not put a rewrite off for ever.
  private static final double LOOK_WEIGHT = 0.08;

  private static final double MOST_LOAD = 0.25;

  /// Of what others write meanwhile some may be laid out as before; then it is looked at again.
  private static final int ROUNDS = 3;

  private final LeaderWarehouse warehouse;
  private final WorkerLog log = new WorkerLog();
  private final Map<Integer, Instant> putOff = new HashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("auto-worker").factory());
  private final Workload workload = new Workload();
  private Instant adviceAt = Instant.MIN;
  private Instant savedAt = Instant.MIN;
  private long advisedChanges;
  private long savedChanges;
  private long seenChanges;
  private double load = 1;
  private volatile boolean closing;

  AutoWorker(LeaderWarehouse warehouse) {
    this.warehouse = warehouse;
  }

  void start() {
    warehouse.namespace().snapshot().entry(Workload.key()).ifPresent(workload::read);
    savedChanges = workload.changes();
    adviceAt = warehouse.clock().instant();
    savedAt = adviceAt;
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(
            this::run, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  WorkerLog log() {
    return log;
  }

  Workload workload() {
    return workload;
  }

  private void run() {
    try {
      for (LayoutChanges.Change change : LayoutChanges.of(warehouse.namespace().snapshot())) {
        Instant notBefore = putOff.getOrDefault(change.table(), Instant.MIN);
        if (!closing && !warehouse.clock().instant().isBefore(notBefore)) {
          rewrite(change);
        }
      }
      Instant now = warehouse.clock().instant();
      if (now.isAfter(savedAt.plusSeconds(SAVE_SECONDS))) {
        savedAt = now;
        save();
      }
      look();
      if (now.isAfter(adviceAt.plusSeconds(ADVICE_SECONDS)) && load < MOST_LOAD) {
        adviceAt = now;
        followAdvice();
      }
    } catch (RuntimeException e) {
      LOG.warn("looking for tables to rewrite failed", e);
    }
  }

  /// Notes whether queries are at work, or have been since the last look.
  private void look() {
    long changes = workload.changes();
    boolean busy = warehouse.busy() || changes != seenChanges;
    seenChanges = changes;
    load += LOOK_WEIGHT * ((busy ? 1 : 0) - load);
  }

  /// What is lost of the workload in a crash is no harm.
  private void save() {
    long changes = workload.changes();
    if (changes == savedChanges) {
      return;
    }
    WriteTransaction transaction = warehouse.namespace().begin();
    try {
      transaction.putEntry(Workload.key(), workload.write());
      transaction.commit();
      savedChanges = changes;
    } catch (SqlException e) {
      LOG.debug("the workload is not saved: {}", e.message());
    } finally {
      transaction.rollback();
    }
  }

  private void followAdvice() {
    if (workload.changes() == advisedChanges) {
      return;
    }
    advisedChanges = workload.changes();
    for (Recommendation advice : warehouse.recommendations()) {
      if (advice.automatic()) {
        follow(advice);
      }
    }
  }

  private void follow(Recommendation advice) {
    TableDefinition table = advice.table();
    WriteTransaction transaction = warehouse.namespace().begin();
    try {
      CatalogWriter writer = warehouse.catalogWriter(transaction);
      TableDefinition altered = table.withLayout(advice.layout());
      if (!writer.catalog().table(table.oid()).equals(Optional.of(table))) {
        return;
      }
      writer.replace(altered);
      LayoutChanges.note(transaction, table, altered);
      transaction.commit();
      LOG.info("{}: {}", advice.ddl(), advice.reason());
      if (advice.kind() == Recommendation.Kind.SORTKEY) {
        workload.forgetFilters(table.oid());
      } else if (LayoutChanges.of(warehouse.namespace().snapshot()).stream()
          .noneMatch(change -> change.table() == table.oid() && change.type().equals("distkey"))) {
        String previous = "DIST STYLE: " + table.layout().style() + ";";
        String type = advice.kind().text();
        Instant now = warehouse.clock().instant();
        log.add(new WorkerLog.Entry(table.oid(), type, "Start", now, 0, previous));
        log.add(new WorkerLog.Entry(table.oid(), type, "Complete", now, 1, previous));
      }
    } catch (SqlException e) {
      LOG.info("advice for table {} not followed: {}", table.name(), e.message());
    } finally {
      transaction.rollback();
    }
  }

  private void rewrite(LayoutChanges.Change change) {
    try {
      Optional<TableDefinition> table = warehouse.catalog().table(change.table());
      table.ifPresentOrElse(
          found -> rewrite(change, found), () -> note(change, "Skipped:Table not found.", 0));
      forget(change);
    } catch (SqlException e) {
      if (!closing) {
        LOG.warn("rewriting table {} put off: {}", change.table(), e.message());
        note(change, "Abort:" + e.message(), 0);
        putOff.put(change.table(), warehouse.clock().instant().plusSeconds(RETRY_SECONDS));
      }
    }
  }

  /// Unless the table has been altered again, which is then the next thing to do.
  private void forget(LayoutChanges.Change change) {
    WriteTransaction transaction = warehouse.namespace().begin();
    try {
      if (LayoutChanges.of(transaction.entries()).contains(change)) {
        LayoutChanges.done(transaction, change.table());
        transaction.commit();
      }
    } catch (SqlException e) {
      if (e.state() != SqlState.SERIALIZATION_FAILURE) {
        throw e;
      }
    } finally {
      transaction.rollback();
    }
  }

  private void rewrite(LayoutChanges.Change change, TableDefinition table) {
    note(change, "Start", 0);
    VacuumRequest request =
        new VacuumRequest(
            table.shape(), true, true, false, THRESHOLD_PERCENT, VacuumRequest.Cause.ALTERED);
    for (int round = 0; round < ROUNDS; round++) {
      VacuumRun run =
          warehouse.namespace().housekeeping().vacuum(table.oid(), request, this::checkOpen);
      if (run.stage() == VacuumRun.Stage.SKIPPED) {
        break;
      }
    }
    note(change, "Complete", 1);
  }

  private void note(LayoutChanges.Change change, String status, int sequence) {
    log.add(
        new WorkerLog.Entry(
            change.table(),
            change.type(),
            status,
            warehouse.clock().instant(),
            sequence,
            change.previous()));
  }

  private void checkOpen() {
    if (closing) {
      throw new SqlException(SqlState.ADMIN_SHUTDOWN, "the warehouse is shutting down");
    }
  }

  /// Stops between two batches of rows; the next start goes on.
  @Override
  public void close() {
    closing = true;
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the background worker is still running after {} s", CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    save();
  }
}
