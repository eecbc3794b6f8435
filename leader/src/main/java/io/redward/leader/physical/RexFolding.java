package io.redward.leader.physical;

import io.redward.foundation.base.SqlException;
import io.redward.leader.optimizer.ConstantFolder;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.Literal;
import io.redward.plan.expression.Parameter;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexUtil;

/// Folds constant expressions for the optimizer by lowering them as a plan would and computing them
/// with what computes plans' expressions.
public final class RexFolding implements ConstantFolder {
  /// Computes expressions without fields.
  @FunctionalInterface
  public interface Evaluation {
    Constant evaluate(Expression expression, List<Constant> parameters);
  }

  private final Evaluation evaluation;

  public RexFolding(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  @Override
  public Optional<Constant> fold(RexCall call) {
    if (!RexUtil.isConstant(call) || !RexUtil.isDeterministic(call)) {
      return Optional.empty();
    }
    try {
      Expression expression = new RexToExpression(List.of(), new int[0]).convert(call);
      if (holdsParameter(expression)) {
        return Optional.empty();
      }
      Constant value = evaluation.evaluate(expression, List.of());
      // A narrowed form is the expression's own affair; a literal has its type's.
      return expression.physical() == expression.type().physical() || value instanceof Constant.Null
          ? Optional.of(value)
          : Optional.empty();
    } catch (SqlException e) {
      return Optional.empty();
    }
  }

  private static boolean holdsParameter(Expression expression) {
    return expression instanceof Parameter
        || !(expression instanceof Literal)
            && expression.children().stream().anyMatch(RexFolding::holdsParameter);
  }
}
