package io.redward.leader.system;

import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.TableConstraint;
import io.redward.leader.catalog.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Constraints as the catalog numbers and prints them. Primary and unique keys have an index there,
/// as in PostgreSQL, because clients look for a table's keys among its indexes; nothing is stored
/// under it.
public final class TableKeys {
  private static final int NUMBERS_OF_TABLE = 100;
  private static final int FIRST_INDEX = 50;

  private TableKeys() {}

  /// The index of a primary or unique key.
  record Index(int oid, TableDefinition table, TableConstraint key) {
    boolean primary() {
      return key instanceof TableConstraint.PrimaryKey;
    }

    /// Column numbers as an `int2vector`.
    String columns() {
      return key.columns().stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
  }

  /// The constraint at a place among the table's.
  public static int constraintOid(TableDefinition table, int index) {
    return table.oid() * NUMBERS_OF_TABLE + index;
  }

  /// Whether a number is that of a constraint of a table that is there.
  static boolean isConstraint(Catalog catalog, int oid) {
    return constraintText(catalog, oid).isPresent();
  }

  static List<Index> indexes(TableDefinition table) {
    List<Index> indexes = new ArrayList<>();
    for (int i = 0; i < table.constraints().size(); i++) {
      TableConstraint constraint = table.constraints().get(i);
      if (constraint.isKey()) {
        int oid = table.oid() * NUMBERS_OF_TABLE + FIRST_INDEX + i;
        indexes.add(new Index(oid, table, constraint));
      }
    }
    return indexes;
  }

  /// What `pg_get_constraintdef` says.
  public static Optional<String> constraintText(Catalog catalog, int oid) {
    return catalog
        .table(oid / NUMBERS_OF_TABLE)
        .filter(table -> oid % NUMBERS_OF_TABLE < table.constraints().size())
        .map(table -> text(catalog, table, table.constraints().get(oid % NUMBERS_OF_TABLE)));
  }

  private static String text(Catalog catalog, TableDefinition table, TableConstraint constraint) {
    String body = body(catalog, table, constraint);
    boolean check = constraint instanceof TableConstraint.Check;
    if (constraint.enforced() == check) {
      return body;
    }
    return body + (check ? " NOT ENFORCED" : " ENFORCED");
  }

  private static String body(Catalog catalog, TableDefinition table, TableConstraint constraint) {
    return switch (constraint) {
      case TableConstraint.PrimaryKey key -> "PRIMARY KEY (" + names(table, key.columns()) + ")";
      case TableConstraint.Check check -> "CHECK (" + check.condition() + ")";
      case TableConstraint.Unique key -> "UNIQUE (" + names(table, key.columns()) + ")";
      case TableConstraint.ForeignKey key -> {
        String target =
            catalog
                .table(key.referencedTable())
                .map(other -> other.name() + "(" + names(other, key.referencedColumns()) + ")")
                .orElse("?");
        yield "FOREIGN KEY (" + names(table, key.columns()) + ") REFERENCES " + target;
      }
    };
  }

  /// What `pg_get_indexdef` says.
  public static Optional<String> indexText(Catalog catalog, int oid) {
    return catalog.table(oid / NUMBERS_OF_TABLE).stream()
        .flatMap(table -> indexes(table).stream())
        .filter(index -> index.oid() == oid)
        .map(
            index ->
                "CREATE UNIQUE INDEX "
                    + index.key().name()
                    + " ON "
                    + index.table().name()
                    + " USING btree ("
                    + names(index.table(), index.key().columns())
                    + ")")
        .findFirst();
  }

  private static String names(TableDefinition table, List<Integer> ids) {
    return table.columns().stream()
        .filter(column -> ids.contains(column.id()))
        .sorted((a, b) -> ids.indexOf(a.id()) - ids.indexOf(b.id()))
        .map(column -> column.name())
        .collect(Collectors.joining(", "));
  }
}
