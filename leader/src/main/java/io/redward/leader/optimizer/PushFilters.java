package io.redward.leader.optimizer;

import io.redward.leader.relational.SecurityBarrier;
import io.redward.leader.relational.Unnest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.Strong;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/// Moves each conjunct of each filter and join condition as far down as it goes: through
/// projections, into and through joins, below aggregates where it reads grouping columns only, into
/// every input of a set operation, below a sort without limit.
///
/// On the way an outer join whose missing rows a condition above would drop becomes an inner (or a
/// less outer) one, and, if asked, conditions are derived that follow from others: from an OR what
/// it says of one side alone, from equal columns what is known of the other one.
///
/// A condition stays where it is if moving it would change the answer: above a limit, above a
/// window function unless it reads partition columns only, above an aggregate without GROUP BY, on
/// an expression that is not deterministic.
final class PushFilters {
  private final RexBuilder builder;
  private final boolean derive;

  private PushFilters(RexBuilder builder, boolean derive) {
    this.builder = builder;
    this.derive = derive;
  }

  static RelNode apply(RelNode root, PassContext context) {
    return new PushFilters(context.rexBuilder(), false).push(root, List.of());
  }

  /// Also derives conditions. To be done once: each time would add them anew.
  static RelNode applyAndDerive(RelNode root, PassContext context) {
    return new PushFilters(context.rexBuilder(), true).push(root, List.of());
  }

  /// The node with conditions over its fields applied in it or below it.
  private RelNode push(RelNode node, Collection<RexNode> conditions) {
    return switch (node) {
      case LogicalFilter filter when filter.getVariablesSet().isEmpty() ->
          pushIntoFilter(filter, conditions);
      case LogicalProject project -> pushIntoProject(project, conditions);
      case LogicalJoin join -> pushIntoJoin(join, conditions);
      case LogicalAggregate aggregate -> pushIntoAggregate(aggregate, conditions);
      case SetOp setOp -> pushIntoSetOp(setOp, conditions);
      case Unnest unnest -> pushIntoUnnest(unnest, conditions);
      case LogicalSort sort when sort.fetch == null && sort.offset == null ->
          Rebuild.mapInputs(sort, input -> push(input, retyped(conditions, input)));
      case SecurityBarrier barrier -> pushIntoBarrier(barrier, conditions);
      default -> stop(node, conditions);
    };
  }

  /// Conditions on the input's fields alone are tested once a row instead of once an element.
  private RelNode pushIntoUnnest(Unnest unnest, Collection<RexNode> conditions) {
    int width = unnest.getInput().getRowType().getFieldCount();
    List<RexNode> below = new ArrayList<>();
    List<RexNode> above = new ArrayList<>();
    for (RexNode condition : conditions) {
      (Conjunction.columns(condition).length() <= width ? below : above).add(condition);
    }
    RelNode input = push(unnest.getInput(), below);
    RelNode over = Rebuild.withInputs(unnest, List.of(input));
    return Conjunction.filter(builder, over, retyped(above, over));
  }

  /// The node filtered by the conditions, its inputs rewritten by themselves.
  private RelNode stop(RelNode node, Collection<RexNode> conditions) {
    RelNode rewritten = Rebuild.mapInputs(node, input -> push(input, List.of()));
    return Conjunction.filter(builder, rewritten, retyped(conditions, rewritten));
  }

  private static List<RexNode> retyped(Collection<RexNode> conditions, RelNode node) {
    return FieldMapping.retype(node).applyAll(List.copyOf(conditions));
  }

  private RelNode pushIntoFilter(LogicalFilter filter, Collection<RexNode> conditions) {
    List<RexNode> all = new ArrayList<>();
    List<RexNode> kept = new ArrayList<>();
    for (RexNode conjunct : Conjunction.conjuncts(filter.getCondition())) {
      (RexUtil.isDeterministic(conjunct) ? all : kept).add(conjunct);
    }
    all.addAll(conditions);
    RelNode input = push(filter.getInput(), all);
    return Conjunction.filter(builder, input, retyped(kept, input));
  }

  /// Conditions that cannot fail pass; the others would tell of rows that are not to be seen.
  private RelNode pushIntoBarrier(SecurityBarrier barrier, Collection<RexNode> conditions) {
    List<RexNode> below = new ArrayList<>();
    List<RexNode> above = new ArrayList<>();
    for (RexNode condition : conditions) {
      (LeakProof.is(condition) ? below : above).add(condition);
    }
    RelNode input = push(barrier.getInput(), below);
    return Conjunction.filter(builder, barrier.over(input), retyped(above, input));
  }

  private RelNode pushIntoProject(LogicalProject project, Collection<RexNode> conditions) {
    List<RexNode> expressions = project.getProjects();
    ImmutableBitSet partition = commonPartition(expressions);
    List<RexNode> below = new ArrayList<>();
    List<RexNode> above = new ArrayList<>();
    for (RexNode condition : conditions) {
      boolean moves = true;
      for (int column : Conjunction.columns(condition)) {
        RexNode expression = expressions.get(column);
        moves &=
            RexUtil.isDeterministic(expression)
                && !RexOver.containsOver(expression)
                && !RexUtil.containsCorrelation(expression)
                && partition.contains(Conjunction.columns(expression));
      }
      if (moves) {
        below.add(RelOptUtil.pushPastProject(condition, project));
      } else {
        above.add(condition);
      }
    }
    RelNode input = push(project.getInput(), below);
    RelNode over = Rebuild.withInputs(project, List.of(input));
    return Conjunction.filter(builder, over, retyped(above, over));
  }

  /// The input columns by which every window function of a projection partitions; all columns if
  /// there is no window function.
  private static ImmutableBitSet commonPartition(List<RexNode> expressions) {
    List<ImmutableBitSet> partitions = new ArrayList<>();
    for (RexNode expression : expressions) {
      RexOverPartitions.collect(expression, partitions);
    }
    return partitions.stream()
        .reduce(ImmutableBitSet::intersect)
        .orElse(ImmutableBitSet.range(Short.MAX_VALUE));
  }

  private RelNode pushIntoJoin(LogicalJoin join, Collection<RexNode> above) {
    JoinRelType type = simplified(join.getJoinType(), above, join);
    JoinSides sides = new JoinSides(join);
    Set<RexNode> left = new LinkedHashSet<>();
    Set<RexNode> right = new LinkedHashSet<>();
    Set<RexNode> condition = new LinkedHashSet<>();
    Set<RexNode> kept = new LinkedHashSet<>();
    boolean leftFilters = !type.generatesNullsOnLeft();
    for (RexNode conjunct : above) {
      if (leftFilters && sides.isLeft(conjunct)) {
        left.add(conjunct);
      } else if (!type.generatesNullsOnRight() && sides.isRight(conjunct)) {
        right.add(sides.overRight(conjunct));
      } else if (type == JoinRelType.INNER && RexUtil.isDeterministic(conjunct)) {
        condition.add(conjunct);
      } else {
        kept.add(conjunct);
      }
    }
    boolean onLeft = type == JoinRelType.INNER || type == JoinRelType.SEMI;
    for (RexNode conjunct : Conjunction.conjuncts(join.getCondition())) {
      if ((onLeft || type == JoinRelType.RIGHT) && sides.isLeft(conjunct)) {
        left.add(conjunct);
      } else if (type != JoinRelType.RIGHT && type != JoinRelType.FULL && sides.isRight(conjunct)) {
        right.add(sides.overRight(conjunct));
      } else {
        condition.add(conjunct);
      }
    }
    if (derive) {
      ImpliedConditions implied = new ImpliedConditions(builder, sides, type);
      implied.fromDisjunctions(condition, left, right);
      implied.fromEqualities(condition, left, right);
      implied.fromMatches(condition, left, right);
    }
    RelNode newLeft = push(join.getLeft(), left);
    RelNode newRight = push(join.getRight(), right);
    return rebuilt(join, type, newLeft, newRight, condition, kept);
  }

  private RelNode rebuilt(
      LogicalJoin join,
      JoinRelType type,
      RelNode left,
      RelNode right,
      Set<RexNode> condition,
      Set<RexNode> kept) {
    List<RelDataTypeField> fields = new ArrayList<>(left.getRowType().getFieldList());
    fields.addAll(right.getRowType().getFieldList());
    List<RexNode> retyped = FieldMapping.shift(fields, 0).applyAll(List.copyOf(condition));
    RelNode over =
        LogicalJoin.create(
            left, right, List.of(), Conjunction.of(builder, retyped), join.getVariablesSet(), type);
    return Conjunction.filter(builder, over, retyped(kept, over));
  }

  /// The join type once rows without a partner that conditions above drop need not be made.
  private static JoinRelType simplified(
      JoinRelType type, Collection<RexNode> above, LogicalJoin join) {
    int left = join.getLeft().getRowType().getFieldCount();
    ImmutableBitSet leftColumns = ImmutableBitSet.range(left);
    ImmutableBitSet rightColumns =
        ImmutableBitSet.range(left, left + join.getRight().getRowType().getFieldCount());
    JoinRelType simplified = type;
    for (RexNode conjunct : above) {
      if (simplified.generatesNullsOnLeft() && Strong.isNotTrue(conjunct, leftColumns)) {
        simplified = simplified.cancelNullsOnLeft();
      }
      if (simplified.generatesNullsOnRight() && Strong.isNotTrue(conjunct, rightColumns)) {
        simplified = simplified.cancelNullsOnRight();
      }
    }
    return simplified;
  }

  private RelNode pushIntoAggregate(LogicalAggregate aggregate, Collection<RexNode> conditions) {
    ImmutableBitSet keys =
        aggregate.getGroupSets().stream()
            .reduce(ImmutableBitSet::intersect)
            .orElse(ImmutableBitSet.of());
    List<RexNode> below = new ArrayList<>();
    List<RexNode> above = new ArrayList<>();
    FieldMapping toInput = keysToInput(aggregate);
    for (RexNode condition : conditions) {
      ImmutableBitSet columns = Conjunction.columns(condition);
      boolean moves =
          !columns.isEmpty()
              && columns.asList().stream()
                  .allMatch(
                      column ->
                          column < aggregate.getGroupCount()
                              && keys.get(aggregate.getGroupSet().nth(column)));
      if (moves) {
        below.add(toInput.apply(condition));
      } else {
        above.add(condition);
      }
    }
    RelNode input = push(aggregate.getInput(), below);
    RelNode over = Rebuild.withInputs(aggregate, List.of(input));
    return Conjunction.filter(builder, over, retyped(above, over));
  }

  private static FieldMapping keysToInput(Aggregate aggregate) {
    int[] targets = new int[aggregate.getRowType().getFieldCount()];
    for (int i = 0; i < targets.length; i++) {
      targets[i] =
          i < aggregate.getGroupCount() ? aggregate.getGroupSet().nth(i) : FieldMapping.GONE;
    }
    return FieldMapping.of(targets, aggregate.getInput().getRowType().getFieldList());
  }

  private RelNode pushIntoSetOp(SetOp setOp, Collection<RexNode> conditions) {
    return Rebuild.mapInputs(setOp, input -> push(input, retyped(conditions, input)));
  }

  /// Which side of a join an expression reads.
  record JoinSides(LogicalJoin join) {
    int leftCount() {
      return join.getLeft().getRowType().getFieldCount();
    }

    boolean isLeft(RexNode expression) {
      ImmutableBitSet columns = Conjunction.columns(expression);
      return movable(expression) && !columns.isEmpty() && columns.length() <= leftCount();
    }

    boolean isRight(RexNode expression) {
      ImmutableBitSet columns = Conjunction.columns(expression);
      return movable(expression) && !columns.isEmpty() && columns.nth(0) >= leftCount();
    }

    private static boolean movable(RexNode expression) {
      return RexUtil.isDeterministic(expression);
    }

    /// An expression over the join as one over its right input.
    RexNode overRight(RexNode expression) {
      return FieldMapping.shift(join.getRight().getRowType().getFieldList(), leftCount())
          .apply(expression);
    }
  }
}
