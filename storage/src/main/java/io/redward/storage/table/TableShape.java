package io.redward.storage.table;

import io.redward.foundation.types.SqlType;
import java.util.List;
import java.util.OptionalInt;

/// What storage must know of a table to write to it.
///
/// @param columns in table order
/// @param sortKey column ids of the sort key, most significant first; rows of a rowset are sorted
///     by it
/// @param interleaved whether the sort key's columns weigh alike
/// @param distributionKey column id of the DISTKEY; rows of near values of it are written together
public record TableShape(
    List<Column> columns, List<Integer> sortKey, boolean interleaved, OptionalInt distributionKey) {
  /// A column.
  ///
  /// @param id never reused within the table
  /// @param encoding declared name in lower case, or "auto"
  public record Column(int id, SqlType type, String encoding) {}

  public TableShape {
    columns = List.copyOf(columns);
    sortKey = List.copyOf(sortKey);
  }

  /// Of a table without a distribution key.
  public TableShape(List<Column> columns, List<Integer> sortKey, boolean interleaved) {
    this(columns, sortKey, interleaved, OptionalInt.empty());
  }

  /// The column by whose values rows are divided before they are sorted by others; empty if the
  /// sort key itself leads with the distribution key.
  public OptionalInt division() {
    boolean leads =
        distributionKey.isPresent()
            && !sortKey.isEmpty()
            && sortKey.getFirst() == distributionKey.getAsInt();
    return leads || interleaved ? OptionalInt.empty() : distributionKey;
  }

  /// The same with rows in the order of the sort key only.
  public TableShape undivided() {
    return division().isPresent() ? new TableShape(columns, sortKey, interleaved) : this;
  }
}
