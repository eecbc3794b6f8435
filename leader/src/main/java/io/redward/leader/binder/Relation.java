package io.redward.leader.binder;

import io.redward.foundation.base.SqlException;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Privileges;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;

/// An operator of the plan with the names by which its columns are reached.
///
/// @param columns in the order of `*`
record Relation(RelNode rel, List<Column> columns) {
  /// A name in FROM: a table's, an alias.
  ///
  /// @param schema the table's schema where it has no alias
  record Range(String name, Optional<String> schema, Optional<String> database) {
    static Range of(String name) {
      return new Range(name, Optional.empty(), Optional.empty());
    }
  }

  /// A column.
  ///
  /// @param range empty for a column merged by USING
  /// @param index of its field
  /// @param hidden not part of `*`: USING has merged it, so that it is reached by a qualified name
  ///     only, or it has no range and is reached by its name if no other column has it (LEVEL)
  /// @param originTable oid of the stored table it comes from unchanged, else 0
  /// @param originColumn that column's id, else 0
  /// @param barrier the relation whose column it is, if the user may not read it; empty if he may
  record Column(
      Optional<Range> range,
      String name,
      int index,
      boolean hidden,
      int originTable,
      int originColumn,
      Optional<OwnedObject> barrier) {
    /// A column that may be read.
    Column(
        Optional<Range> range,
        String name,
        int index,
        boolean hidden,
        int originTable,
        int originColumn) {
      this(range, name, index, hidden, originTable, originColumn, Optional.empty());
    }

    /// Where its value stands. Whoever reads a column asks, so that none is read unchecked.
    ///
    /// @throws SqlException 42501 if the user may not read it
    @Override
    public int index() {
      if (barrier.isPresent()) {
        throw Privileges.denied(barrier.get());
      }
      return index;
    }

    /// Whether its value is the field at `field`.
    boolean isAt(int field) {
      return index == field;
    }

    Column shifted(int by) {
      return new Column(range, name, index + by, hidden, originTable, originColumn, barrier);
    }

    Column asHidden() {
      return new Column(range, name, index, true, originTable, originColumn, barrier);
    }

    /// The column as one of another range, under another name.
    Column in(Optional<Range> other, String otherName) {
      return new Column(other, otherName, index, false, originTable, originColumn, barrier);
    }

    /// The column with its values at another field; it comes from no table unchanged.
    Column masked(int field) {
      return new Column(range, name, field, hidden, 0, 0, barrier);
    }

    Column behind(Optional<OwnedObject> denying) {
      return new Column(range, name, index, hidden, originTable, originColumn, denying);
    }
  }

  Relation {
    columns = List.copyOf(columns);
  }

  /// A relation whose columns are all of one range, in field order.
  static Relation of(RelNode rel, Range range, List<String> names) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      columns.add(new Column(Optional.of(range), names.get(i), i, false, 0, 0));
    }
    return new Relation(rel, columns);
  }

  /// The same columns over another operator with the same fields.
  Relation over(RelNode other) {
    return new Relation(other, columns);
  }

  /// The same fields under other names.
  Relation over(List<Column> other) {
    return new Relation(rel, other);
  }

  List<Range> ranges() {
    return columns.stream().flatMap(c -> c.range().stream()).distinct().toList();
  }

  /// The columns that `*` stands for.
  List<Column> visible() {
    return columns.stream().filter(c -> !c.hidden()).toList();
  }
}
