package io.redward.leader.physical;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.relational.PlanningCancellation;
import io.redward.leader.relational.SecurityBarrier;
import io.redward.leader.relational.Unnest;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.Literal;
import io.redward.plan.step.SinkStep.SortKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/// Chooses an operator for each operator of the algebra, leaving out columns nobody reads.
final class RelToPhysical {
  private final Conversion conversion;
  private final ScanBuilder scans;
  private final JoinBuilder joins;
  private final AggregateBuilder aggregates;
  private final WindowBuilder windows;
  private final SetBuilder sets;
  private final SharedSubtrees shared;

  RelToPhysical(PhysicalContext context, RelNode root) {
    conversion = new Conversion(context, root.getCluster().getMetadataQuery(), this::convert);
    scans = new ScanBuilder(conversion);
    joins = new JoinBuilder(conversion);
    aggregates = new AggregateBuilder(conversion);
    windows = new WindowBuilder(conversion);
    sets = new SetBuilder(conversion);
    shared = new SharedSubtrees(conversion);
    shared.count(root);
  }

  /// How many state ids have been given away.
  int stateCount() {
    return conversion.stateCount();
  }

  /// @throws SqlException 0A000 for an operator that has no counterpart
  Placed convert(RelNode rel, ImmutableBitSet needed) {
    if (shared.isShared(rel)) {
      ImmutableBitSet all = ImmutableBitSet.range(rel.getRowType().getFieldCount());
      return shared.once(rel, () -> operator(rel, all));
    }
    return operator(rel, needed);
  }

  private Placed operator(RelNode rel, ImmutableBitSet needed) {
    PlanningCancellation.check();
    return switch (rel) {
      case TableScan scan -> scans.scan(scan, needed);
      case Values values -> values(values, needed);
      case Filter filter -> filter(filter, needed);
      case Project project when project.containsOver() -> windows.project(project, needed);
      case Project project -> project(project, needed);
      case Join join -> joins.join(join, needed);
      case Aggregate aggregate -> aggregates.aggregate(aggregate, needed);
      case Sort sort -> sort(sort, needed);
      case SetOp set -> sets.convert(set, needed);
      case Unnest unnest -> unnest(unnest, needed);
      case SecurityBarrier barrier -> {
        Placed input = conversion.convert(barrier.getInput(), needed);
        yield input.with(new PhysicalNode.Secured(input.node(), barrier.relation()));
      }
      default ->
          throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "This type of query is not supported: " + rel.getRelTypeName());
    };
  }

  private Placed values(Values values, ImmutableBitSet needed) {
    RexToExpression expressions = new RexToExpression(List.of(), new int[0]);
    List<List<Expression>> tuples = new ArrayList<>();
    for (List<RexLiteral> tuple : values.getTuples()) {
      List<Expression> row = new ArrayList<>();
      for (int field : needed) {
        row.add(expressions.convert(tuple.get(field)));
      }
      tuples.add(row);
    }
    List<Column> columns = new ArrayList<>();
    int[] places = new int[values.getRowType().getFieldCount()];
    Arrays.fill(places, -1);
    for (int field : needed) {
      places[field] = columns.size();
      columns.add(
          ValueColumns.column(
              values.getRowType().getFieldList().get(field), tuples, columns.size()));
    }
    Estimate estimate = CostModel.scan(tuples.size(), 0, tuples.size());
    return new Placed(
        new PhysicalNode.ValuesScan(ValueColumns.formed(tuples, columns), columns, estimate),
        places);
  }

  private Placed filter(Filter filter, ImmutableBitSet needed) {
    ImmutableBitSet read = RelOptUtil.InputFinder.bits(filter.getCondition());
    Placed input = conversion.convert(filter.getInput(), needed.union(read));
    Expression condition = input.expressions().convert(filter.getCondition());
    return input.with(filtered(input.node(), Expressions.conjuncts(condition), filter));
  }

  private PhysicalNode filtered(PhysicalNode node, List<Expression> conditions, RelNode filter) {
    if (conditions.isEmpty()) {
      return node;
    }
    if (node instanceof PhysicalNode.SeqScan scan) {
      return scans.filtered(scan, conditions, filter);
    }
    Estimate estimate =
        CostModel.filter(node.estimate(), conditions.size(), conversion.rows(filter));
    List<Expression> ordered = new ArrayList<>(conditions);
    ordered.sort(java.util.Comparator.comparingDouble(Expressions::cost));
    return new PhysicalNode.Filter(node, ordered, estimate);
  }

  private Placed project(Project project, ImmutableBitSet needed) {
    List<RexNode> wanted = needed.asList().stream().map(project.getProjects()::get).toList();
    Placed input =
        conversion.convert(project.getInput(), RelOptUtil.InputFinder.bits(wanted, null));
    int[] places = new int[project.getProjects().size()];
    Arrays.fill(places, -1);
    if (wanted.stream().allMatch(RexInputRef.class::isInstance)) {
      for (int field : needed) {
        RexInputRef ref = (RexInputRef) project.getProjects().get(field);
        places[field] = input.places()[ref.getIndex()];
      }
      return new Placed(input.node(), places);
    }
    ProjectAssembly assembly = new ProjectAssembly(input);
    for (int field : needed) {
      String name = project.getRowType().getFieldNames().get(field);
      places[field] = assembly.add(project.getProjects().get(field), name);
    }
    return new Placed(assembly.node(), places);
  }

  private Placed sort(Sort sort, ImmutableBitSet needed) {
    ImmutableBitSet keys = ImmutableBitSet.of(sort.getCollation().getKeys());
    ImmutableBitSet read = needed.union(keys);
    Placed input = Rows.pruned(conversion.convert(sort.getInput(), read), read);
    OptionalLong limit =
        sort.fetch == null ? OptionalLong.empty() : OptionalLong.of(count(sort.fetch, "LIMIT"));
    long offset = sort.offset == null ? 0 : count(sort.offset, "OFFSET");
    boolean single = conversion.isSingleRow(sort.getInput());
    List<SortKey> sortKeys = sortKeys(sort.getCollation(), input.places());
    if (limit.isEmpty() && offset == 0 && (sortKeys.isEmpty() || single)) {
      return input;
    }
    double rows = Math.max(0, input.node().rows() - offset);
    rows = limit.isPresent() ? Math.min(rows, limit.getAsLong()) : rows;
    Estimate before = input.node().estimate();
    PhysicalNode node =
        sortKeys.isEmpty()
            ? new PhysicalNode.Limit(
                conversion.newState(), input.node(), limit, offset, CostModel.limit(before, rows))
            : new PhysicalNode.Sort(
                conversion.newState(),
                input.node(),
                sortKeys,
                limit,
                offset,
                CostModel.sort(before, rows));
    return input.with(node);
  }

  private Placed unnest(Unnest unnest, ImmutableBitSet needed) {
    int width = unnest.getInput().getRowType().getFieldCount();
    ImmutableBitSet below = needed.intersect(ImmutableBitSet.range(width));
    ImmutableBitSet read = below.union(RelOptUtil.InputFinder.bits(unnest.value()));
    Placed input = conversion.convert(unnest.getInput(), read);
    List<Column> columns = new ArrayList<>(input.columns());
    int[] places = Arrays.copyOf(input.places(), width + 2);
    for (int i = width; i < width + 2; i++) {
      places[i] = columns.size();
      columns.add(ValueColumns.unknown(unnest.getRowType().getFieldList().get(i)));
    }
    Expression value = input.expressions().convert(unnest.value());
    Estimate before = input.node().estimate();
    Estimate estimate = new Estimate(before.startup(), before.total(), conversion.rows(unnest));
    return new Placed(
        new PhysicalNode.Unnest(
            input.node(), value, unnest.elements(), unnest.outer(), columns, estimate),
        places);
  }

  static List<SortKey> sortKeys(RelCollation collation, int[] places) {
    List<SortKey> keys = new ArrayList<>();
    for (RelFieldCollation key : collation.getFieldCollations()) {
      boolean descending = key.direction.isDescending();
      boolean nullsFirst =
          switch (key.nullDirection) {
            case FIRST -> true;
            case LAST -> false;
            case UNSPECIFIED -> descending;
          };
      keys.add(new SortKey(places[key.getFieldIndex()], descending, nullsFirst));
    }
    return keys;
  }

  private static long count(@Nullable RexNode node, String clause) {
    if (node instanceof RexLiteral literal) {
      Expression value = new RexToExpression(List.of(), new int[0]).convert(literal);
      ValueRange range = ValueRanges.of(value, List.of());
      if (range.min().signum() < 0) {
        throw new SqlException(SqlState.INVALID_PARAMETER_VALUE, clause + " must not be negative");
      }
      return value instanceof Literal && range.fitsLong()
          ? range.min().longValueExact()
          : Long.MAX_VALUE;
    }
    throw new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED,
        clause + " must be a constant when the statement is planned");
  }
}
