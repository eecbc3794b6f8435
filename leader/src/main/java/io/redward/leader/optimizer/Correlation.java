package io.redward.leader.optimizer;

import io.redward.leader.relational.Unnest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/// Moves the correlated conditions of a subquery up to its top, so that they can become the
/// condition of a join. It goes through filters, projections and joins as far as that changes no
/// other row; correlation below an aggregate or a limit cannot be moved this way.
final class Correlation {
  private Correlation() {}

  /// A subquery without its correlated conditions.
  ///
  /// @param node yields the subquery's fields, then further ones that the conditions need
  /// @param conditions over the fields of `node`; outer columns are still field accesses
  record Pulled(RelNode node, List<RexNode> conditions) {}

  /// The subquery with conditions pulled out, or null if it reads outer columns in another way or
  /// has outer columns of another query than the one with these variables.
  ///
  /// @param outer the rows around it
  static @Nullable Pulled pull(
      RexBuilder builder, RelNode node, RelNode outer, Set<CorrelationId> variables) {
    if (!isCorrelated(node)) {
      return new Pulled(node, List.of());
    }
    Pulled pulled = new Puller(builder, outer, variables).pull(node);
    return pulled != null && variables.containsAll(variablesOf(pulled.conditions()))
        ? pulled
        : null;
  }

  /// Strips what does not matter to whether there is any row.
  static RelNode anyRow(RelNode node) {
    return switch (node) {
      case LogicalProject project -> anyRow(project.getInput());
      case Aggregate aggregate when aggregate.getGroupCount() > 0 && !aggregate.hasEmptyGroup() ->
          anyRow(aggregate.getInput());
      case LogicalSort sort when keepsSomeRow(sort) -> anyRow(sort.getInput());
      default -> node;
    };
  }

  private static boolean keepsSomeRow(Sort sort) {
    return sort.offset == null
        && (sort.fetch == null
            || sort.fetch instanceof RexLiteral fetch && RexLiteral.intValue(fetch) > 0);
  }

  /// A pulled condition over the join of the outer row and the subquery's row.
  static RexNode toJoinCondition(RexBuilder builder, RexNode condition, RelNode outer, int shift) {
    return condition.accept(
        new RexShuttle() {
          @Override
          public RexNode visitFieldAccess(RexFieldAccess access) {
            return access.getReferenceExpr() instanceof RexCorrelVariable
                ? builder.makeInputRef(outer, access.getField().getIndex())
                : super.visitFieldAccess(access);
          }

          @Override
          public RexNode visitInputRef(RexInputRef reference) {
            return builder.makeInputRef(reference.getType(), reference.getIndex() + shift);
          }
        });
  }

  /// True if an expression somewhere in the tree holds a subquery.
  static boolean hasSubqueries(RelNode node) {
    return hasOwnSubqueries(node) || node.getInputs().stream().anyMatch(Correlation::hasSubqueries);
  }

  static boolean hasOwnSubqueries(RelNode node) {
    Finder finder = new Finder();
    node.accept(finder);
    return finder.subquery;
  }

  /// True if the tree reads a row from around it.
  static boolean isCorrelated(RelNode node) {
    return !freeVariables(node).isEmpty();
  }

  private static boolean isCorrelated(RexNode expression) {
    return !variablesOf(List.of(expression)).isEmpty();
  }

  /// The variables that a tree reads and does not set itself.
  private static Set<CorrelationId> freeVariables(RelNode node) {
    Finder finder = new Finder();
    node.accept(finder);
    Set<CorrelationId> free = finder.variables;
    free.removeAll(node.getVariablesSet());
    for (RelNode input : node.getInputs()) {
      free.addAll(freeVariables(input));
    }
    return free;
  }

  private static Set<CorrelationId> variablesOf(List<RexNode> conditions) {
    Finder finder = new Finder();
    conditions.forEach(condition -> condition.accept(finder));
    return finder.variables;
  }

  /// Collects the correlation variables that expressions read from outside, those of subqueries in
  /// them included.
  private static final class Finder extends RexShuttle {
    final Set<CorrelationId> variables = new HashSet<>();
    boolean subquery;

    @Override
    public RexNode visitCorrelVariable(RexCorrelVariable variable) {
      variables.add(variable.id);
      return variable;
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery call) {
      subquery = true;
      variables.addAll(freeVariables(call.rel));
      return super.visitSubQuery(call);
    }
  }

  private record Puller(RexBuilder builder, RelNode outer, Set<CorrelationId> variables) {
    @Nullable Pulled pull(RelNode node) {
      if (!isCorrelated(node)) {
        return new Pulled(node, List.of());
      }
      return switch (node) {
        case LogicalFilter filter -> pullFilter(filter);
        case LogicalProject project -> pullProject(project);
        case LogicalJoin join -> pullJoin(join);
        case Unnest unnest -> pullUnnest(unnest);
        case LogicalSort sort when sort.offset == null && sort.fetch == null ->
            pull(sort.getInput());
        default -> null;
      };
    }

    private @Nullable Pulled pullFilter(LogicalFilter filter) {
      if (hasOwnSubqueries(filter)) {
        return null;
      }
      Pulled below = pull(filter.getInput());
      if (below == null) {
        return null;
      }
      List<RexNode> kept = new ArrayList<>();
      List<RexNode> conditions = new ArrayList<>(below.conditions());
      for (RexNode conjunct : Conjunction.conjuncts(filter.getCondition())) {
        (isCorrelated(conjunct) ? conditions : kept).add(conjunct);
      }
      return new Pulled(Conjunction.filter(builder, below.node(), kept), conditions);
    }

    private @Nullable Pulled pullProject(LogicalProject project) {
      Pulled below = pull(project.getInput());
      if (below == null
          || RexOver.containsOver(project.getProjects(), null)
          || RexUtil.SubQueryFinder.find(project.getProjects()) != null
          || project.getProjects().stream().anyMatch(Correlation::isCorrelated)) {
        return null;
      }
      List<RexNode> expressions = new ArrayList<>(project.getProjects());
      List<String> names = new ArrayList<>(project.getRowType().getFieldNames());
      List<RexNode> conditions = moveUp(below.conditions(), below.node(), expressions, names);
      return new Pulled(
          LogicalProject.create(below.node(), List.of(), expressions, names, Set.of()), conditions);
    }

    /// The elements of an outer row's arrays are those of each different array that an outer row
    /// has, the array beside them, to be found again by. One that is NULL has none.
    private @Nullable Pulled pullUnnest(Unnest unnest) {
      Pulled below = pull(unnest.getInput());
      List<Integer> read = new ArrayList<>();
      if (below == null || !collect(unnest.value(), read)) {
        return null;
      }
      RelNode input = below.node();
      List<RexNode> conditions = new ArrayList<>(below.conditions());
      int first = input.getRowType().getFieldCount();
      RexNode value = unnest.value();
      if (!read.isEmpty()) {
        RelNode arrays = different(read);
        input =
            LogicalJoin.create(
                input, arrays, List.of(), builder.makeLiteral(true), Set.of(), JoinRelType.INNER);
        value = value.accept(new Beside(read, input, first));
        for (int i = 0; i < read.size(); i++) {
          conditions.add(
              builder.makeCall(
                  SqlStdOperatorTable.EQUALS,
                  access(unnest.value(), read.get(i)),
                  builder.makeInputRef(input, first + i)));
        }
      }
      RelNode rows = unnest.over(input, value);
      int width = unnest.getInput().getRowType().getFieldCount();
      List<RexNode> expressions = new ArrayList<>();
      for (int i = 0; i < unnest.getRowType().getFieldCount(); i++) {
        int at = i < width ? i : i - width + input.getRowType().getFieldCount();
        expressions.add(builder.makeInputRef(rows, at));
      }
      List<String> names = new ArrayList<>(unnest.getRowType().getFieldNames());
      List<RexNode> above = moveUp(conditions, rows, expressions, names);
      return new Pulled(
          LogicalProject.create(rows, List.of(), expressions, names, Set.of()), above);
    }

    /// The different values of some of the outer rows' fields.
    private RelNode different(List<Integer> fields) {
      List<RexNode> values = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (int field : fields) {
        values.add(builder.makeInputRef(outer, field));
        names.add("outer_" + field);
      }
      RelNode projected = LogicalProject.create(outer, List.of(), values, names, Set.of());
      ImmutableBitSet all = ImmutableBitSet.range(fields.size());
      return LogicalAggregate.create(projected, List.of(), all, null, List.of());
    }

    /// Adds the outer fields that an expression reads; false if some are of another row.
    private boolean collect(RexNode expression, List<Integer> fields) {
      Set<CorrelationId> others = new HashSet<>();
      expression.accept(
          new RexShuttle() {
            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
              if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
                int field = access.getField().getIndex();
                if (!variables.contains(variable.id)) {
                  others.add(variable.id);
                } else if (!fields.contains(field)) {
                  fields.add(field);
                }
                return access;
              }
              return super.visitFieldAccess(access);
            }
          });
      return others.isEmpty();
    }

    /// The access of an outer field as the expression has it.
    private static RexNode access(RexNode expression, int field) {
      List<RexNode> found = new ArrayList<>();
      expression.accept(
          new RexShuttle() {
            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
              if (access.getReferenceExpr() instanceof RexCorrelVariable
                  && access.getField().getIndex() == field) {
                found.add(access);
              }
              return super.visitFieldAccess(access);
            }
          });
      return found.getFirst();
    }

    /// Replaces outer fields by columns that have the same values.
    private final class Beside extends RexShuttle {
      private final List<Integer> fields;
      private final RelNode rows;
      private final int first;

      Beside(List<Integer> fields, RelNode rows, int first) {
        this.fields = fields;
        this.rows = rows;
        this.first = first;
      }

      @Override
      public RexNode visitFieldAccess(RexFieldAccess access) {
        return access.getReferenceExpr() instanceof RexCorrelVariable
            ? builder.makeInputRef(rows, first + fields.indexOf(access.getField().getIndex()))
            : super.visitFieldAccess(access);
      }
    }

    /// Appends to a projection the fields that conditions read, and points the conditions there.
    private List<RexNode> moveUp(
        List<RexNode> conditions, RelNode input, List<RexNode> expressions, List<String> names) {
      int[] targets = new int[input.getRowType().getFieldCount()];
      Arrays.fill(targets, FieldMapping.GONE);
      for (int column : Conjunction.columns(conditions)) {
        RexNode reference = builder.makeInputRef(input, column);
        int at = expressions.indexOf(reference);
        if (at < 0) {
          at = expressions.size();
          expressions.add(reference);
          names.add(input.getRowType().getFieldNames().get(column));
        }
        targets[column] = at;
      }
      return conditions.stream()
          .map(
              condition ->
                  condition.accept(
                      new RexShuttle() {
                        @Override
                        public RexNode visitInputRef(RexInputRef reference) {
                          return new RexInputRef(
                              targets[reference.getIndex()], reference.getType());
                        }
                      }))
          .toList();
    }

    private @Nullable Pulled pullJoin(LogicalJoin join) {
      boolean inner = join.getJoinType() == JoinRelType.INNER;
      if (hasOwnSubqueries(join)
          || !inner && (isCorrelated(join.getRight()) || isCorrelated(join.getCondition()))
          || join.getJoinType().generatesNullsOnLeft()) {
        return null;
      }
      Pulled left = pull(join.getLeft());
      Pulled right = pull(join.getRight());
      if (left == null || right == null) {
        return null;
      }
      return join.getJoinType().projectsRight()
          ? joinBoth(join, left, right)
          : new Pulled(
              LogicalJoin.create(
                  left.node(),
                  right.node(),
                  List.of(),
                  shifted(join, left.node(), join.getCondition()),
                  Set.of(),
                  join.getJoinType()),
              left.conditions());
    }

    private Pulled joinBoth(LogicalJoin join, Pulled left, Pulled right) {
      int oldLeft = join.getLeft().getRowType().getFieldCount();
      int newLeft = left.node().getRowType().getFieldCount();
      List<RexNode> kept = new ArrayList<>();
      List<RexNode> conditions = new ArrayList<>(left.conditions());
      for (RexNode conjunct : Conjunction.conjuncts(join.getCondition())) {
        RexNode moved = shifted(join, left.node(), conjunct);
        (isCorrelated(moved) ? conditions : kept).add(moved);
      }
      RelNode joined =
          LogicalJoin.create(
              left.node(),
              right.node(),
              List.of(),
              RexUtil.composeConjunction(builder, kept),
              Set.of(),
              join.getJoinType());
      for (RexNode condition : right.conditions()) {
        conditions.add(RexUtil.shift(condition, newLeft));
      }
      List<RexNode> expressions = new ArrayList<>();
      for (int i = 0; i < join.getRowType().getFieldCount(); i++) {
        expressions.add(builder.makeInputRef(joined, i < oldLeft ? i : i - oldLeft + newLeft));
      }
      List<String> names = new ArrayList<>(join.getRowType().getFieldNames());
      List<RexNode> above = moveUp(conditions, joined, expressions, names);
      return new Pulled(
          LogicalProject.create(joined, List.of(), expressions, names, Set.of()), above);
    }

    /// The condition of a join whose left side has got more fields.
    private static RexNode shifted(LogicalJoin join, RelNode newLeft, RexNode condition) {
      int oldLeft = join.getLeft().getRowType().getFieldCount();
      int by = newLeft.getRowType().getFieldCount() - oldLeft;
      return by == 0 ? condition : RexUtil.shift(condition, oldLeft, by);
    }
  }
}
