package io.redward.leader.materialized;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.leader.binder.TableHandle;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.relational.CalciteTypes;
import io.redward.leader.relational.CastOperator;
import io.redward.leader.relational.FlatCondition;
import io.redward.leader.relational.Literals;
import io.redward.leader.relational.PlannerContext;
import io.redward.leader.relational.RelationalTable;
import io.redward.leader.relational.TableStatistics;
import io.redward.plan.expression.Constant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/// Makes operators and expressions of one plan.
final class Nodes {
  private final PlannerContext planner;
  private final RexBuilder builder;

  Nodes(PlannerContext planner) {
    this.planner = planner;
    builder = planner.rexBuilder();
  }

  static SqlType type(RexNode node) {
    return CalciteTypes.sqlType(node.getType());
  }

  RelDataType type(SqlType type, boolean nullable) {
    return planner.typeFactory().type(type, nullable);
  }

  RexNode integer(int value) {
    return Literals.literal(builder, SqlType.INTEGER, new Constant.IntValue(value));
  }

  RexNode zero(SqlType type) {
    return cast(type, integer(0));
  }

  RexNode nullOf(SqlType type) {
    return Literals.literal(builder, type, Constant.NULL);
  }

  RexNode cast(SqlType type, RexNode node) {
    return CastOperator.EXPLICIT.call(builder, type, node);
  }

  /// The value as a column of the type takes it.
  RexNode assigned(SqlType type, RexNode node) {
    return type(node).equals(type) ? node : CastOperator.ASSIGNMENT.call(builder, type, node);
  }

  RexNode call(SqlType type, SqlOperator operator, RexNode... operands) {
    boolean nullable = List.of(operands).stream().anyMatch(n -> n.getType().isNullable());
    return builder.makeCall(type(type, nullable), operator, List.of(operands));
  }

  RexNode compare(SqlOperator operator, RexNode a, RexNode b) {
    return call(SqlType.BOOLEAN, operator, a, b);
  }

  RexNode isNull(RexNode node) {
    return builder.makeCall(
        type(SqlType.BOOLEAN, false), SqlStdOperatorTable.IS_NULL, List.of(node));
  }

  /// `CASE WHEN condition THEN yes ELSE no END`; both are of the type of `yes`.
  RexNode choose(RexNode condition, RexNode yes, RexNode no) {
    return call(type(yes), SqlStdOperatorTable.CASE, condition, yes, no);
  }

  /// The value, or zero where it is NULL.
  RexNode orZero(RexNode value) {
    return value.getType().isNullable()
        ? builder.makeCall(
            type(type(value), false),
            SqlStdOperatorTable.CASE,
            List.of(isNull(value), zero(type(value)), value))
        : value;
  }

  RexNode and(List<RexNode> conditions) {
    return FlatCondition.of(builder, RexUtil.composeConjunction(builder, conditions));
  }

  RexNode field(RelNode node, int index) {
    return RexInputRef.of(index, node.getRowType());
  }

  RexNode last(RelNode node) {
    return field(node, node.getRowType().getFieldCount() - 1);
  }

  List<RexNode> fields(RelNode node) {
    return fields(node, 0, node.getRowType().getFieldCount());
  }

  List<RexNode> fields(RelNode node, int from, int to) {
    List<RexNode> fields = new ArrayList<>();
    for (int i = from; i < to; i++) {
      fields.add(field(node, i));
    }
    return fields;
  }

  RelNode project(RelNode input, List<RexNode> fields, Set<CorrelationId> variables) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      names.add("field_" + i);
    }
    return LogicalProject.create(input, List.of(), fields, names, variables);
  }

  RelNode project(RelNode input, List<RexNode> fields) {
    return project(input, fields, Set.of());
  }

  RelNode filter(RelNode input, List<RexNode> conditions) {
    return conditions.isEmpty() ? input : LogicalFilter.create(input, and(conditions));
  }

  /// Rows of two sides whose fields are the same, NULLs too.
  RelNode sameJoin(RelNode left, RelNode right, int[] ofLeft, int[] ofRight, JoinRelType type) {
    int width = left.getRowType().getFieldCount();
    List<RexNode> same = new ArrayList<>();
    for (int i = 0; i < ofLeft.length; i++) {
      RexNode a = field(left, ofLeft[i]);
      RelDataType other = right.getRowType().getFieldList().get(ofRight[i]).getType();
      RexNode b = new RexInputRef(width + ofRight[i], other);
      boolean nullable = a.getType().isNullable() || other.isNullable();
      same.add(
          builder.makeCall(
              type(SqlType.BOOLEAN, false),
              nullable ? SqlStdOperatorTable.IS_NOT_DISTINCT_FROM : SqlStdOperatorTable.EQUALS,
              List.of(a, b)));
    }
    return LogicalJoin.create(left, right, List.of(), and(same), Set.of(), type);
  }

  /// A sum divided by a count as AVG does it: NULL if there is nothing to divide.
  RexNode mean(SqlType type, RexNode sum, RexNode count) {
    return choose(
        compare(SqlStdOperatorTable.GREATER_THAN, count, zero(SqlType.BIGINT)),
        quotient(type, sum, count),
        nullOf(type));
  }

  private RexNode quotient(SqlType type, RexNode sum, RexNode count) {
    SqlType wide = type(sum);
    if (wide.kind() != TypeKind.DECIMAL) {
      return call(type, SqlStdOperatorTable.DIVIDE, sum, cast(wide, count));
    }
    RexNode divisor = cast(SqlType.decimal(19, 0), count);
    if (type.kind() == TypeKind.DECIMAL) {
      return call(type, SqlStdOperatorTable.DIVIDE, sum, divisor);
    }
    // The average of integers has no fraction: it is cut off, not rounded.
    RexNode rest = call(wide, SqlStdOperatorTable.MOD, sum, divisor);
    RexNode even = call(wide, SqlStdOperatorTable.MINUS, sum, rest);
    return cast(type, call(wide, SqlStdOperatorTable.DIVIDE, even, divisor));
  }

  /// The value with a type that differs in whether it may be NULL.
  RexNode retyped(RexNode node, RelDataType type) {
    return node.getType().equals(type) ? node : builder.makeAbstractCast(type, node, false);
  }

  /// A projection with the names and types of a row.
  RelNode projectAs(RelNode input, List<RexNode> fields, RelDataType row) {
    List<RexNode> typed = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      typed.add(retyped(fields.get(i), row.getFieldList().get(i).getType()));
    }
    return LogicalProject.create(input, List.of(), typed, row.getFieldNames(), Set.of());
  }

  /// A view's stored rows, and behind its columns their ids.
  RelNode rows(TableDefinition stored, TableStatistics statistics) {
    return scan(stored, statistics, true);
  }

  RelNode scan(TableDefinition stored, TableStatistics statistics, boolean rowId) {
    RelDataTypeFactory.Builder row = planner.typeFactory().builder();
    for (ColumnDefinition column : stored.columns()) {
      row.add(column.name(), type(column.type(), column.nullable()));
    }
    if (rowId) {
      row.add("row id", type(SqlType.BIGINT, false));
    }
    return planner.scan(
        new RelationalTable(
            List.of("view", stored.name()),
            row.build(),
            new TableHandle.Stored(stored, rowId),
            statistics,
            List.of()));
  }

  RexBuilder builder() {
    return builder;
  }
}
