package io.redward.leader.binder;

import com.google.common.collect.ImmutableSet;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.leader.binder.Relation.Column;
import io.redward.leader.binder.Relation.Range;
import io.redward.leader.relational.Unnest;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.TableRef;
import io.redward.plan.step.TransformStep.Unnest.Elements;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/// Items of FROM that see the row of those before them: arrays and objects inside that row, which
/// become an [Unnest] over it, and LATERAL queries, which become a correlated join.
final class Laterals {
  private static final SqlType NAME = SqlType.varchar(SqlType.MAX_VARCHAR_BYTES);

  private final FromBinder from;
  private final QueryBinder queries;
  private final @Nullable Clause outer;
  private final CommonTables commonTables;
  private final Expressions expressions;

  Laterals(
      FromBinder from, QueryBinder queries, @Nullable Clause outer, CommonTables commonTables) {
    this.from = from;
    this.queries = queries;
    this.outer = outer;
    this.commonTables = commonTables;
    expressions = queries.binding().expressions();
  }

  /// What an item takes elements from.
  ///
  /// @param element its name; that of its key is `key`, without which it is no column
  /// @param range the table that both are columns of; by default each is one of its own
  private record Path(
      Expr value,
      Elements elements,
      Identifier element,
      Optional<Identifier> key,
      Optional<Identifier> range) {
    int position() {
      return value.position();
    }
  }

  /// The rows before an item paired with what it makes of each of them; empty if the item does not
  /// see them.
  ///
  /// @param condition what a pair must satisfy
  Optional<Relation> join(
      Relation left, TableRef item, JoinRelType type, Optional<Expr> condition, int position) {
    Optional<Path> path = path(left, item);
    if (path.isPresent()) {
      return Optional.of(unnested(left, path.get(), type, condition));
    }
    return item instanceof TableRef.DerivedTable derived && derived.lateral()
        ? Optional.of(lateral(left, derived, type, condition, position))
        : Optional.empty();
  }

  private Optional<Path> path(Relation left, TableRef item) {
    return switch (item) {
      case TableRef.NamedTable table when isPath(left, table) ->
          Optional.of(array(new Expr.ColumnRef(table.name()), table.alias(), Optional.empty()));
      case TableRef.UnnestedArray array ->
          Optional.of(array(array.path(), array.alias(), array.at()));
      case TableRef.UnpivotedObject object ->
          Optional.of(
              new Path(
                  object.path(),
                  Elements.OBJECT,
                  object.value().orElse(Identifier.of(name(object.path()), object.position())),
                  object.attribute(),
                  Optional.empty()));
      default -> Optional.empty();
    };
  }

  private static Path array(
      Expr path, Optional<TableRef.TableAlias> alias, Optional<Identifier> at) {
    List<Identifier> columns = alias.map(TableRef.TableAlias::columns).orElse(List.of());
    Identifier element =
        columns.isEmpty()
            ? alias
                .map(TableRef.TableAlias::name)
                .orElse(Identifier.of(name(path), path.position()))
            : columns.getFirst();
    Optional<Identifier> key = columns.size() > 1 ? Optional.of(columns.get(1)) : at;
    Optional<Identifier> range =
        columns.isEmpty() ? Optional.empty() : alias.map(TableRef.TableAlias::name);
    return new Path(path, Elements.ARRAY, element, key, range);
  }

  private static String name(Expr path) {
    return switch (path) {
      case Expr.ColumnRef column -> column.name().last().name();
      case Expr.FieldAccess access -> access.field().name();
      case Expr.ArraySubscript subscript -> name(subscript.base());
      default -> "unnest";
    };
  }

  /// Whether a name of several parts begins with a table or a SUPER column of the rows before it,
  /// or of a surrounding query.
  private boolean isPath(Relation left, TableRef.NamedTable table) {
    List<Identifier> parts = table.name().parts();
    Identifier first = parts.getFirst();
    if (parts.size() < 2) {
      return table.moment().isEmpty() && isVariable(left, first);
    }
    if (table.moment().isPresent()) {
      return false;
    }
    QualifiedName column = new QualifiedName(List.of(first));
    boolean named = left.ranges().stream().anyMatch(r -> r.name().equals(first.name()));
    if (named || left.columns().stream().anyMatch(c -> isSuper(left, c, column))) {
      return true;
    }
    for (@Nullable Clause place = outer; place != null; place = place.outer()) {
      if (place.row().ranges().stream().anyMatch(r -> r.name().equals(first.name()))) {
        return true;
      }
    }
    return false;
  }

  /// Whether a name alone is that of an array's elements in the rows before it, as in
  /// `FROM t, t.rows AS r, r AS cell`.
  private boolean isVariable(Relation left, Identifier name) {
    QualifiedName column = new QualifiedName(List.of(name));
    return left.columns().stream().anyMatch(c -> c.range().isEmpty() && isSuper(left, c, column));
  }

  private boolean isSuper(Relation row, Column column, QualifiedName name) {
    return !column.hidden()
        && column.name().equals(name.last().name())
        && SuperValues.isSuper(expressions.column(row.rel(), column.index()));
  }

  private Relation unnested(Relation left, Path path, JoinRelType type, Optional<Expr> condition) {
    if (type != JoinRelType.INNER && type != JoinRelType.LEFT) {
      throw Errors.unsupported(path.position(), type + " JOIN with an array of the other side");
    }
    boolean isTrue =
        condition.isEmpty()
            || condition.get() instanceof Expr.BooleanLiteral literal && literal.value();
    if (type == JoinRelType.LEFT && !isTrue) {
      throw Errors.unsupported(
          path.position(), "a condition other than TRUE of a LEFT JOIN with an array");
    }
    Clause clause = new Clause("FROM", left, outer, commonTables);
    RexNode value = queries.expressions(clause).bind(path.value());
    if (!SuperValues.isSuper(value)) {
      throw Errors.at(
          path.position(),
          SqlState.DATATYPE_MISMATCH,
          "unnest is not supported for type " + Expressions.typeOf(value));
    }
    RelNode rows = new Unnest(left.rel(), value, path.elements(), type == JoinRelType.LEFT);
    int width = left.rel().getRowType().getFieldCount();
    List<Column> columns = new ArrayList<>(left.columns());
    columns.add(column(left, path, path.element(), width));
    if (path.key().isPresent()) {
      columns.add(column(left, path, path.key().get(), width + 1));
      rows = path.elements() == Elements.OBJECT ? withName(rows, width + 1) : rows;
    }
    Relation joined = new Relation(rows, columns);
    return isTrue ? joined : from.where(joined, condition);
  }

  /// A column of the alias's table if the alias lists columns. Else the alias is a variable: it has
  /// no table, so that `x.a` navigates into it.
  private static Column column(Relation left, Path path, Identifier name, int index) {
    Optional<Range> range = path.range().map(r -> Range.of(r.name()));
    if (range.isPresent() && left.ranges().contains(range.get())) {
      throw Errors.at(
          name.position(),
          SqlState.DUPLICATE_ALIAS,
          "table name \"" + range.get().name() + "\" specified more than once");
    }
    return new Column(range, name.name(), index, false, 0, 0);
  }

  /// The rows with the attribute's name, a SUPER string, as a plain string.
  private RelNode withName(RelNode rows, int field) {
    List<RexNode> fields = new ArrayList<>(expressions.columns(rows));
    fields.set(field, queries.binding().coercion().to(fields.get(field), NAME));
    return LogicalProject.create(rows, List.of(), fields, rows.getRowType().getFieldNames());
  }

  private Relation lateral(
      Relation left,
      TableRef.DerivedTable derived,
      JoinRelType type,
      Optional<Expr> condition,
      int position) {
    if (type != JoinRelType.INNER && type != JoinRelType.LEFT) {
      throw Errors.at(
          position,
          SqlState.INVALID_COLUMN_REFERENCE,
          "The combining JOIN type must be INNER or LEFT for a LATERAL reference.");
    }
    Clause clause = new Clause("FROM", left, outer, commonTables);
    Relation bound = queries.bindSettled(derived.query(), clause, commonTables);
    Relation right = FromBinder.named(bound, derived.alias(), Range.of(""), position);
    if (condition.isPresent()) {
      Clause on = new Clause("JOIN/ON", right, clause, commonTables);
      RexNode test = queries.expressions(on).condition(condition.get());
      right =
          right.over(LogicalFilter.create(right.rel(), test, ImmutableSet.copyOf(on.variables())));
    }
    if (clause.variables().isEmpty()) {
      return from.joined(left, right, type, expressions.bool(true), position);
    }
    FromBinder.requireDistinctRanges(left, right, position);
    ImmutableBitSet.Builder required = ImmutableBitSet.builder();
    required.addAll(ImmutableBitSet.range(left.rel().getRowType().getFieldCount()));
    RelNode rows =
        LogicalCorrelate.create(
            left.rel(),
            right.rel(),
            List.of(),
            clause.variables().iterator().next(),
            required.build(),
            type);
    return new Relation(rows, FromBinder.concatenated(left, right));
  }
}
