package io.redward.leader.binder;

import com.google.common.collect.ImmutableList;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.QueryBody;
import io.redward.plan.expression.Constant;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/// Rows written out: VALUES, and the single row of a SELECT without FROM.
final class ValuesRows {
  private final QueryBinder queries;
  private final @Nullable Clause outer;
  private final CommonTables commonTables;
  private final Binding binding;

  ValuesRows(QueryBinder queries, @Nullable Clause outer, CommonTables commonTables) {
    this.queries = queries;
    this.outer = outer;
    this.commonTables = commonTables;
    binding = queries.binding();
  }

  /// One row without a column that has a name.
  static Relation oneRow(Binding binding) {
    Expressions expressions = binding.expressions();
    RelNode row =
        values(
            binding,
            List.of("zero"),
            List.of(SqlType.INTEGER),
            List.of(List.of(expressions.literal(SqlType.INTEGER, new Constant.IntValue(0)))));
    return new Relation(row, List.of());
  }

  Relation bind(QueryBody.ValuesQuery values) {
    Relation oneRow = oneRow(binding);
    List<List<RexNode>> rows = new ArrayList<>();
    Clause clause = new Clause("VALUES", oneRow, outer, commonTables);
    ExpressionBinder binder = queries.expressions(clause);
    int width = values.rows().getFirst().size();
    for (List<Expr> row : values.rows()) {
      if (row.size() != width) {
        throw Errors.at(
            values.position(), SqlState.SYNTAX_ERROR, "VALUES lists must all be the same length");
      }
      rows.add(binder.bindAll(row));
    }
    List<SqlType> types = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      int column = i;
      List<RexNode> cells = rows.stream().map(row -> row.get(column)).toList();
      types.add(TypeConversions.common(cells, "VALUES", values.position()));
      names.add("column" + (i + 1));
    }
    List<List<RexNode>> converted = new ArrayList<>();
    for (List<RexNode> row : rows) {
      List<RexNode> cells = new ArrayList<>();
      for (int i = 0; i < width; i++) {
        cells.add(binding.coercion().to(row.get(i), types.get(i)));
      }
      converted.add(cells);
    }
    RelNode rel = rows(binding, names, types, converted, clause);
    return new Relation(rel, QueryBinder.outputColumns(names));
  }

  /// Rows of typed expressions: as constants where all are, else as a union of projections.
  ///
  /// @param clause where they were bound, over a single row
  static RelNode rows(
      Binding binding,
      List<String> names,
      List<SqlType> types,
      List<List<RexNode>> rows,
      Clause clause) {
    boolean constant =
        rows.stream().allMatch(row -> row.stream().allMatch(RexLiteral.class::isInstance));
    if (constant) {
      return values(binding, names, types, rows);
    }
    List<RelNode> branches = new ArrayList<>();
    for (List<RexNode> row : rows) {
      branches.add(
          LogicalProject.create(clause.row().rel(), List.of(), row, names, clause.variables()));
    }
    return branches.size() == 1 ? branches.getFirst() : LogicalUnion.create(branches, true);
  }

  /// Rows of literals; the literals of a column have one type.
  static RelNode values(
      Binding binding, List<String> names, List<SqlType> types, List<List<RexNode>> rows) {
    Expressions expressions = binding.expressions();
    RelDataTypeFactory.Builder rowType = binding.planner().typeFactory().builder();
    for (int i = 0; i < names.size(); i++) {
      int column = i;
      boolean nullable = rows.stream().anyMatch(r -> Expressions.isNullLiteral(r.get(column)));
      rowType.add(names.get(i), expressions.type(types.get(i), nullable));
    }
    ImmutableList.Builder<ImmutableList<RexLiteral>> tuples = ImmutableList.builder();
    for (List<RexNode> row : rows) {
      ImmutableList.Builder<RexLiteral> tuple = ImmutableList.builder();
      row.forEach(cell -> tuple.add((RexLiteral) cell));
      tuples.add(tuple.build());
    }
    return LogicalValues.create(binding.planner().cluster(), rowType.build(), tuples.build());
  }
}
