package io.redward.leader.materialized;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.relational.CalciteTypes;
import io.redward.leader.relational.CatalogAggregate;
import io.redward.leader.relational.PlainCall;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/// What a view of groups stores of each group so that changes can be worked in: the keys, and for
/// COUNT, SUM, AVG, MIN and MAX the counts and sums behind them. What is one of the view's columns
/// already is not stored twice; the rest are hidden columns. Where some aggregate is of another
/// kind only the keys are stored: enough to compute the groups again that have changed.
///
/// @param shape the view's query
/// @param aggregate its grouping with more calls, behind its own
/// @param fields which fields of `aggregate` are stored
/// @param mergeable whether the stored fields suffice to add changes up
record GroupState(
    ViewShape.Groups shape, LogicalAggregate aggregate, List<Integer> fields, boolean mergeable) {
  static GroupState of(ViewShape.Groups shape) {
    LogicalAggregate given = shape.aggregate();
    int keys = given.getGroupCount();
    List<Integer> fields = new ArrayList<>(IntStream.range(0, keys).boxed().toList());
    boolean mergeable =
        shape.having().isEmpty()
            && given.getAggCallList().stream().allMatch(GroupState::isMergeable);
    if (!mergeable) {
      return new GroupState(shape, given, fields, false);
    }
    Calls calls = new Calls(given);
    fields.add(keys + calls.count());
    for (AggregateCall call : given.getAggCallList()) {
      for (int part : calls.parts(call)) {
        if (!fields.contains(keys + part)) {
          fields.add(keys + part);
        }
      }
    }
    return new GroupState(shape, calls.aggregate(), fields, true);
  }

  private static boolean isMergeable(AggregateCall call) {
    boolean plain =
        !call.isDistinct()
            && !call.hasFilter()
            && !call.isApproximate()
            && call.getCollation().getFieldCollations().isEmpty()
            && call.getArgList().size() <= 1;
    SqlKind kind = call.getAggregation().getKind();
    return plain
        && (kind == SqlKind.COUNT
            || kind == SqlKind.SUM
            || kind == SqlKind.MIN
            || kind == SqlKind.MAX
            || isAverage(call.getAggregation()));
  }

  static boolean isAverage(SqlAggFunction function) {
    return function instanceof CatalogAggregate ours && ours.id().equals("avg");
  }

  /// Sums of floating point numbers do not give back what is taken from them, and the second
  /// smallest value is not known.
  boolean bearsRemovals() {
    return aggregate.getAggCallList().stream()
        .allMatch(
            call ->
                switch (call.getAggregation().getKind()) {
                  case COUNT -> true;
                  case SUM -> CalciteTypes.sqlType(call.getType()).kind() != TypeKind.DOUBLE;
                  case MIN, MAX -> false;
                  default -> true;
                });
  }

  /// The call's position among the calls that counts all rows.
  int countField() {
    return aggregate.getGroupCount() + Calls.find(aggregate, Calls.COUNT_ROWS, List.of());
  }

  /// The field that counts the values of a call's argument that are not NULL.
  int countField(AggregateCall call) {
    int argument = call.getArgList().getFirst();
    return isNullable(aggregate, argument)
        ? aggregate.getGroupCount() + Calls.find(aggregate, Calls.COUNT_ROWS, List.of(argument))
        : countField();
  }

  /// The field with the sum of a call's argument.
  int sumField(AggregateCall call) {
    return aggregate.getGroupCount()
        + Calls.find(aggregate, SqlStdOperatorTable.SUM, call.getArgList());
  }

  AggregateCall call(int field) {
    return aggregate.getAggCallList().get(field - aggregate.getGroupCount());
  }

  private static boolean isNullable(LogicalAggregate aggregate, int argument) {
    return aggregate.getInput().getRowType().getFieldList().get(argument).getType().isNullable();
  }

  private boolean isNullable(int field) {
    return aggregate.getRowType().getFieldList().get(field).getType().isNullable();
  }

  /// Type of a field.
  SqlType type(int field) {
    return CalciteTypes.sqlType(aggregate.getRowType().getFieldList().get(field).getType());
  }

  /// Where each of the fields is stored, given the view's columns: one of them, or behind them.
  int[] positions(List<ColumnDefinition> columns) {
    int[] positions = new int[fields.size()];
    int next = columns.size();
    for (int i = 0; i < positions.length; i++) {
      int visible = visible(fields.get(i), columns);
      positions[i] = visible >= 0 ? visible : next++;
    }
    return positions;
  }

  private int visible(int field, List<ColumnDefinition> columns) {
    for (int i = 0; i < columns.size(); i++) {
      RexNode output = shape.outputs().get(i);
      if (output instanceof RexInputRef ref
          && ref.getIndex() == field
          && columns.get(i).type().equals(type(field))) {
        return i;
      }
    }
    return -1;
  }

  /// The columns to be added behind the view's.
  List<ColumnDefinition> hidden(List<ColumnDefinition> columns, int firstId) {
    List<ColumnDefinition> hidden = new ArrayList<>();
    for (int field : fields) {
      if (visible(field, columns) < 0) {
        int id = firstId + hidden.size();
        hidden.add(ColumnDefinition.of(id, "state " + id, type(field), isNullable(field)));
      }
    }
    return hidden;
  }

  /// The aggregate's calls, with those added that are missing.
  private static final class Calls {
    static final SqlAggFunction COUNT_ROWS = SqlStdOperatorTable.COUNT;

    private final LogicalAggregate given;
    private final List<AggregateCall> calls;

    Calls(LogicalAggregate given) {
      this.given = given;
      calls = new ArrayList<>(given.getAggCallList());
    }

    int count() {
      return add(COUNT_ROWS, List.of());
    }

    /// The calls that one call's value can be kept by.
    List<Integer> parts(AggregateCall call) {
      List<Integer> arguments = call.getArgList();
      boolean nullable = !arguments.isEmpty() && isNullable(given, arguments.getFirst());
      List<Integer> parts = new ArrayList<>();
      SqlKind kind = call.getAggregation().getKind();
      if (kind == SqlKind.MIN || kind == SqlKind.MAX) {
        parts.add(add(call.getAggregation(), arguments));
        return parts;
      }
      if (kind != SqlKind.COUNT) {
        parts.add(add(SqlStdOperatorTable.SUM, arguments));
      }
      if (nullable) {
        parts.add(add(COUNT_ROWS, arguments));
      }
      return parts;
    }

    private int add(SqlAggFunction function, List<Integer> arguments) {
      int known = find(calls, function, arguments);
      if (known >= 0) {
        return known;
      }
      calls.add(PlainCall.of(function, arguments, given.getInput(), given.getGroupCount() == 0));
      return calls.size() - 1;
    }

    static int find(LogicalAggregate aggregate, SqlAggFunction function, List<Integer> arguments) {
      return find(aggregate.getAggCallList(), function, arguments);
    }

    private static int find(
        List<AggregateCall> calls, SqlAggFunction function, List<Integer> arguments) {
      for (int i = 0; i < calls.size(); i++) {
        AggregateCall call = calls.get(i);
        if (call.getAggregation().getKind() == function.getKind()
            && call.getArgList().equals(arguments)) {
          return i;
        }
      }
      return -1;
    }

    LogicalAggregate aggregate() {
      return LogicalAggregate.create(given.getInput(), List.of(), given.getGroupSet(), null, calls);
    }
  }
}
