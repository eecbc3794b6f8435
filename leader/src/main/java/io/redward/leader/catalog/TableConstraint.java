package io.redward.leader.catalog;

import java.util.List;

/// A declared key. Keys are not enforced; the planner trusts them.
public sealed interface TableConstraint {
  String name();

  /// Ids of the columns constrained.
  List<Integer> columns();

  /// PRIMARY KEY.
  record PrimaryKey(String name, List<Integer> columns) implements TableConstraint {
    public PrimaryKey {
      columns = List.copyOf(columns);
    }
  }

  /// UNIQUE.
  record Unique(String name, List<Integer> columns) implements TableConstraint {
    public Unique {
      columns = List.copyOf(columns);
    }
  }

  /// REFERENCES another table's columns, by id.
  record ForeignKey(
      String name, List<Integer> columns, int referencedTable, List<Integer> referencedColumns)
      implements TableConstraint {
    public ForeignKey {
      columns = List.copyOf(columns);
      referencedColumns = List.copyOf(referencedColumns);
    }
  }
}
