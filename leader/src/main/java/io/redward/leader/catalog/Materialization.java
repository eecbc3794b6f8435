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
/// @param upTo the state of the warehouse that the rows are of
/// @param autoRefresh AUTO REFRESH YES
/// @param upkeep how it is brought up to date
/// @param searchPath by which the names in the query are found
public record Materialization(
    String query,
    List<Integer> dependencies,
    Map<Integer, Long> versions,
    long upTo,
    boolean autoRefresh,
    Upkeep upkeep,
    List<String> searchPath) {

  /// How a view is brought up to date.
  ///
  /// @param hidden columns of the stored rows that nobody sees, behind the others: what changes of
  ///     the tables are worked into
  /// @param wholeBecause why every refresh computes all rows; empty if it works in what has changed
  /// @param rewrites whether it may be read in place of the tables under it
  public record Upkeep(List<ColumnDefinition> hidden, String wholeBecause, boolean rewrites) {
    public Upkeep {
      hidden = List.copyOf(hidden);
    }

    /// All rows anew, each time.
    public static Upkeep whole(String because) {
      return new Upkeep(List.of(), because, false);
    }

    public boolean incremental() {
      return wholeBecause.isEmpty();
    }
  }

  public Materialization {
    dependencies = List.copyOf(dependencies);
    versions = Map.copyOf(versions);
    searchPath = List.copyOf(searchPath);
  }

  /// Whether a table under the query has changed since the last refresh.
  public boolean isStale(Snapshot snapshot) {
    return versions.entrySet().stream()
        .anyMatch(each -> snapshot.table(each.getKey()).contentVersion() != each.getValue());
  }

  public Materialization refreshed(Map<Integer, Long> now, long version) {
    return new Materialization(query, dependencies, now, version, autoRefresh, upkeep, searchPath);
  }

  public Materialization withAutoRefresh(boolean wanted) {
    return new Materialization(query, dependencies, versions, upTo, wanted, upkeep, searchPath);
  }
}
