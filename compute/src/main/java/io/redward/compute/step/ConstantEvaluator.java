package io.redward.compute.step;

import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Expression;
import java.util.List;

/// Computes expressions that see no fields: the rows of a VALUES list. Code generation implements
/// it next to its evaluator.
@FunctionalInterface
public interface ConstantEvaluator {
  Constant evaluate(Expression expression, List<Constant> parameters);
}
