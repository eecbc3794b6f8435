package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.CatalogObject;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.sql.SqlPrinter;
import io.redward.leader.sql.ast.Identifier;
import io.redward.storage.table.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Refreshes materialized views of AUTO REFRESH YES that have become stale, each by a statement of
/// its owner's, as a user would, when nothing else runs or it has waited long for that. One that
/// fails is tried again at the next round.
final class AutoRefresh implements Runnable {
  static final int INTERVAL_SECONDS = 2;

  /// What its sessions call themselves.
  static final String APPLICATION = "auto-refresh";

  /// So long it waits for a moment in which nothing runs.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(AutoRefresh.class);

  private final LeaderWarehouse warehouse;

  /// Since when views have been waiting for a quiet moment, by oid.
  private final Map<Integer, Instant> waiting = new HashMap<>();

  AutoRefresh(LeaderWarehouse warehouse) {
    this.warehouse = warehouse;
  }

  @Override
  public void run() {
    try {
      Snapshot snapshot = warehouse.namespace().snapshot();
      Catalog catalog = warehouse.catalog();
      for (CatalogObject object : catalog.objects()) {
        if (object instanceof TableDefinition table
            && wanted(table, snapshot)
            && isTurn(table.oid())) {
          refresh(catalog, table);
        }
      }
    } catch (SqlException e) {
      // An interrupt ends the last look when the warehouse is closed.
      if (!Thread.currentThread().isInterrupted()) {
        LOG.warn("looking for stale materialized views was put off: {}", e.message());
      }
    } catch (RuntimeException e) {
      LOG.warn("looking for stale materialized views failed", e);
    }
  }

  /// Whether nothing else runs, or the view has waited long enough.
  private boolean isTurn(int view) {
    Instant now = warehouse.clock().instant();
    Instant since = waiting.computeIfAbsent(view, _ -> now);
    if (warehouse.busy() && since.plus(PATIENCE).isAfter(now)) {
      return false;
    }
    waiting.remove(view);
    return true;
  }

  private static boolean wanted(TableDefinition table, Snapshot snapshot) {
    return table
        .materialization()
        .filter(view -> view.autoRefresh() && view.isStale(snapshot))
        .isPresent();
  }

  private void refresh(Catalog catalog, TableDefinition table) {
    Schema schema = (Schema) catalog.object(table.schemaOid()).orElseThrow();
    String owner = catalog.object(table.owner()).orElseThrow().name();
    String database = catalog.object(schema.databaseOid()).orElseThrow().name();
    Warehouse.Login login = new Warehouse.Login(owner, database, "", 0);
    try (Session session = warehouse.open(login, Map.of("application_name", APPLICATION))) {
      session.executeScript(
          "REFRESH MATERIALIZED VIEW " + quoted(schema.name()) + "." + quoted(table.name()),
          NullConsumer.INSTANCE);
    } catch (SqlException e) {
      LOG.warn("materialized view {} could not be refreshed: {}", table.name(), e.message());
    }
  }

  private static String quoted(String name) {
    return SqlPrinter.print(Identifier.of(name, 0));
  }
}
