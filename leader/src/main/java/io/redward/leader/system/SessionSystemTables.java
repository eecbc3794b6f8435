package io.redward.leader.system;

import io.redward.spi.SystemTable;
import io.redward.spi.SystemTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All system tables over one statement's view. Making them costs nothing but their descriptions;
/// rows are made when a table is read.
public final class SessionSystemTables implements SystemTables {
  private final List<SystemTable> tables = new ArrayList<>();
  private final Map<String, SystemTable> byName = new HashMap<>();

  public SessionSystemTables(SystemView view) {
    CatalogRows rows = new CatalogRows(view, tables);
    PostgresTables postgres = new PostgresTables(view, rows);
    tables.addAll(postgres.tables());
    tables.addAll(postgres.views());
    tables.addAll(new WarehouseTables(view, rows).tables());
    tables.addAll(new StorageTables(view, rows).tables());
    tables.addAll(new VacuumTables(view).tables());
    tables.addAll(new WorkerTables(view).tables());
    tables.addAll(new StatisticsTables(view, rows).tables());
    tables.addAll(new MaterializedViewTables(view, rows).tables());
    tables.addAll(new HistoryTables(view).tables());
    tables.addAll(new TransactionTables(view).tables());
    tables.addAll(new SnapshotTables(view).tables());
    tables.addAll(new CacheTables(view).tables());
    tables.addAll(new PrivilegeTables(view).tables());
    tables.addAll(new UserTables(view).tables());
    tables.addAll(new RoleTables(view).tables());
    tables.forEach(table -> byName.put(table.schema() + "." + table.name(), table));
  }

  @Override
  public Optional<SystemTable> find(String schema, String name) {
    return Optional.ofNullable(byName.get(schema + "." + name));
  }

  @Override
  public List<SystemTable> all() {
    return tables;
  }
}
