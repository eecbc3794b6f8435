package io.redward.leader.catalog;

import io.redward.storage.table.Snapshot;
import java.util.List;
import java.util.Map;

/// What makes a table a materialized view: the query whose rows it holds.
///
/// @param query as printed
/// @param dependencies oids of the tables and views that the query names
/// @param versions content versions of all stored tables under the query, by oid, as of the last
///     refresh; other versions make the view stale
/// @param autoRefresh AUTO REFRESH YES
public record Materialization(
    String query, List<Integer> dependencies, Map<Integer, Long> versions, boolean autoRefresh) {
  public Materialization {
    dependencies = List.copyOf(dependencies);
    versions = Map.copyOf(versions);
  }

  /// Whether a table under the query has changed since the last refresh.
  public boolean isStale(Snapshot snapshot) {
    return versions.entrySet().stream()
        .anyMatch(each -> snapshot.table(each.getKey()).contentVersion() != each.getValue());
  }

  public Materialization refreshed(Map<Integer, Long> now) {
    return new Materialization(query, dependencies, now, autoRefresh);
  }

  public Materialization withAutoRefresh(boolean wanted) {
    return new Materialization(query, dependencies, versions, wanted);
  }
}
