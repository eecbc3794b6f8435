package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.CatalogObject;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.sql.SqlPrinter;
import io.redward.leader.sql.ast.Identifier;
import io.redward.storage.table.Snapshot;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Refreshes materialized views of AUTO REFRESH YES that have become stale, each by a statement of
/// its owner's, as a user would. One that fails is tried again at the next round.
final class AutoRefresh implements Runnable {
  static final int INTERVAL_SECONDS = 2;

  private static final Logger LOG = LoggerFactory.getLogger(AutoRefresh.class);

  private final LeaderWarehouse warehouse;

  AutoRefresh(LeaderWarehouse warehouse) {
    this.warehouse = warehouse;
  }

  @Override
  public void run() {
    try {
      Snapshot snapshot = warehouse.namespace().snapshot();
      Catalog catalog = warehouse.catalog();
      for (CatalogObject object : catalog.objects()) {
        if (object instanceof TableDefinition table && wanted(table, snapshot)) {
          refresh(catalog, table);
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("looking for stale materialized views failed", e);
    }
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
    try (Session session = warehouse.open(login, Map.of("application_name", "auto-refresh"))) {
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
