package io.redward.leader.binder;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.leader.binder.Relation.Column;
import io.redward.leader.binder.Relation.Range;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.plan.expression.Constant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/// Looks column names up: in the row at hand, among the output columns named so far, then in the
/// surrounding queries.
final class ColumnNames {
  private final Binding binding;

  ColumnNames(Binding binding) {
    this.binding = binding;
  }

  /// The column a name means.
  ///
  /// @throws SqlException 42703 or 42P01 if there is none, 42702 if there are several
  RexNode resolve(Clause clause, QualifiedName name) {
    int blocks = 0;
    for (Clause place = clause; place != null; place = place.outer(), blocks++) {
      Optional<Column> column = find(place.row(), name);
      if (column.isPresent()) {
        requireNear(blocks, name);
        return reference(clause, place, column.get(), name.position());
      }
      RexNode alias = name.isSimple() ? place.aliases().get(name.last().name()) : null;
      if (alias != null && place == clause) {
        return alias;
      }
    }
    return tableOid(clause, name).orElseThrow(() -> notFound(clause, name));
  }

  /// Strict mode knows correlation with the next surrounding query only.
  private void requireNear(int blocks, QualifiedName name) {
    if (blocks > 1 && binding.context().session().strict()) {
      throw Errors.at(
          name.position(),
          SqlState.FEATURE_NOT_SUPPORTED,
          "This type of correlated subquery pattern is not supported due to internal error");
    }
  }

  /// Whether `prefix` names a SUPER column and the whole name no column.
  boolean isSuper(Clause clause, QualifiedName name, QualifiedName prefix) {
    for (@Nullable Clause place = clause; place != null; place = place.outer()) {
      if (find(place.row(), name).isPresent()) {
        return false;
      }
      Optional<Column> column = find(place.row(), prefix);
      if (column.isPresent()) {
        RexNode node = binding.expressions().column(place.row().rel(), column.get().index());
        return SuperValues.isSuper(node);
      }
    }
    return false;
  }

  /// `t.tableoid`, where `t` is a table: its oid in `pg_class`.
  private Optional<RexNode> tableOid(Clause clause, QualifiedName name) {
    if (name.isSimple() || !name.last().name().equals("tableoid")) {
      return Optional.empty();
    }
    for (@Nullable Clause place = clause; place != null; place = place.outer()) {
      Optional<Column> any =
          place.row().columns().stream()
              .filter(c -> c.originTable() != 0 && c.range().isPresent())
              .filter(c -> matches(c.range().get(), name))
              .findFirst();
      if (any.isPresent()) {
        Constant oid = new Constant.IntValue(any.get().originTable());
        return Optional.of(binding.expressions().literal(SqlType.OID, oid));
      }
    }
    return Optional.empty();
  }

  /// The column of this row alone that a name means.
  static Optional<Column> find(Relation row, QualifiedName name) {
    String column = name.last().name();
    List<Column> found =
        name.isSimple()
            ? row.columns().stream().filter(c -> !c.hidden() && c.name().equals(column)).toList()
            : row.columns().stream()
                .filter(c -> c.name().equals(column) && c.range().isPresent())
                .filter(c -> matches(c.range().get(), name))
                .toList();
    if (found.isEmpty() && name.isSimple()) {
      return row.columns().stream()
          .filter(c -> c.hidden() && c.range().isEmpty() && c.name().equals(column))
          .findFirst();
    }
    List<Column> variables = found.stream().filter(c -> c.range().isEmpty()).toList();
    if (found.size() > 1 && variables.size() == 1) {
      return Optional.of(variables.getFirst());
    }
    if (found.size() > 1) {
      throw Errors.at(
          name.position(),
          SqlState.AMBIGUOUS_COLUMN,
          "column reference \"" + column + "\" is ambiguous");
    }
    return found.stream().findFirst();
  }

  /// Whether the qualifiers of a column's name mean the range.
  static boolean matches(Range range, QualifiedName column) {
    List<Identifier> parts = column.parts();
    return matches(
        range, parts.subList(0, parts.size() - 1).stream().map(Identifier::name).toList());
  }

  /// Whether `[[database.]schema.]name` means the range.
  static boolean matches(Range range, List<String> qualifiers) {
    int count = qualifiers.size();
    return count >= 1
        && count <= 3
        && range.name().equals(qualifiers.get(count - 1))
        && (count < 2 || range.schema().equals(Optional.of(qualifiers.get(count - 2))))
        && (count < 3 || range.database().equals(Optional.of(qualifiers.get(0))));
  }

  private RexNode reference(Clause clause, Clause place, Column column, int position) {
    RexNode node =
        place == clause
            ? binding.expressions().column(place.row().rel(), column.index())
            : place.correlated(
                binding.expressions().builder(),
                binding.planner().cluster()::createCorrel,
                column.index());
    binding.remember(node, position);
    return node;
  }

  private static SqlException notFound(Clause clause, QualifiedName name) {
    String last = name.last().name();
    if (name.isSimple()) {
      return hinted(
          clause,
          last,
          Errors.at(
              name.position(),
              SqlState.UNDEFINED_COLUMN,
              "column \"" + last + "\" does not exist"));
    }
    if (rangeExists(clause, name)) {
      return hinted(
          clause,
          last,
          Errors.at(
              name.position(), SqlState.UNDEFINED_COLUMN, "column " + name + " does not exist"));
    }
    String table = name.qualifier().map(Identifier::name).orElse("");
    return Suggestions.hinted(
        Errors.at(
            name.position(),
            SqlState.UNDEFINED_TABLE,
            "missing FROM-clause entry for table \"" + table + "\""),
        table,
        rangeNames(clause),
        "the table");
  }

  private static List<String> rangeNames(Clause clause) {
    List<String> names = new ArrayList<>();
    for (@Nullable Clause place = clause; place != null; place = place.outer()) {
      place.row().ranges().forEach(range -> names.add(range.name()));
    }
    return names;
  }

  private static boolean rangeExists(Clause clause, QualifiedName name) {
    for (@Nullable Clause place = clause; place != null; place = place.outer()) {
      if (place.row().ranges().stream().anyMatch(range -> matches(range, name))) {
        return true;
      }
    }
    return false;
  }

  private static SqlException hinted(Clause clause, String name, SqlException error) {
    List<Column> columns = new ArrayList<>();
    for (@Nullable Clause place = clause; place != null; place = place.outer()) {
      columns.addAll(place.row().columns());
    }
    Optional<String> meant =
        Suggestions.closest(name, columns.stream().map(Column::name).distinct().toList());
    return meant
        .map(
            m ->
                error.withHint(
                    "Perhaps you meant to reference the column \"" + qualified(columns, m) + "\"."))
        .orElse(error);
  }

  private static String qualified(List<Column> columns, String name) {
    return columns.stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .flatMap(Column::range)
        .map(range -> range.name() + "." + name)
        .orElse(name);
  }
}
