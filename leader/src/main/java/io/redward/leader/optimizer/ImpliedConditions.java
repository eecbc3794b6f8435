package io.redward.leader.optimizer;

import io.redward.foundation.types.SqlType;
import io.redward.leader.relational.CalciteTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/// Conditions on one side of a join that follow from the join's condition and from what is known of
/// the other side. Adding them changes no answer and lets scans drop rows early.
final class ImpliedConditions {
  private final RexBuilder builder;
  private final PushFilters.JoinSides sides;
  private final JoinRelType type;

  ImpliedConditions(RexBuilder builder, PushFilters.JoinSides sides, JoinRelType type) {
    this.builder = builder;
    this.sides = sides;
    this.type = type;
  }

  private boolean mayFilterLeft() {
    return type == JoinRelType.INNER || type == JoinRelType.SEMI;
  }

  private boolean mayFilterRight() {
    return type == JoinRelType.INNER
        || type == JoinRelType.SEMI
        || type == JoinRelType.LEFT
        || type == JoinRelType.ANTI;
  }

  /// From `(a = 1 AND b = 2) OR (a = 3 AND b = 4)` over both sides: `a IN (1, 3)` for the side of
  /// `a`, `b IN (2, 4)` for the side of `b`. TPC-H 7 and 19 live by it.
  void fromDisjunctions(Set<RexNode> condition, Set<RexNode> left, Set<RexNode> right) {
    for (RexNode conjunct : condition) {
      if (!conjunct.isA(SqlKind.OR)) {
        continue;
      }
      if (mayFilterLeft()) {
        part(conjunct, sides::isLeft).ifPresent(left::add);
      }
      if (mayFilterRight()) {
        part(conjunct, sides::isRight).map(sides::overRight).ifPresent(right::add);
      }
    }
  }

  /// What every branch of an OR says of one side, if every branch says something.
  private Optional<RexNode> part(RexNode disjunction, Predicate<RexNode> onSide) {
    List<RexNode> branches = new ArrayList<>();
    for (RexNode branch : RelOptUtil.disjunctions(disjunction)) {
      List<RexNode> said = Conjunction.conjuncts(branch).stream().filter(onSide).toList();
      if (said.isEmpty()) {
        return Optional.empty();
      }
      branches.add(RexUtil.composeConjunction(builder, said));
    }
    return Optional.of(RexUtil.composeDisjunction(builder, branches));
  }

  /// From `l.x = r.y` and a comparison of `l.x` with a constant: the same comparison of `r.y`; and
  /// the other way round.
  void fromEqualities(Set<RexNode> condition, Set<RexNode> left, Set<RexNode> right) {
    KnownConditions known = new KnownConditions();
    List<RexNode> ofLeft = new ArrayList<>(left);
    ofLeft.addAll(known.of(sides.join().getLeft()));
    List<RexNode> ofRight = new ArrayList<>(right);
    ofRight.addAll(known.of(sides.join().getRight()));
    for (RexNode conjunct : condition) {
      if (!(conjunct instanceof RexCall call)
          || !call.isA(SqlKind.EQUALS)
          || !(call.getOperands().get(0) instanceof RexInputRef a)
          || !(call.getOperands().get(1) instanceof RexInputRef b)
          || !sameFamily(a, b)) {
        continue;
      }
      RexInputRef x = a.getIndex() < b.getIndex() ? a : b;
      RexInputRef y = x == a ? b : a;
      if (x.getIndex() >= sides.leftCount() || y.getIndex() < sides.leftCount()) {
        continue;
      }
      RexInputRef inRight = (RexInputRef) sides.overRight(y);
      if (mayFilterRight()) {
        transfer(ofLeft, x, inRight, ofRight, right);
      }
      if (mayFilterLeft()) {
        transfer(ofRight, inRight, x, ofLeft, left);
      }
    }
  }

  /// From `l.x = r.y`, where an outer join below makes `l.x` NULL for rows without a partner: `l.x
  /// IS NOT NULL`, which makes that join an inner one. The same for `r.y`.
  void fromMatches(Set<RexNode> condition, Set<RexNode> left, Set<RexNode> right) {
    int leftCount = sides.leftCount();
    for (RexNode conjunct : condition) {
      if (!(conjunct instanceof RexCall call) || !call.isA(SqlKind.EQUALS)) {
        continue;
      }
      for (RexNode operand : call.getOperands()) {
        if (!(operand instanceof RexInputRef column)) {
          continue;
        }
        boolean isLeft = column.getIndex() < leftCount;
        int place = isLeft ? column.getIndex() : column.getIndex() - leftCount;
        RelNode side = isLeft ? sides.join().getLeft() : sides.join().getRight();
        if ((isLeft ? mayFilterLeft() : mayFilterRight()) && isPadded(side, place)) {
          RexNode there = isLeft ? column : sides.overRight(column);
          (isLeft ? left : right).add(builder.makeCall(SqlStdOperatorTable.IS_NOT_NULL, there));
        }
      }
    }
  }

  /// True if an outer join, with nothing but filters and projections above it, makes the column
  /// NULL for rows without a partner.
  private static boolean isPadded(RelNode node, int column) {
    return switch (node) {
      case Filter filter -> isPadded(filter.getInput(), column);
      case Project project ->
          project.getProjects().get(column) instanceof RexInputRef below
              && isPadded(project.getInput(), below.getIndex());
      case Join join -> {
        int width = join.getLeft().getRowType().getFieldCount();
        yield column < width
            ? join.getJoinType().generatesNullsOnLeft() || isPadded(join.getLeft(), column)
            : join.getJoinType().generatesNullsOnRight()
                || isPadded(join.getRight(), column - width);
      }
      default -> false;
    };
  }

  private static boolean sameFamily(RexNode a, RexNode b) {
    SqlType x = CalciteTypes.sqlType(a.getType());
    SqlType y = CalciteTypes.sqlType(b.getType());
    return x.kind() == y.kind() && x.scale() == y.scale();
  }

  private static void transfer(
      List<RexNode> known,
      RexInputRef from,
      RexInputRef to,
      List<RexNode> there,
      Set<RexNode> add) {
    UnaryOperator<RexNode> move =
        expression ->
            expression.accept(
                new RexShuttle() {
                  @Override
                  public RexNode visitInputRef(RexInputRef reference) {
                    return to;
                  }
                });
    for (RexNode condition : known) {
      if (comparesColumn(condition, from.getIndex())) {
        RexNode moved = move.apply(condition);
        if (there.stream().noneMatch(other -> other.toString().equals(moved.toString()))) {
          add.add(moved);
        }
      }
    }
  }

  /// True for a comparison of this column with constants: the only conditions that hold alike for
  /// every value equal to the column's. (`'a' = 'a '`, but their lengths differ.)
  static boolean comparesColumn(RexNode condition, int column) {
    return condition instanceof RexCall call
        && switch (call.getKind()) {
          case EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL, SEARCH ->
              isColumn(call.getOperands().get(0), column) && isConstant(call.getOperands().get(1))
                  || isConstant(call.getOperands().get(0))
                      && isColumn(call.getOperands().get(1), column);
          case OR -> call.getOperands().stream().allMatch(branch -> comparesColumn(branch, column));
          default -> false;
        };
  }

  private static boolean isColumn(RexNode expression, int column) {
    return expression instanceof RexInputRef reference && reference.getIndex() == column;
  }

  private static boolean isConstant(RexNode expression) {
    return expression instanceof RexLiteral || expression instanceof RexDynamicParam;
  }
}
