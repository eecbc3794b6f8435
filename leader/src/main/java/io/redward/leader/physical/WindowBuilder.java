package io.redward.leader.physical;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.leader.relational.CalciteTypes;
import io.redward.plan.step.Field;
import io.redward.plan.step.SinkStep.SortKey;
import io.redward.plan.step.SinkStep.WindowCall;
import io.redward.plan.step.SinkStep.WindowFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/// Builds window functions: one operator for each partitioning and order, whatever the frames. The
/// algebra numbers an operator's fields, then its constants, then the results of its groups.
final class WindowBuilder {
  private final Conversion conversion;

  WindowBuilder(Conversion conversion) {
    this.conversion = conversion;
  }

  Placed window(Window window, ImmutableBitSet needed) {
    int inputCount = window.getInput().getRowType().getFieldCount();
    List<Wanted> wanted = wanted(window, needed);
    ImmutableBitSet.Builder read = ImmutableBitSet.builder().addAll(needed.get(0, inputCount));
    for (Wanted call : wanted) {
      read.addAll(call.group().keys);
      call.group().orderKeys.getKeys().forEach(read::set);
      call.arguments().stream().filter(a -> a < inputCount).forEach(read::set);
    }
    ImmutableBitSet fields = read.build();
    Placed input = Rows.pruned(conversion.convert(window.getInput(), fields), fields);
    Row row = new Row(window, input, inputCount);
    row.addConstants(wanted);
    Map<Ordering, List<Wanted>> orderings = new LinkedHashMap<>();
    for (Wanted call : wanted) {
      orderings.computeIfAbsent(Ordering.of(call.group()), _ -> new ArrayList<>()).add(call);
    }
    orderings.forEach(row::add);
    return row.placed();
  }

  /// A call whose result is read.
  ///
  /// @param output the field of the algebra's row it yields
  private record Wanted(Window.Group group, Window.RexWinAggCall call, int output) {
    List<Integer> arguments() {
      return call.getOperands().stream().map(o -> ((RexInputRef) o).getIndex()).toList();
    }
  }

  private static List<Wanted> wanted(Window window, ImmutableBitSet needed) {
    List<Wanted> wanted = new ArrayList<>();
    int output = window.getInput().getRowType().getFieldCount();
    for (Window.Group group : window.groups) {
      for (Window.RexWinAggCall call : group.aggCalls) {
        if (needed.get(output)) {
          wanted.add(new Wanted(group, call, output));
        }
        output++;
      }
    }
    return wanted;
  }

  /// What calls must share to be worked out by one operator.
  private record Ordering(ImmutableBitSet partitionBy, List<?> orderBy) {
    static Ordering of(Window.Group group) {
      return new Ordering(group.keys, group.orderKeys.getFieldCollations());
    }
  }

  /// The row as it grows: the input's columns, constants, results.
  private final class Row {
    private final Window window;
    private final int inputCount;
    private final int[] inputPlaces;
    private final Map<Integer, Integer> constantPlaces = new LinkedHashMap<>();
    private final int[] places;
    private PhysicalNode node;

    Row(Window window, Placed input, int inputCount) {
      this.window = window;
      this.inputCount = inputCount;
      inputPlaces = input.places();
      node = input.node();
      places = Arrays.copyOf(inputPlaces, window.getRowType().getFieldCount());
      Arrays.fill(places, inputCount, places.length, -1);
    }

    /// Makes columns of the constants among the calls' arguments.
    void addConstants(List<Wanted> calls) {
      ProjectAssembly assembly = new ProjectAssembly(new Placed(node, inputPlaces));
      for (int i = 0; i < node.columns().size(); i++) {
        Column column = node.columns().get(i);
        assembly.add(column.at(i), column.field().name());
      }
      for (Wanted call : calls) {
        for (int argument : call.arguments()) {
          if (argument >= inputCount) {
            constantPlaces.computeIfAbsent(argument, a -> assembly.add(constant(a), "constant"));
          }
        }
      }
      if (!constantPlaces.isEmpty()) {
        node = assembly.node();
      }
    }

    private RexLiteral constant(int field) {
      return window.constants.get(field - inputCount);
    }

    private int place(int field) {
      return field < inputCount ? inputPlaces[field] : constantPlaces.get(field);
    }

    void add(Ordering ordering, List<Wanted> calls) {
      Window.Group group = calls.getFirst().group();
      List<Integer> partitionBy =
          ordering.partitionBy().asList().stream().map(this::place).distinct().toList();
      List<SortKey> orderBy = RelToPhysical.sortKeys(group.orderKeys, inputPlaces);
      List<Column> columns = new ArrayList<>(node.columns());
      List<WindowCall> planned = new ArrayList<>();
      for (Wanted call : calls) {
        WindowCall windowCall = call(call);
        places[call.output()] = columns.size();
        columns.add(column(windowCall));
        planned.add(windowCall);
      }
      Estimate sorted = CostModel.sort(node.estimate(), node.rows());
      node =
          new PhysicalNode.Window(
              conversion.newState(),
              node,
              partitionBy,
              orderBy,
              planned,
              columns,
              CostModel.window(sorted, planned.size()));
    }

    private Column column(WindowCall call) {
      Field result = call.result();
      return new Column(
          result,
          result.name(),
          result.name(),
          ValueRange.of(result.type()),
          ScanBuilder.width(result.type()),
          Double.NaN,
          Column.Origin.COMPUTED);
    }

    private WindowCall call(Wanted wanted) {
      Window.RexWinAggCall call = wanted.call();
      List<Integer> arguments = wanted.arguments().stream().map(this::place).toList();
      SqlType type = CalciteTypes.sqlType(call.getType());
      boolean keepsForm = WindowFunctions.yieldsArgument(call) && !arguments.isEmpty();
      Physical form =
          keepsForm ? node.columns().get(arguments.getFirst()).field().physical() : type.physical();
      Field result = new Field(WindowFunctions.name(call), type, form, call.getType().isNullable());
      WindowFrame frame = WindowFunctions.frame(wanted.group(), this::offset);
      return new WindowCall(WindowFunctions.of(call), arguments, call.ignoreNulls, frame, result);
    }

    /// A frame's offset is a constant, by value or by number.
    private RexNode offset(RexNode offset) {
      return offset instanceof RexInputRef ref && ref.getIndex() >= inputCount
          ? constant(ref.getIndex())
          : offset;
    }

    Placed placed() {
      return new Placed(node, places);
    }
  }
}
