package io.redward.leader.optimizer;

import com.google.common.collect.Range;
import io.redward.foundation.types.SqlType;
import io.redward.leader.relational.CalciteTypes;
import io.redward.leader.relational.CatalogFunction;
import io.redward.leader.relational.Literals;
import io.redward.plan.expression.Constant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.Sarg;

/// Estimates what fraction of an operator's rows a condition keeps.
final class Selectivity {
  private static final double UNKNOWN = 1.0 / 3;
  private static final double UNKNOWN_EQUALITY = 0.1;
  private static final double SMALLEST = 1e-9;

  private final Cardinality cardinality;
  private final RelNode input;

  Selectivity(Cardinality cardinality, RelNode input) {
    this.cardinality = cardinality;
    this.input = input;
  }

  double of(RexNode condition) {
    return Math.clamp(estimate(condition), SMALLEST, 1);
  }

  private double estimate(RexNode condition) {
    if (condition.isAlwaysTrue()) {
      return 1;
    }
    if (condition.isAlwaysFalse()) {
      return SMALLEST;
    }
    if (!(condition instanceof RexCall call)) {
      return condition instanceof RexLiteral ? SMALLEST : 0.5;
    }
    return switch (call.getKind()) {
      case AND -> conjunction(Conjunction.conjuncts(call));
      case OR -> disjunction(call.getOperands());
      case NOT -> 1 - of(call.getOperands().get(0));
      case IS_TRUE, IS_NOT_FALSE -> of(call.getOperands().get(0));
      case IS_FALSE, IS_NOT_TRUE -> 1 - of(call.getOperands().get(0));
      case IS_NULL -> nullFraction(call.getOperands().get(0));
      case IS_NOT_NULL -> 1 - nullFraction(call.getOperands().get(0));
      case SEARCH -> search(call);
      case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          comparison(call);
      default -> function(call);
    };
  }

  /// Conditions are taken to depend on each other the more of them there are: the strongest counts
  /// in full, the next by its square root, and so on.
  private double conjunction(List<RexNode> conjuncts) {
    List<RexNode> merged = new RangeMerger().merge(conjuncts);
    double[] each = merged.stream().mapToDouble(this::of).sorted().toArray();
    double product = 1;
    double exponent = 1;
    for (double selectivity : each) {
      product *= Math.pow(selectivity, exponent);
      exponent /= 2;
    }
    return product * rangePairs(conjuncts, merged);
  }

  /// The factor of pairs like `a >= 1 AND a < 5` that were taken out of the list: both bounds of
  /// one column are one interval, not two conditions.
  private double rangePairs(List<RexNode> conjuncts, List<RexNode> rest) {
    if (rest.size() == conjuncts.size()) {
      return 1;
    }
    double product = 1;
    List<RexNode> ranges = new ArrayList<>(conjuncts);
    ranges.removeAll(rest);
    for (int i = 0; i + 1 < ranges.size(); i += 2) {
      product *= Math.max(0.001, of(ranges.get(i)) + of(ranges.get(i + 1)) - 1);
    }
    return product;
  }

  private double disjunction(List<RexNode> branches) {
    double none = 1;
    for (RexNode branch : branches) {
      none *= 1 - of(branch);
    }
    return 1 - none;
  }

  private ColumnProfile profile(RexNode expression) {
    return cardinality.ofExpression(input, expression);
  }

  private double nullFraction(RexNode expression) {
    return expression.getType().isNullable()
        ? Math.max(0.01, profile(expression).nullFraction())
        : 0;
  }

  private double search(RexCall call) {
    RexNode operand = call.getOperands().get(0);
    Sarg<?> sarg = ((RexLiteral) call.getOperands().get(1)).getValueAs(Sarg.class);
    if (sarg == null) {
      return UNKNOWN;
    }
    double equality = equality(operand);
    ValuePosition position = new ValuePosition(profile(operand));
    if (sarg.isComplementedPoints()) {
      return 1 - Math.min(0.9, points(sarg.negate(), operand, position, equality));
    }
    double sum = points(sarg, operand, position, equality);
    for (Range<?> range : sarg.rangeSet.asRanges()) {
      boolean point =
          range.hasLowerBound()
              && range.hasUpperBound()
              && range.lowerEndpoint().equals(range.upperEndpoint());
      if (!point) {
        sum += position.fraction(range, CalciteTypes.sqlType(operand.getType()), UNKNOWN);
      }
    }
    return Math.min(1, sum) * (1 - profile(operand).nullFraction());
  }

  /// The fraction of present values that are one of a search argument's single values.
  private static double points(
      Sarg<?> sarg, RexNode operand, ValuePosition position, double equality) {
    double sum = 0;
    for (Range<?> range : sarg.rangeSet.asRanges()) {
      boolean point =
          range.hasLowerBound()
              && range.hasUpperBound()
              && range.lowerEndpoint().equals(range.upperEndpoint());
      if (point) {
        sum +=
            position
                .equal(range.lowerEndpoint(), CalciteTypes.sqlType(operand.getType()))
                .orElse(equality);
      }
    }
    return sum;
  }

  /// The fraction of rows that have one certain value.
  private double equality(RexNode operand) {
    return operand instanceof RexInputRef
        ? (1 - profile(operand).nullFraction()) / Math.max(1, profile(operand).distinct())
        : Math.max(1 / Math.max(1, profile(operand).distinct()), UNKNOWN_EQUALITY / 5);
  }

  private double comparison(RexCall call) {
    RexNode a = call.getOperands().get(0);
    RexNode b = call.getOperands().get(1);
    boolean mirrored = isConstant(a) && !isConstant(b);
    RexNode operand = mirrored ? b : a;
    RexNode other = mirrored ? a : b;
    SqlKind kind = mirrored ? call.getKind().reverse() : call.getKind();
    if (!isConstant(other)) {
      return ofColumns(kind, operand, other);
    }
    if (kind == SqlKind.EQUALS) {
      return equalsConstant(operand, other);
    }
    if (kind == SqlKind.NOT_EQUALS) {
      return 1 - Math.min(0.99, equalsConstant(operand, other));
    }
    if (!(other instanceof RexLiteral literal) || literal.isNull()) {
      return UNKNOWN;
    }
    Constant constant = Literals.constant(literal);
    ValuePosition position = new ValuePosition(profile(operand));
    SqlType type = CalciteTypes.sqlType(literal.getType());
    SqlType column = CalciteTypes.sqlType(operand.getType());
    double below = position.below(constant, type, column);
    if (Double.isNaN(below)) {
      return UNKNOWN;
    }
    double equal = position.equal(constant, type, column).orElse(0);
    double kept =
        switch (kind) {
          case LESS_THAN -> below;
          case LESS_THAN_OR_EQUAL -> below + equal;
          case GREATER_THAN -> 1 - below - equal;
          default -> 1 - below;
        };
    return Math.max(equality(operand) / 2, Math.min(1, kept));
  }

  private double equalsConstant(RexNode operand, RexNode other) {
    if (other instanceof RexLiteral literal
        && !literal.isNull()
        && operand instanceof RexInputRef) {
      ValuePosition position = new ValuePosition(profile(operand));
      Constant constant = Literals.constant(literal);
      SqlType type = CalciteTypes.sqlType(literal.getType());
      SqlType column = CalciteTypes.sqlType(operand.getType());
      if (position.isOutside(constant, type, column)) {
        return SMALLEST;
      }
      double present = 1 - profile(operand).nullFraction();
      return position.equal(constant, type, column).orElse(1 / profile(operand).distinct())
          * present;
    }
    return equality(operand);
  }

  private double ofColumns(SqlKind kind, RexNode a, RexNode b) {
    double values = Math.max(profile(a).distinct(), profile(b).distinct());
    return switch (kind) {
      case EQUALS -> 1 / Math.max(1, values);
      case NOT_EQUALS -> 1 - 1 / Math.max(2, values);
      default -> JoinEstimate.OTHER_CONDITION;
    };
  }

  private static boolean isConstant(RexNode expression) {
    return Conjunction.columns(expression).isEmpty();
  }

  private double function(RexCall call) {
    if (!(call.getOperator() instanceof CatalogFunction function)) {
      return UNKNOWN;
    }
    return switch (function.id()) {
      case "like", "ilike" -> pattern(call);
      case "similar_to", "posix_regex" -> 0.1;
      default -> UNKNOWN;
    };
  }

  /// Each stretch of literal characters in a pattern makes it rarer.
  private static double pattern(RexCall call) {
    if (!(call.getOperands().get(1) instanceof RexLiteral literal) || literal.isNull()) {
      return 0.1;
    }
    String pattern = String.valueOf(literal.getValueAs(String.class));
    long parts = Arrays.stream(pattern.split("[%_]+")).filter(part -> !part.isEmpty()).count();
    if (parts == 0) {
      return 1;
    }
    double first = pattern.startsWith("%") ? 0.08 : 0.04;
    return Math.max(0.002, first * Math.pow(0.3, parts - 1));
  }

  /// How many values of a column a filter leaves: as many as it equates the column with.
  double valuesLeft(RexNode condition, int column) {
    double left = Double.MAX_VALUE;
    for (RexNode conjunct : Conjunction.conjuncts(condition)) {
      if (conjunct instanceof RexCall call
          && !call.getOperands().isEmpty()
          && call.getOperands().get(0) instanceof RexInputRef reference
          && reference.getIndex() == column) {
        left = Math.min(left, valuesLeft(call));
      }
    }
    return left;
  }

  private double valuesLeft(RexCall call) {
    if (call.isA(SqlKind.EQUALS) && isConstant(call.getOperands().get(1))) {
      return 1;
    }
    if (call.isA(SqlKind.SEARCH)) {
      Sarg<?> sarg = ((RexLiteral) call.getOperands().get(1)).getValueAs(Sarg.class);
      if (sarg != null && sarg.isPoints()) {
        return sarg.pointCount;
      }
      return Math.max(1, profile(call.getOperands().get(0)).distinct() * search(call));
    }
    return Double.MAX_VALUE;
  }

  /// Takes pairs of a lower and an upper bound of one column out of a list of conjuncts.
  private static final class RangeMerger {
    List<RexNode> merge(List<RexNode> conjuncts) {
      boolean[] paired = new boolean[conjuncts.size()];
      for (int i = 0; i < paired.length; i++) {
        for (int j = i + 1; j < paired.length && !paired[i] && isBound(conjuncts.get(i)); j++) {
          if (!paired[j] && isPair(conjuncts.get(i), conjuncts.get(j))) {
            paired[i] = true;
            paired[j] = true;
          }
        }
      }
      List<RexNode> rest = new ArrayList<>();
      for (int i = 0; i < paired.length; i++) {
        if (!paired[i]) {
          rest.add(conjuncts.get(i));
        }
      }
      return rest;
    }

    private static boolean isPair(RexNode a, RexNode b) {
      return a instanceof RexCall x
          && b instanceof RexCall y
          && isBound(x)
          && isBound(y)
          && isLower(x) != isLower(y)
          && x.getOperands().get(0).equals(y.getOperands().get(0));
    }

    private static boolean isLower(RexCall call) {
      return call.isA(SqlKind.GREATER_THAN) || call.isA(SqlKind.GREATER_THAN_OR_EQUAL);
    }

    private static boolean isBound(RexNode node) {
      return node instanceof RexCall call
          && (isLower(call) || call.isA(SqlKind.LESS_THAN) || call.isA(SqlKind.LESS_THAN_OR_EQUAL))
          && call.getOperands().get(1) instanceof RexLiteral;
    }
  }
}
