package io.redward.spi;

import io.redward.foundation.types.SqlType;
import java.util.List;

/// A table whose rows are made when it is read: `pg_class`, `stl_query` and their like.
public interface SystemTable {
  String schema();

  String name();

  List<Column> columns();

  /// Gives every row, one call of `out` each.
  void read(SystemRows out);

  /// A column; the order is the table's.
  record Column(String name, SqlType type) {}

  /// Receives rows cell by cell in column order: `Long` or `Integer` for integers, dates and times,
  /// `Boolean`, `Double`, `String` for strings, `java.math.BigDecimal` for decimals, or null for
  /// NULL. System tables are small and built on the leader, so boxing is no concern.
  interface SystemRows {
    void row(@org.jspecify.annotations.Nullable Object... cells);
  }
}
