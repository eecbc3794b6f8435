package io.redward.leader.optimizer;

import io.redward.leader.relational.RelationalTable;
import io.redward.leader.relational.Unnest;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/// Estimates how many rows operators yield and how many different values their columns have, from
/// table statistics upwards. Remembers what it has worked out, by node; to be used while a tree
/// does not change, by one thread.
///
/// The assumptions are the usual ones: values spread evenly between bounds; conditions are partly
/// independent ([Selectivity]); of two equated columns the one with fewer values has them all in
/// the other.
public final class Cardinality {
  private static final double DEFAULT_ROWS = 1000;

  /// Elements of an array, of which nothing is known.
  private static final double ELEMENTS = 5;

  private static final double ANTI_JOIN_FLOOR = 0.1;

  private final Map<RelNode, Double> rows = new IdentityHashMap<>();
  private final Map<RelNode, ColumnProfile[]> profiles = new IdentityHashMap<>();

  /// Estimated rows, at least 1 unless the operator is known to be empty.
  public double rowCount(RelNode node) {
    Double known = rows.get(node);
    if (known == null) {
      known = isEmptyValues(node) ? 0.0 : Math.max(1, estimate(node));
      rows.put(node, known);
    }
    return known;
  }

  private static boolean isEmptyValues(RelNode node) {
    return node instanceof Values values && values.tuples.isEmpty();
  }

  /// Estimated number of different values of a column.
  public double distinctCount(RelNode node, int column) {
    return Math.min(profile(node, column).distinct(), rowCount(node));
  }

  /// The fraction of a node's rows for which a condition is true.
  public double selectivity(RelNode node, RexNode condition) {
    return new Selectivity(this, node).of(condition);
  }

  private double estimate(RelNode node) {
    return switch (node) {
      case TableScan scan -> scan.getTable().getRowCount();
      case Values values -> values.tuples.size();
      case Filter filter ->
          rowCount(filter.getInput()) * selectivity(filter.getInput(), filter.getCondition());
      case Project project -> rowCount(project.getInput());
      case Join join -> join(join);
      case Aggregate aggregate -> aggregate(aggregate);
      case Union union -> union.getInputs().stream().mapToDouble(this::rowCount).sum();
      case Intersect intersect ->
          intersect.getInputs().stream().mapToDouble(this::rowCount).min().orElse(1);
      case Minus minus -> rowCount(minus.getInput(0));
      case Sort sort -> sort(sort);
      case Correlate correlate -> rowCount(correlate.getLeft());
      case Unnest unnest -> rowCount(unnest.getInput()) * ELEMENTS;
      default -> node.getInputs().isEmpty() ? DEFAULT_ROWS : rowCount(node.getInput(0));
    };
  }

  private double sort(Sort sort) {
    double input = rowCount(sort.getInput());
    double offset = sort.offset instanceof RexLiteral literal ? RexLiteral.intValue(literal) : 0;
    double left = Math.max(0, input - offset);
    return sort.fetch instanceof RexLiteral fetch
        ? Math.min(left, RexLiteral.intValue(fetch))
        : left;
  }

  private double aggregate(Aggregate aggregate) {
    double total = 0;
    for (ImmutableBitSet keys : aggregate.getGroupSets()) {
      total += groups(aggregate.getInput(), keys.asList());
    }
    return total;
  }

  /// Different combinations of values of some columns. Later columns count less: they tend to
  /// depend on the earlier ones. Columns of one table have no more combinations than it has rows.
  private double groups(RelNode input, List<Integer> columns) {
    double[] distinct =
        columns.stream().mapToDouble(column -> distinctCount(input, column)).sorted().toArray();
    double product = 1;
    double weight = 1;
    for (int i = distinct.length - 1; i >= 0; i--) {
      product *= Math.pow(distinct[i], weight);
      weight = Math.max(0.5, weight * 0.9);
    }
    return Math.min(Math.min(product, combinations(input, columns)), rowCount(input));
  }

  /// The most combinations there can be by the sizes of the tables that the columns are of.
  private double combinations(RelNode input, List<Integer> columns) {
    Map<Object, Double> byTable = new IdentityHashMap<>();
    for (int column : columns) {
      ColumnProfile profile = profile(input, column);
      byTable.merge(
          profile.origin(),
          distinctCount(input, column),
          (some, more) -> Math.min(some * more, profile.tableRows()));
    }
    return byTable.values().stream().reduce(1.0, (some, more) -> some * more);
  }

  private double join(Join join) {
    double left = rowCount(join.getLeft());
    double right = rowCount(join.getRight());
    JoinEstimate estimate = JoinEstimate.of(this, join);
    double inner = left * right * estimate.selectivity();
    return switch (join.getJoinType()) {
      case LEFT -> Math.max(left, inner);
      case RIGHT -> Math.max(right, inner);
      case FULL -> Math.max(left + right - inner, Math.max(left, right));
      case SEMI -> left * estimate.matchedLeft();
      case ANTI -> left * Math.max(ANTI_JOIN_FLOOR, 1 - estimate.matchedLeft());
      default -> inner;
    };
  }

  /// The profile of a column; its distinct count may exceed the node's row count.
  ColumnProfile profile(RelNode node, int column) {
    ColumnProfile[] known =
        profiles.computeIfAbsent(node, n -> new ColumnProfile[n.getRowType().getFieldCount()]);
    if (known[column] == null) {
      known[column] = estimateProfile(node, column);
    }
    return known[column];
  }

  private ColumnProfile estimateProfile(RelNode node, int column) {
    return switch (node) {
      case TableScan scan -> ofTable(scan, column);
      case Filter filter -> ofFilter(filter, column);
      case Project project -> ofExpression(project.getInput(), project.getProjects().get(column));
      case Join join -> ofJoin(join, column);
      case Aggregate aggregate ->
          column < aggregate.getGroupCount()
              ? profile(aggregate.getInput(), aggregate.getGroupSet().nth(column))
                  .sampled(rowCount(aggregate.getInput()), rowCount(aggregate.getInput()))
              : ColumnProfile.computed(rowCount(node), rowCount(node), node);
      case Union union ->
          ColumnProfile.computed(
              union.getInputs().stream().mapToDouble(in -> distinctCount(in, column)).sum(),
              rowCount(union),
              union);
      case Values values ->
          ColumnProfile.computed(values.tuples.size(), values.tuples.size(), values);
      default ->
          node.getInputs().isEmpty() || column >= node.getInput(0).getRowType().getFieldCount()
              ? ColumnProfile.computed(rowCount(node), rowCount(node), node)
              : profile(node.getInput(0), column);
    };
  }

  private ColumnProfile ofTable(TableScan scan, int column) {
    RelationalTable table = scan.getTable().unwrap(RelationalTable.class);
    double tableRows = Math.max(1, scan.getTable().getRowCount());
    if (table == null) {
      return ColumnProfile.unknown(tableRows, scan);
    }
    if (table.isKey(ImmutableBitSet.of(column))) {
      ColumnProfile profile =
          table
              .statistics()
              .column(column)
              .map(statistics -> ColumnProfile.of(statistics, tableRows, scan))
              .orElse(ColumnProfile.unknown(tableRows, scan));
      return profile.withDistinct(tableRows);
    }
    return table
        .statistics()
        .column(column)
        .map(statistics -> ColumnProfile.of(statistics, tableRows, scan))
        .orElse(ColumnProfile.unknown(tableRows, scan));
  }

  private ColumnProfile ofFilter(Filter filter, int column) {
    ColumnProfile input = profile(filter.getInput(), column);
    double fixed =
        new Selectivity(this, filter.getInput()).valuesLeft(filter.getCondition(), column);
    ColumnProfile sampled = input.sampled(rowCount(filter.getInput()), rowCount(filter));
    return sampled.withDistinct(Math.min(sampled.distinct(), fixed)).withoutNulls();
  }

  private ColumnProfile ofJoin(Join join, int column) {
    int left = join.getLeft().getRowType().getFieldCount();
    RelNode side = column < left ? join.getLeft() : join.getRight();
    ColumnProfile profile = profile(side, column < left ? column : column - left);
    return profile.sampled(rowCount(side), Math.min(rowCount(side), rowCount(join)));
  }

  /// The profile of an expression over a node's row.
  ColumnProfile ofExpression(RelNode input, RexNode expression) {
    double inputRows = rowCount(input);
    return switch (expression) {
      case RexInputRef reference -> profile(input, reference.getIndex());
      case RexLiteral _ -> ColumnProfile.computed(1, inputRows, input);
      case RexCall call -> {
        double distinct = 1;
        for (RexNode operand : call.getOperands()) {
          distinct *= ofExpression(input, operand).distinct();
        }
        yield ColumnProfile.computed(distinct, inputRows, input);
      }
      default -> ColumnProfile.computed(inputRows, inputRows, input);
    };
  }
}
