package io.redward.leader.materialized;

import com.google.common.collect.ImmutableList;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.FunctionCatalog;
import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.relational.CatalogAggregate;
import io.redward.leader.relational.CatalogFunction;
import io.redward.leader.relational.PlainCall;
import io.redward.leader.relational.PlannerContext;
import io.redward.leader.relational.TableStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/// Brings a view of rows up to date: what is added is appended, then of every row that is to be
/// taken away as many copies are deleted as its weights say. In this order a row may be added and
/// taken away by the same changes.
///
/// Strings count as the same only if they are as long, since the trailing blanks that a comparison
/// passes over are seen by whoever reads the view.
public final class RowUpkeep {
  private final PlannerContext planner;
  private final Nodes nodes;
  private final RelNode query;
  private final TableDefinition table;

  public RowUpkeep(PlannerContext planner, ViewShape.Rows shape, TableDefinition table) {
    this.planner = planner;
    nodes = new Nodes(planner);
    query = shape.rel();
    this.table = table;
  }

  /// Whether rows of the table can be told apart, so that some can be taken away.
  public static boolean canDelete(TableDefinition table) {
    return table.columns().stream()
        .map(column -> column.type().kind())
        .noneMatch(
            kind ->
                kind == TypeKind.SUPER
                    || kind == TypeKind.GEOMETRY
                    || kind == TypeKind.GEOGRAPHY
                    || kind == TypeKind.HLLSKETCH
                    || kind == TypeKind.VARBYTE);
  }

  /// Rows to append.
  ///
  /// @param changes of the tables that have changed, one of the view's at least
  public RelNode additions(IntFunction<Optional<TableChange>> changes) {
    RelNode delta = delta(changes);
    return nodes.project(weighing(delta, SqlStdOperatorTable.GREATER_THAN), values(delta));
  }

  /// Ids of rows to delete once the additions are there.
  public RelNode removals(IntFunction<Optional<TableChange>> changes, TableStatistics statistics) {
    return removals(delta(changes), statistics);
  }

  private RelNode delta(IntFunction<Optional<TableChange>> changes) {
    return new Deltas(planner, changes).of(query).orElseThrow();
  }

  private RelNode weighing(RelNode delta, SqlOperator comparison) {
    return nodes.filter(
        delta, List.of(nodes.compare(comparison, nodes.last(delta), nodes.integer(0))));
  }

  /// The view's columns from the fields of its query.
  private List<RexNode> values(RelNode rows) {
    List<RexNode> values = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      values.add(nodes.assigned(table.columns().get(i).type(), nodes.field(rows, i)));
    }
    return values;
  }

  private RelNode removals(RelNode delta, TableStatistics statistics) {
    RelNode gone = weighing(delta, SqlStdOperatorTable.LESS_THAN);
    RelNode keyed = withLengths(nodes.project(gone, values(gone)));
    int keys = keyed.getRowType().getFieldCount();
    RelNode counted =
        LogicalAggregate.create(
            keyed,
            List.of(),
            ImmutableBitSet.range(keys),
            null,
            List.of(PlainCall.of(SqlStdOperatorTable.COUNT, List.of(), keyed, false)));
    RelNode stored = nodes.rows(table, statistics);
    RelNode rows = withLengths(stored);
    // The row's id stands behind the table's columns, the lengths behind that.
    int width = table.columns().size();
    int[] ofRows = IntStream.range(0, keys).map(i -> i < width ? i : i + 1).toArray();
    int[] ofGone = IntStream.range(0, keys).toArray();
    RelNode met = nodes.sameJoin(rows, counted, ofRows, ofGone, JoinRelType.INNER);
    List<RexNode> partition = new ArrayList<>();
    for (int key : ofRows) {
      partition.add(nodes.field(met, key));
    }
    RexNode id = nodes.field(met, width);
    RelNode numbered =
        nodes.project(met, List.of(id, numberWithin(partition, id), nodes.last(met)));
    RelNode first =
        nodes.filter(
            numbered,
            List.of(
                nodes.compare(
                    SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
                    nodes.field(numbered, 1),
                    nodes.field(numbered, 2))));
    return nodes.project(first, List.of(nodes.field(first, 0)));
  }

  private RexNode numberWithin(List<RexNode> partition, RexNode order) {
    CatalogAggregate rowNumber =
        new CatalogAggregate("row_number", nodes.type(SqlType.BIGINT, false));
    return nodes
        .builder()
        .makeOver(
            nodes.type(SqlType.BIGINT, false),
            rowNumber,
            List.of(),
            partition,
            ImmutableList.of(new RexFieldCollation(order, Set.of())),
            RexWindowBounds.UNBOUNDED_PRECEDING,
            RexWindowBounds.CURRENT_ROW,
            true,
            true,
            false,
            false,
            false);
  }

  /// The rows with, behind their fields, the lengths of the view's strings.
  private RelNode withLengths(RelNode rows) {
    List<RexNode> fields = nodes.fields(rows);
    for (int i = 0; i < table.columns().size(); i++) {
      ColumnDefinition column = table.columns().get(i);
      if (column.type().kind() == TypeKind.VARCHAR) {
        fields.add(length(nodes.field(rows, i)));
      }
    }
    return nodes.project(rows, fields);
  }

  private RexNode length(RexNode string) {
    return FunctionCatalog.builtIn()
        .resolve("octet_length", List.of(Nodes.type(string)))
        .map(
            function ->
                CatalogFunction.of(function.functionId())
                    .call(
                        nodes.builder(),
                        nodes.type(function.type(), string.getType().isNullable()),
                        List.of(string)))
        .orElseThrow();
  }
}
