package io.redward.leader.physical;

import io.redward.foundation.types.SqlType;
import io.redward.leader.relational.CalciteTypes;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.Literal;
import io.redward.plan.step.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataTypeField;

/// Columns of rows given in the statement.
final class ValueColumns {
  private ValueColumns() {}

  static Column column(RelDataTypeField field, List<List<Expression>> tuples, int place) {
    SqlType type = CalciteTypes.sqlType(field.getType());
    ValueRange range = tuples.isEmpty() ? ValueRange.of(type) : null;
    for (List<Expression> tuple : tuples) {
      ValueRange value = ValueRanges.of(tuple.get(place), List.of());
      range = range == null ? value : range.or(value);
    }
    return new Column(
        Field.of(field.getName(), type, field.getType().isNullable()),
        Names.quoted(field.getName()),
        Names.quoted(field.getName()),
        range == null ? ValueRange.ANY : range,
        ScanBuilder.width(type),
        tuples.size(),
        Column.Origin.COMPUTED);
  }

  /// A column of which only the type is known.
  static Column unknown(RelDataTypeField field) {
    SqlType type = CalciteTypes.sqlType(field.getType());
    return new Column(
        Field.of(field.getName(), type, field.getType().isNullable()),
        Names.quoted(field.getName()),
        Names.quoted(field.getName()),
        ValueRange.of(type),
        ScanBuilder.width(type),
        Double.NaN,
        Column.Origin.COMPUTED);
  }

  /// The tuples with every value in its column's form.
  static List<List<Expression>> formed(List<List<Expression>> tuples, List<Column> columns) {
    List<List<Expression>> formed = new ArrayList<>();
    for (List<Expression> tuple : tuples) {
      List<Expression> row = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        Field field = columns.get(i).field();
        boolean isNull =
            tuple.get(i) instanceof Literal literal && literal.value() instanceof Constant.Null;
        row.add(
            isNull
                ? new Literal(field.type(), Constant.NULL)
                : Expressions.inForm(tuple.get(i), field.physical()));
      }
      formed.add(row);
    }
    return formed;
  }
}
