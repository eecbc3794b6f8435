package io.redward.leader.materialized;

import io.redward.foundation.types.SqlType;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.relational.CalciteTypes;
import io.redward.leader.relational.PlainCall;
import io.redward.leader.relational.PlannerContext;
import io.redward.leader.relational.TableStatistics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/// Brings a view of groups up to date, in one of two ways.
///
/// **Adding up.** The changed rows are grouped as the view is, and each group's counts and sums,
/// minima and maxima are put together with those that are stored. A group that is left without
/// rows goes.
///
/// **Anew.** The groups that changed rows are in are deleted and computed again, over all rows of
/// these groups. It serves where values cannot be added up or taken away.
public final class GroupUpkeep {
  private final PlannerContext planner;
  private final Nodes nodes;
  private final GroupState state;
  private final TableDefinition table;
  private final int[] positions;
  private final int keys;

  /// @param table the view's, with the columns that everybody sees
  public GroupUpkeep(PlannerContext planner, ViewShape.Groups shape, TableDefinition table) {
    this.planner = planner;
    nodes = new Nodes(planner);
    state = GroupState.of(shape);
    this.table = table;
    positions = state.positions(table.columns());
    keys = state.aggregate().getGroupCount();
  }

  /// The columns a view of this shape has to have behind those that are seen.
  public static List<ColumnDefinition> hidden(ViewShape.Groups shape, TableDefinition table) {
    return GroupState.of(shape).hidden(table.columns(), table.nextColumnId());
  }

  /// Whether the view cannot but be computed as a whole.
  public static boolean isHopeless(ViewShape.Groups shape) {
    return shape.aggregate().getGroupCount() == 0 && !GroupState.of(shape).mergeable();
  }

  /// Whether changes can be added up.
  ///
  /// @param removals whether rows have gone from the tables
  public static boolean addsUp(ViewShape.Groups shape, boolean removals) {
    GroupState state = GroupState.of(shape);
    return state.mergeable() && (!removals || state.bearsRemovals());
  }

  /// All rows of the view as they are stored.
  public RelNode all() {
    return finished(state.aggregate());
  }

  private RelNode finished(RelNode groups) {
    RelNode kept = nodes.filter(groups, state.shape().having());
    List<RexNode> values = new ArrayList<>();
    for (int field : state.fields()) {
      values.add(nodes.field(kept, field));
    }
    return nodes.project(kept, row(state.shape().outputs(), values));
  }

  /// A stored row: the view's columns, and behind them what is hidden.
  private List<RexNode> row(List<RexNode> outputs, List<RexNode> values) {
    List<RexNode> row = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      row.add(nodes.assigned(table.columns().get(i).type(), outputs.get(i)));
    }
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] == row.size()) {
        row.add(values.get(i));
      }
    }
    return row;
  }

  /// Ids of the stored rows of groups in which rows have changed.
  public RelNode touchedRows(
      IntFunction<Optional<TableChange>> changes, TableStatistics statistics) {
    RelNode stored = nodes.rows(table.stored(), statistics);
    RelNode met =
        nodes.sameJoin(stored, touched(changes), keyPositions(), keyFields(), JoinRelType.INNER);
    return nodes.project(met, List.of(nodes.field(met, table.stored().columns().size())));
  }

  /// These groups, computed anew.
  public RelNode touchedGroups(IntFunction<Optional<TableChange>> changes) {
    LogicalAggregate aggregate = state.aggregate();
    RelNode input = aggregate.getInput();
    int[] grouped = aggregate.getGroupSet().toArray();
    RelNode met = nodes.sameJoin(input, touched(changes), grouped, keyFields(), JoinRelType.INNER);
    int width = input.getRowType().getFieldCount();
    RelNode rows = nodes.project(met, nodes.fields(met, 0, width));
    return finished(aggregate.copy(aggregate.getTraitSet(), List.of(rows)));
  }

  private int[] keyFields() {
    return IntStream.range(0, keys).toArray();
  }

  private int[] keyPositions() {
    return IntStream.range(0, keys).map(i -> positions[i]).toArray();
  }

  /// The keys of groups in which rows have changed.
  private RelNode touched(IntFunction<Optional<TableChange>> changes) {
    RelNode delta = delta(changes);
    return LogicalAggregate.create(
        nodes.project(delta, keysOf(delta)),
        List.of(),
        ImmutableBitSet.range(keys),
        null,
        List.of());
  }

  private RelNode delta(IntFunction<Optional<TableChange>> changes) {
    return new Deltas(planner, changes).of(state.aggregate().getInput()).orElseThrow();
  }

  private List<RexNode> keysOf(RelNode delta) {
    List<RexNode> fields = new ArrayList<>();
    state.aggregate().getGroupSet().forEach(key -> fields.add(nodes.field(delta, key)));
    return fields;
  }

  /// Ids of stored rows whose groups are left without rows. A view without keys keeps its row.
  public RelNode emptied(IntFunction<Optional<TableChange>> changes, TableStatistics statistics) {
    Met met = met(changes, statistics);
    RexNode none =
        keys == 0
            ? nodes.compare(SqlStdOperatorTable.EQUALS, nodes.integer(0), nodes.integer(1))
            : nodes.compare(
                SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
                met.value(state.countField()),
                nodes.zero(SqlType.BIGINT));
    RelNode gone = nodes.filter(met.rel(), List.of(met.isStored(), none));
    return nodes.project(gone, List.of(met.rowId()));
  }

  /// What the groups with changed rows become: the id of the row that is stored of it or NULL, and
  /// the row to be stored.
  public RelNode merged(IntFunction<Optional<TableChange>> changes, TableStatistics statistics) {
    Met met = met(changes, statistics);
    List<RexNode> some =
        keys == 0
            ? List.of()
            : List.of(
                nodes.compare(
                    SqlStdOperatorTable.GREATER_THAN,
                    met.value(state.countField()),
                    nodes.zero(SqlType.BIGINT)));
    List<RexNode> all = new ArrayList<>();
    int width = state.shape().aggregate().getRowType().getFieldCount();
    for (int field = 0; field < width; field++) {
      all.add(met.value(field));
    }
    List<RexNode> values = state.fields().stream().map(met::value).toList();
    List<RexNode> row = new ArrayList<>(List.of(met.rowId()));
    row.addAll(row(ViewShape.over(state.shape().outputs(), all), values));
    return nodes.project(nodes.filter(met.rel(), some), row);
  }

  /// The changed rows' groups, each beside the row that is stored of it.
  private Met met(IntFunction<Optional<TableChange>> changes, TableStatistics statistics) {
    RelNode groups = groups(delta(changes));
    RelNode stored = nodes.rows(table.stored(), statistics);
    return new Met(
        nodes.sameJoin(groups, stored, keyFields(), keyPositions(), JoinRelType.LEFT),
        groups.getRowType().getFieldCount());
  }

  /// The changed rows grouped: keys, then what the stored fields are to be changed by.
  private RelNode groups(RelNode delta) {
    List<RexNode> fields = keysOf(delta);
    for (int field : state.fields().subList(keys, state.fields().size())) {
      fields.add(share(delta, state.call(field)));
    }
    RelNode rows = nodes.project(delta, fields);
    List<AggregateCall> calls = new ArrayList<>();
    for (int i = keys; i < state.fields().size(); i++) {
      SqlAggFunction given = state.call(state.fields().get(i)).getAggregation();
      SqlAggFunction function = given.getKind() == SqlKind.COUNT ? SqlStdOperatorTable.SUM : given;
      calls.add(PlainCall.of(function, List.of(i), rows, keys == 0));
    }
    return LogicalAggregate.create(rows, List.of(), ImmutableBitSet.range(keys), null, calls);
  }

  /// What one changed row changes a stored field by.
  private RexNode share(RelNode delta, AggregateCall call) {
    RexNode weight = nodes.last(delta);
    if (call.getArgList().isEmpty()) {
      return weight;
    }
    RexNode value = nodes.field(delta, call.getArgList().getFirst());
    return switch (call.getAggregation().getKind()) {
      case COUNT ->
          value.getType().isNullable()
              ? nodes.choose(nodes.isNull(value), nodes.integer(0), weight)
              : weight;
      case SUM -> {
        RexNode wide = nodes.cast(Met.sumType(call), value);
        yield nodes.choose(
            nodes.compare(SqlStdOperatorTable.GREATER_THAN, weight, nodes.integer(0)),
            wide,
            nodes.call(Nodes.type(wide), SqlStdOperatorTable.UNARY_MINUS, wide));
      }
      default -> value;
    };
  }

  /// A changed group joined with the row stored of it, if there is one.
  private final class Met {
    private final RelNode rel;
    private final int width;
    private final Map<Integer, RexNode> known = new HashMap<>();

    /// @param width fields of the changed group
    Met(RelNode rel, int width) {
      this.rel = rel;
      this.width = width;
    }

    static SqlType sumType(AggregateCall call) {
      return CalciteTypes.sqlType(call.getType());
    }

    RelNode rel() {
      return rel;
    }

    RexNode rowId() {
      return nodes.last(rel);
    }

    RexNode isStored() {
      return nodes.call(SqlType.BOOLEAN, SqlStdOperatorTable.NOT, nodes.isNull(rowId()));
    }

    /// A field of the view's aggregate as it is now.
    RexNode value(int field) {
      return known.computeIfAbsent(field, this::compute);
    }

    private RexNode compute(int field) {
      if (field < keys) {
        return nodes.field(rel, field);
      }
      AggregateCall call = state.call(field);
      return switch (call.getAggregation().getKind()) {
        case COUNT -> count(call.getArgList().isEmpty() ? state.countField() : countOf(call));
        case SUM -> ifAny(call, sum(field), field);
        case MIN -> extreme(field, SqlStdOperatorTable.LESS_THAN);
        case MAX -> extreme(field, SqlStdOperatorTable.GREATER_THAN);
        default -> average(call, field);
      };
    }

    private int countOf(AggregateCall call) {
      return state.countField(call);
    }

    private RexNode change(int field) {
      return nodes.field(rel, state.fields().indexOf(field));
    }

    private RexNode stored(int field) {
      return nodes.field(rel, width + positions[state.fields().indexOf(field)]);
    }

    private RexNode count(int field) {
      return nodes.call(
          SqlType.BIGINT,
          SqlStdOperatorTable.PLUS,
          nodes.orZero(stored(field)),
          nodes.orZero(nodes.cast(SqlType.BIGINT, change(field))));
    }

    private RexNode sum(int field) {
      SqlType type = state.type(field);
      return nodes.call(
          type,
          SqlStdOperatorTable.PLUS,
          nodes.orZero(stored(field)),
          nodes.orZero(nodes.cast(type, change(field))));
    }

    /// The value if there are values that are not NULL.
    private RexNode ifAny(AggregateCall call, RexNode value, int field) {
      boolean nullable =
          state.aggregate().getRowType().getFieldList().get(field).getType().isNullable();
      return nullable
          ? nodes.choose(
              nodes.compare(
                  SqlStdOperatorTable.GREATER_THAN,
                  count(countOf(call)),
                  nodes.zero(SqlType.BIGINT)),
              value,
              nodes.nullOf(Nodes.type(value)))
          : value;
    }

    private RexNode extreme(int field, SqlOperator better) {
      RexNode old = stored(field);
      RexNode fresh = change(field);
      return nodes.choose(
          nodes.isNull(old),
          fresh,
          nodes.choose(
              nodes.isNull(fresh),
              old,
              nodes.choose(nodes.compare(better, fresh, old), fresh, old)));
    }

    private RexNode average(AggregateCall call, int field) {
      SqlType type = state.type(field);
      RexNode sum = sum(state.sumField(call));
      RexNode count = count(countOf(call));
      return nodes.mean(type, sum, count);
    }
  }
}
