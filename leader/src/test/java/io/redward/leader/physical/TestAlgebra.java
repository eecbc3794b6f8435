package io.redward.leader.physical;

import io.redward.foundation.types.SqlType;
import io.redward.leader.relational.Literals;
import io.redward.leader.relational.PlannerContext;
import io.redward.leader.relational.RelationalTable;
import io.redward.leader.relational.TableStatistics;
import io.redward.plan.expression.Constant;
import io.redward.storage.table.ColumnStatistics;
import io.redward.storage.table.ValueBounds;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/// Makes trees of the algebra over small made-up tables, as the optimizer would.
final class TestAlgebra {
  final PlannerContext context = PlannerContext.create();
  final RexBuilder rex = context.rexBuilder();

  /// A column with what is known of its values.
  record TestColumn(String name, SqlType type, double distinct, Optional<ValueBounds> bounds) {
    static TestColumn of(String name, SqlType type) {
      return new TestColumn(name, type, 100, Optional.empty());
    }

    TestColumn between(long min, long max) {
      return new TestColumn(name, type, distinct, Optional.of(new ValueBounds.Longs(min, max)));
    }

    TestColumn distinct(double values) {
      return new TestColumn(name, type, values, bounds);
    }
  }

  /// A table; its handle is what a scan of it becomes.
  RelationalTable table(
      long id, String name, double rows, DistributionStyle style, TestColumn... columns) {
    RelDataTypeFactory.Builder row = context.typeFactory().builder();
    for (TestColumn column : columns) {
      row.add(column.name(), context.typeFactory().type(column.type(), false));
    }
    List<Integer> ids = IntStream.range(0, columns.length).boxed().toList();
    return new RelationalTable(
        List.of("public", name),
        row.build(),
        new ScanTarget.Stored(id, name, ids, style),
        statistics(rows, columns),
        List.of(ImmutableBitSet.of(0)));
  }

  /// A table of one column, seen with the id of each row behind it.
  RelationalTable tableWithRowId(long id, String name, double rows, TestColumn column) {
    TestColumn rowId = TestColumn.of("rowid", SqlType.BIGINT);
    RelDataTypeFactory.Builder row = context.typeFactory().builder();
    row.add(column.name(), type(column.type())).add(rowId.name(), type(rowId.type()));
    return new RelationalTable(
        List.of("public", name),
        row.build(),
        new ScanTarget.Stored(id, name, List.of(0), new DistributionStyle.Even()),
        statistics(rows, column, rowId),
        List.of());
  }

  private static TableStatistics statistics(double rows, TestColumn... columns) {
    return new TableStatistics() {
      @Override
      public double rowCount() {
        return rows;
      }

      @Override
      public Optional<ColumnStatistics> column(int ordinal) {
        TestColumn column = columns[ordinal];
        return Optional.of(
            new ColumnStatistics(
                (long) rows,
                0,
                column.distinct(),
                ScanBuilder.width(column.type()),
                column.bounds()));
      }
    };
  }

  static PhysicalContext handles() {
    return table -> (ScanTarget) table.handle();
  }

  RelBuilder scan(RelationalTable table) {
    return context.relBuilder().push(context.scan(table));
  }

  PlannedQuery plan(RelNode rel) {
    PlannedQuery planned = PhysicalPlanner.plan(rel, handles());
    PlanVerifier.verify(planned.plan());
    return planned;
  }

  RelDataType type(SqlType type) {
    return context.typeFactory().type(type, false);
  }

  RexNode call(SqlType type, SqlOperator operator, RexNode... operands) {
    return rex.makeCall(type(type), operator, List.of(operands));
  }

  RexNode test(SqlOperator operator, RexNode... operands) {
    return call(SqlType.BOOLEAN, operator, operands);
  }

  RexNode integer(int value) {
    return Literals.literal(rex, SqlType.INTEGER, new Constant.IntValue(value));
  }

  RexNode date(String day) {
    int days = (int) LocalDate.parse(day).toEpochDay();
    return Literals.literal(rex, SqlType.DATE, new Constant.IntValue(days));
  }

  RexNode decimal(String value) {
    BigDecimal number = new BigDecimal(value);
    int precision = Math.max(number.precision(), number.scale());
    return Literals.literal(
        rex,
        SqlType.decimal(precision, number.scale()),
        new Constant.LongValue(number.unscaledValue().longValueExact()));
  }

  RexNode string(String value) {
    return Literals.string(rex, value);
  }

  /// The lines as one text without costs, which depend on estimates.
  static String shape(List<String> lines) {
    return text(lines).replaceAll("  \\(cost=[^)]*\\)", "");
  }

  /// The lines as one text, as golden texts are written.
  static String text(List<String> lines) {
    return String.join("\n", new ArrayList<>(lines)) + "\n";
  }
}
