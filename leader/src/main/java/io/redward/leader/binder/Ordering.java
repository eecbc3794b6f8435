package io.redward.leader.binder;

import io.redward.foundation.base.SqlState;
import io.redward.leader.binder.Relation.Column;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Query;
import io.redward.leader.sql.ast.SortItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelFieldCollation.Direction;
import org.apache.calcite.rel.RelFieldCollation.NullDirection;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/// ORDER BY, LIMIT and OFFSET.
final class Ordering {
  private final QueryBinder queries;
  private final @Nullable Clause outer;
  private final CommonTables commonTables;

  Ordering(QueryBinder queries, @Nullable Clause outer, CommonTables commonTables) {
    this.queries = queries;
    this.outer = outer;
    this.commonTables = commonTables;
  }

  /// The query's order and limits over a finished output, whose columns alone may be named.
  Relation overOutput(Relation body, Query query) {
    RexNode limit = queries.rowCount(query.limit(), "LIMIT", outer);
    RexNode offset = queries.rowCount(query.offset(), "OFFSET", outer);
    if (query.orderBy().isEmpty() && limit == null && offset == null) {
      return body;
    }
    Relation settled = queries.settle(body);
    Clause clause = new Clause("ORDER BY", settled, outer, commonTables);
    Expressions expressions = queries.binding().expressions();
    List<RexNode> fields = new ArrayList<>(expressions.columns(settled.rel()));
    int width = fields.size();
    List<RelFieldCollation> keys = new ArrayList<>();
    for (SortItem item : items(query.orderBy(), width)) {
      Optional<Integer> output = output(item.expr(), settled.columns());
      int index =
          output.isPresent()
              ? output.get()
              : add(fields, queries.expressions(clause).bind(item.expr()));
      keys.add(key(index, item));
    }
    RelNode input = fields.size() == width ? settled.rel() : project(settled.rel(), fields, clause);
    RelNode sorted = sort(input, keys, offset, limit);
    return settled.over(
        fields.size() == width
            ? sorted
            : LogicalProject.create(
                sorted,
                List.of(),
                expressions.columns(sorted).subList(0, width),
                settled.rel().getRowType().getFieldNames()));
  }

  /// The keys, with the places of all columns for ORDER BY ALL.
  static List<SortItem> items(List<SortItem> written, int width) {
    if (written.size() != 1 || !(written.getFirst().expr() instanceof Expr.StarExpr star)) {
      return written;
    }
    List<SortItem> items = new ArrayList<>();
    for (int place = 1; place <= width; place++) {
      items.add(
          new SortItem(
              new Expr.NumberLiteral(Integer.toString(place), star.position()),
              written.getFirst().descending(),
              written.getFirst().nullsFirst()));
    }
    return items;
  }

  private static RelNode project(RelNode input, List<RexNode> fields, Clause clause) {
    List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
    while (names.size() < fields.size()) {
      names.add("order_" + names.size());
    }
    return LogicalProject.create(
        input, List.of(), fields, QueryBinder.unique(names), clause.variables());
  }

  private int add(List<RexNode> fields, RexNode key) {
    RexNode settled = queries.binding().coercion().settled(key);
    int index = fields.indexOf(settled);
    if (index < 0) {
      index = fields.size();
      fields.add(settled);
    }
    return index;
  }

  static RelFieldCollation key(int index, SortItem item) {
    boolean nullsFirst = item.nullsFirst().orElse(item.descending());
    return new RelFieldCollation(
        index,
        item.descending() ? Direction.DESCENDING : Direction.ASCENDING,
        nullsFirst ? NullDirection.FIRST : NullDirection.LAST);
  }

  /// The input sorted and cut; itself where there is nothing to do.
  static RelNode sort(
      RelNode input,
      List<RelFieldCollation> keys,
      @Nullable RexNode offset,
      @Nullable RexNode limit) {
    List<RelFieldCollation> distinct = new ArrayList<>();
    for (RelFieldCollation key : keys) {
      if (distinct.stream().noneMatch(k -> k.getFieldIndex() == key.getFieldIndex())) {
        distinct.add(key);
      }
    }
    return distinct.isEmpty() && offset == null && limit == null
        ? input
        : LogicalSort.create(input, RelCollations.of(distinct), offset, limit);
  }

  /// The output column that a sort key names by its position or name, empty if it is an expression.
  ///
  /// @throws io.redward.foundation.base.SqlException 42P10 for a position that does not exist
  static Optional<Integer> output(Expr expr, List<Column> columns) {
    if (expr instanceof Expr.NumberLiteral number && number.isInteger()) {
      return Optional.of(position(number, "ORDER BY", columns.size()));
    }
    if (expr instanceof Expr.StringLiteral
        || expr instanceof Expr.NullLiteral
        || expr instanceof Expr.BooleanLiteral) {
      throw Errors.at(expr.position(), SqlState.SYNTAX_ERROR, "non-integer constant in ORDER BY");
    }
    if (!(expr instanceof Expr.ColumnRef column) || !column.name().isSimple()) {
      return Optional.empty();
    }
    String name = column.name().last().name();
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        found.add(i);
      }
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
  }

  /// The 0-based place that a position in the select list means.
  static int position(Expr.NumberLiteral number, String clause, int width) {
    boolean valid = number.text().length() < 9;
    int position = valid ? Integer.parseInt(number.text()) : 0;
    if (position < 1 || position > width) {
      throw Errors.at(
          number.position(),
          SqlState.INVALID_COLUMN_REFERENCE,
          clause + " position " + number.text() + " is not in select list");
    }
    return position - 1;
  }
}
