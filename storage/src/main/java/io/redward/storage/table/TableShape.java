package io.redward.storage.table;

import io.redward.foundation.types.SqlType;
import java.util.List;

/// What storage must know of a table to write to it.
///
/// @param columns in table order
/// @param sortKey column ids of the sort key, most significant first; rows of a rowset are sorted
///     by it
/// @param interleaved whether the sort key's columns weigh alike
public record TableShape(List<Column> columns, List<Integer> sortKey, boolean interleaved) {
  /// A column.
  ///
  /// @param id never reused within the table
  /// @param encoding declared name in lower case, or "auto"
  public record Column(int id, SqlType type, String encoding) {}

  public TableShape {
    columns = List.copyOf(columns);
    sortKey = List.copyOf(sortKey);
  }
}
