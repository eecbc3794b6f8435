package io.redward.leader.physical;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.leader.relational.CalciteTypes;
import io.redward.plan.step.Field;
import io.redward.plan.step.SinkStep.SortKey;
import io.redward.plan.step.SinkStep.WindowCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.util.ImmutableBitSet;

/// Builds projections with window functions: operands first become columns, then one window
/// operator for every partitioning and order, then the expressions around the functions.
final class WindowBuilder {
  private final Conversion conversion;

  WindowBuilder(Conversion conversion) {
    this.conversion = conversion;
  }

  Placed project(Project project, ImmutableBitSet needed) {
    List<RexNode> wanted = needed.asList().stream().map(project.getProjects()::get).toList();
    ImmutableBitSet read = RelOptUtil.InputFinder.bits(wanted, null);
    Placed input = Rows.pruned(conversion.convert(project.getInput(), read), read);
    List<RexOver> calls = calls(wanted);
    Row row = new Row(input);
    row.addOperands(calls);
    Map<Frameless, List<RexOver>> groups = new LinkedHashMap<>();
    for (RexOver call : calls) {
      groups.computeIfAbsent(Frameless.of(call.getWindow()), _ -> new ArrayList<>()).add(call);
    }
    groups.forEach(row::addWindow);
    return row.project(project, needed);
  }

  private static List<RexOver> calls(List<RexNode> nodes) {
    List<RexOver> calls = new ArrayList<>();
    RexShuttle finder =
        new RexShuttle() {
          @Override
          public RexNode visitOver(RexOver over) {
            if (!calls.contains(over)) {
              calls.add(over);
            }
            return over;
          }
        };
    nodes.forEach(node -> node.accept(finder));
    return calls;
  }

  /// What calls must share to be worked out by one operator.
  private record Frameless(List<RexNode> partitionBy, List<RexFieldCollation> orderBy) {
    static Frameless of(RexWindow window) {
      return new Frameless(List.copyOf(window.partitionKeys), List.copyOf(window.orderKeys));
    }
  }

  /// The row as it grows: the input's columns, operands, results.
  private final class Row {
    private final Placed input;
    private final Map<RexNode, Integer> known = new LinkedHashMap<>();
    private PhysicalNode node;

    Row(Placed input) {
      this.input = input;
      node = input.node();
    }

    /// Makes every operand of the calls a column.
    void addOperands(List<RexOver> calls) {
      ProjectAssembly assembly = new ProjectAssembly(input);
      for (int i = 0; i < input.columns().size(); i++) {
        Column column = input.columns().get(i);
        assembly.add(column.at(i), column.field().name());
      }
      for (RexOver call : calls) {
        List<RexNode> operands = new ArrayList<>(call.getOperands());
        operands.addAll(call.getWindow().partitionKeys);
        call.getWindow().orderKeys.forEach(key -> operands.add(key.left));
        for (RexNode operand : operands) {
          known.computeIfAbsent(operand, o -> assembly.add(o, "operand"));
        }
      }
      PhysicalNode computed = assembly.node();
      if (computed.columns().size() > node.columns().size()) {
        node = computed;
      }
    }

    void addWindow(Frameless window, List<RexOver> calls) {
      List<Integer> partitionBy =
          window.partitionBy().stream().map(this::place).distinct().toList();
      List<SortKey> orderBy = new ArrayList<>();
      for (RexFieldCollation key : window.orderBy()) {
        orderBy.add(sortKey(key));
      }
      List<Column> columns = new ArrayList<>(node.columns());
      List<WindowCall> planned = new ArrayList<>();
      for (RexOver call : calls) {
        WindowCall windowCall = call(call);
        known.put(call, columns.size());
        columns.add(
            new Column(
                windowCall.result(),
                windowCall.result().name(),
                windowCall.result().name(),
                ValueRange.of(windowCall.result().type()),
                ScanBuilder.width(windowCall.result().type()),
                Double.NaN,
                Column.Origin.COMPUTED));
        planned.add(windowCall);
      }
      node =
          new PhysicalNode.Window(
              conversion.newState(),
              node,
              partitionBy,
              orderBy,
              planned,
              columns,
              CostModel.window(CostModel.sort(node.estimate(), node.rows()), planned.size()));
    }

    private int place(RexNode node) {
      return Objects.requireNonNull(known.get(node));
    }

    private SortKey sortKey(RexFieldCollation key) {
      boolean descending = key.getDirection().isDescending();
      boolean nullsFirst =
          switch (key.getNullDirection()) {
            case FIRST -> true;
            case LAST -> false;
            case UNSPECIFIED -> descending;
          };
      return new SortKey(place(key.left), descending, nullsFirst);
    }

    private WindowCall call(RexOver call) {
      List<Integer> arguments = call.getOperands().stream().map(this::place).toList();
      SqlType type = CalciteTypes.sqlType(call.getType());
      boolean keepsForm = WindowFunctions.yieldsArgument(call) && !arguments.isEmpty();
      Physical form =
          keepsForm ? node.columns().get(arguments.getFirst()).field().physical() : type.physical();
      Field result = new Field(WindowFunctions.name(call), type, form, call.getType().isNullable());
      return new WindowCall(
          WindowFunctions.of(call),
          arguments,
          call.ignoreNulls(),
          WindowFunctions.frame(call.getWindow()),
          result);
    }

    /// The projection itself, over the row that has the results.
    Placed project(Project project, ImmutableBitSet needed) {
      int fields = project.getInput().getRowType().getFieldCount();
      int[] rowPlaces = Arrays.copyOf(input.places(), fields + known.size());
      RexShuttle replacer = replacer(fields, rowPlaces);
      int[] places = new int[project.getProjects().size()];
      Arrays.fill(places, -1);
      ProjectAssembly assembly = new ProjectAssembly(new Placed(node, rowPlaces));
      for (int field : needed) {
        RexNode replaced = project.getProjects().get(field).accept(replacer);
        String name = project.getRowType().getFieldNames().get(field);
        places[field] = assembly.add(replaced, name);
      }
      return new Placed(assembly.node(), places);
    }

    private RexShuttle replacer(int fields, int[] rowPlaces) {
      List<RexNode> order = new ArrayList<>(known.keySet());
      for (int i = 0; i < order.size(); i++) {
        rowPlaces[fields + i] = place(order.get(i));
      }
      return new RexShuttle() {
        @Override
        public RexNode visitOver(RexOver over) {
          return new RexInputRef(fields + order.indexOf(over), over.getType());
        }
      };
    }
  }
}
