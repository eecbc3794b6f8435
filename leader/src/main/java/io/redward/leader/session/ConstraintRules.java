package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.TableConstraint;
import io.redward.leader.catalog.TableDefinition;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a constraint must be like to be enforced.
final class ConstraintRules {
  private ConstraintRules() {}

  /// @throws SqlException if it cannot be
  static void require(Catalog catalog, TableDefinition table, TableConstraint constraint) {
    switch (constraint) {
      case TableConstraint.PrimaryKey key -> requireNotNull(table, key);
      case TableConstraint.ForeignKey key -> requireKey(catalog, table, key);
      case TableConstraint.Unique _, TableConstraint.Check _ -> {}
    }
  }

  /// Keys are compared by their bytes.
  static void requireCaseSensitive(TableDefinition table, TableConstraint constraint) {
    if (constraint instanceof TableConstraint.Check) {
      return;
    }
    for (int id : constraint.columns()) {
      ColumnDefinition column = table.column(id).orElseThrow();
      if (column.type().caseInsensitive()) {
        throw new SqlException(
            SqlState.FEATURE_NOT_SUPPORTED,
            "column \"" + column.name() + "\" is case-insensitive: no key of it is enforced");
      }
    }
  }

  private static void requireNotNull(TableDefinition table, TableConstraint.PrimaryKey key) {
    for (int id : key.columns()) {
      ColumnDefinition column = table.column(id).orElseThrow();
      if (column.nullable()) {
        throw new SqlException(
            SqlState.INVALID_TABLE_DEFINITION,
            "column \"" + column.name() + "\" of an enforced primary key must be NOT NULL");
      }
    }
  }

  /// What is referenced must be a key that is enforced itself.
  private static void requireKey(
      Catalog catalog, TableDefinition table, TableConstraint.ForeignKey key) {
    Optional<TableDefinition> parent = catalog.table(key.referencedTable());
    if (parent.isEmpty() || parent.get().temporary() != table.temporary()) {
      throw new SqlException(
          SqlState.INVALID_TABLE_DEFINITION,
          "an enforced foreign key and the table it references must be permanent, or both"
              + " temporary");
    }
    Set<Integer> wanted = Set.copyOf(key.referencedColumns());
    boolean unique =
        parent.get().constraints().stream()
            .anyMatch(c -> c.isKey() && c.enforced() && Set.copyOf(c.columns()).equals(wanted));
    if (!unique) {
      List<String> names =
          key.referencedColumns().stream()
              .map(id -> parent.get().column(id).orElseThrow().name())
              .toList();
      throw new SqlException(
              SqlState.INVALID_FOREIGN_KEY,
              "there is no unique constraint matching given keys for referenced table \""
                  + parent.get().name()
                  + "\"")
          .withDetail(
              "An enforced foreign key needs an enforced key of ("
                  + String.join(", ", names)
                  + ").");
    }
  }

  /// Strings are equal if their bytes are, but for trailing blanks.
  static boolean byBytes(SqlType type) {
    return type.kind().isString();
  }
}
