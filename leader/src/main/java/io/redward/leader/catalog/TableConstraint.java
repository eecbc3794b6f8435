package io.redward.leader.catalog;

import java.util.List;
import java.util.Optional;

/// A declared constraint. One that is not enforced is information for the planner, which trusts it.
public sealed interface TableConstraint {
  String name();

  /// Ids of the columns constrained.
  List<Integer> columns();

  /// Whether no statement may leave a row behind that breaks it.
  boolean enforced();

  /// PRIMARY KEY.
  record PrimaryKey(String name, List<Integer> columns, boolean enforced)
      implements TableConstraint {
    public PrimaryKey {
      columns = List.copyOf(columns);
    }
  }

  /// UNIQUE.
  record Unique(String name, List<Integer> columns, boolean enforced) implements TableConstraint {
    public Unique {
      columns = List.copyOf(columns);
    }
  }

  /// REFERENCES another table's columns, by id.
  record ForeignKey(
      String name,
      List<Integer> columns,
      int referencedTable,
      List<Integer> referencedColumns,
      boolean enforced)
      implements TableConstraint {
    /// The table itself, as long as it has no oid.
    public static final int ITSELF = 0;

    public ForeignKey {
      columns = List.copyOf(columns);
      referencedColumns = List.copyOf(referencedColumns);
    }
  }

  /// CHECK.
  ///
  /// @param columns those that the condition names
  /// @param condition its text
  record Check(String name, List<Integer> columns, String condition, boolean enforced)
      implements TableConstraint {
    public Check {
      columns = List.copyOf(columns);
    }
  }

  /// The primary key among constraints.
  static Optional<TableConstraint> primary(List<TableConstraint> constraints) {
    return constraints.stream().filter(PrimaryKey.class::isInstance).findFirst();
  }

  /// The same, of a table that has got its oid.
  default TableConstraint ofTable(int oid) {
    return this instanceof ForeignKey key && key.referencedTable == ForeignKey.ITSELF
        ? new ForeignKey(key.name, key.columns, oid, key.referencedColumns, key.enforced)
        : this;
  }

  /// Whether its columns are a key: no two rows have the same values in them.
  default boolean isKey() {
    return this instanceof PrimaryKey || this instanceof Unique;
  }

  /// The same, enforced or not.
  default TableConstraint withEnforced(boolean wanted) {
    return switch (this) {
      case PrimaryKey key -> new PrimaryKey(key.name, key.columns, wanted);
      case Unique key -> new Unique(key.name, key.columns, wanted);
      case ForeignKey key ->
          new ForeignKey(key.name, key.columns, key.referencedTable, key.referencedColumns, wanted);
      case Check check -> new Check(check.name, check.columns, check.condition, wanted);
    };
  }
}
