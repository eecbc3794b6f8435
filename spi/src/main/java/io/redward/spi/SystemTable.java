package io.redward.spi;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.types.SqlType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A table whose rows are made when it is read: `pg_class`, `stl_query` and their like.
public interface SystemTable {
  /// Oids of catalog tables that PostgreSQL's clients write as numbers.
  Map<String, Integer> WELL_KNOWN =
      Map.of(
          "pg_type", 1247,
          "pg_attribute", 1249,
          "pg_proc", 1255,
          "pg_class", 1259,
          "pg_database", 1262,
          "pg_constraint", 2606,
          "pg_namespace", 2615);

  String schema();

  String name();

  List<Column> columns();

  /// Its oid in `pg_class`: PostgreSQL's own where clients count on it, else one made from the
  /// name, below the users' oids.
  default int oid() {
    return schema().equals("pg_catalog") && WELL_KNOWN.containsKey(name())
        ? WELL_KNOWN.get(name())
        : 10_000 + Math.floorMod((schema() + "." + name()).hashCode(), 80_000);
  }

  /// All rows in the columns' own physical forms, densely, if they are at hand like that; then
  /// nobody calls `read`.
  default Optional<List<Batch>> batches() {
    return Optional.empty();
  }

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
