package io.redward.leader.binder;

import io.redward.leader.sql.ast.WithClause.CommonTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The WITH queries in sight. Each is bound anew where it is used, seeing only those before it.
///
/// @param tables by name
record CommonTables(Map<String, Entry> tables) {
  /// A WITH query.
  ///
  /// @param visible what it sees itself
  /// @param recursive WITH RECURSIVE: it may name itself
  /// @param outer the place around the query that WITH stands in, null if that is the outermost
  record Entry(
      CommonTable table, CommonTables visible, boolean recursive, @Nullable Clause outer) {}

  static final CommonTables NONE = new CommonTables(Map.of());

  Optional<Entry> find(String name) {
    return Optional.ofNullable(tables.get(name));
  }

  CommonTables with(CommonTable table, boolean recursive, @Nullable Clause outer) {
    Map<String, Entry> extended = new LinkedHashMap<>(tables);
    extended.put(table.name().name(), new Entry(table, this, recursive, outer));
    return new CommonTables(extended);
  }
}
