package io.redward.leader.system;

import io.redward.spi.SystemTable;
import io.redward.spi.SystemTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All system tables as one session sees them. A table's description is made when it is named, its
/// rows when it is read; a name that is no system table's costs one look into a map.
public final class SessionSystemTables implements SystemTables {
  /// Tables that describe themselves, by what they tell of.
  private static final List<Source> SOURCES =
      List.of(
          (view, rows) -> new PostgresTables(view, rows).tables(),
          (view, rows) -> new PostgresTables(view, rows).views(),
          (view, rows) -> new WarehouseTables(view, rows).tables(),
          (view, rows) -> new StorageTables(view, rows).tables(),
          (view, _) -> new VacuumTables(view).tables(),
          (view, rows) -> new DatabaseTables(view, rows).tables(),
          (view, rows) -> new StatisticsTables(view, rows).tables(),
          (view, rows) -> new MaterializedViewTables(view, rows).tables(),
          (view, _) -> new TransactionTables(view).tables(),
          (view, _) -> new SnapshotTables(view).tables(),
          (view, _) -> new CacheTables(view).tables(),
          (view, _) -> new PrivilegeTables(view).tables(),
          (view, _) -> new UserTables(view).tables(),
          (view, _) -> new WorkerTables(view).tables(),
          (view, _) -> new RoleTables(view).tables(),
          (view, _) -> new PolicyTables(view).tables());

  /// Which source has a table, by schema and name; the same for all sessions.
  private static volatile @Nullable Map<String, Map<String, Integer>> sourceOf;

  private final SystemView view;
  private final CatalogRows rows;
  private @Nullable List<SystemTable> all;

  private interface Source {
    List<SystemTable> tables(SystemView view, CatalogRows rows);
  }

  public SessionSystemTables(SystemView view) {
    this.view = view;
    this.rows = new CatalogRows(view, this::all);
  }

  @Override
  public Optional<SystemTable> find(String schema, String name) {
    Integer source = index().getOrDefault(schema, Map.of()).get(name);
    if (source == null) {
      return DescribedViews.find(view, schema, name);
    }
    return SOURCES.get(source).tables(view, rows).stream()
        .filter(table -> table.schema().equals(schema) && table.name().equals(name))
        .findFirst();
  }

  @Override
  public List<SystemTable> all() {
    List<SystemTable> known = all;
    if (known == null) {
      List<SystemTable> tables = new ArrayList<>();
      SOURCES.forEach(source -> tables.addAll(source.tables(view, rows)));
      Set<String> names = new HashSet<>();
      tables.forEach(table -> names.add(table.schema() + "." + table.name()));
      for (SystemTable described : DescribedViews.all(view)) {
        if (names.add(described.schema() + "." + described.name())) {
          tables.add(described);
        }
      }
      known = List.copyOf(tables);
      all = known;
    }
    return known;
  }

  private Map<String, Map<String, Integer>> index() {
    Map<String, Map<String, Integer>> known = sourceOf;
    if (known == null) {
      known = new HashMap<>();
      for (int i = 0; i < SOURCES.size(); i++) {
        for (SystemTable table : SOURCES.get(i).tables(view, rows)) {
          known.computeIfAbsent(table.schema(), _ -> new HashMap<>()).putIfAbsent(table.name(), i);
        }
      }
      requireSources(known.getOrDefault("pg_catalog", Map.of()).keySet());
      sourceOf = known;
    }
    return known;
  }

  /// A view either has rows or a reason why not.
  private static void requireSources(Set<String> described) {
    for (ViewDefinition definition : ViewDefinitions.all()) {
      String name = definition.name();
      boolean filled = described.contains(name) || DescribedViews.isRead(name);
      if (filled != definition.emptiness().isEmpty()) {
        throw new IllegalStateException(name + (filled ? " has rows" : " has no rows"));
      }
    }
  }
}
