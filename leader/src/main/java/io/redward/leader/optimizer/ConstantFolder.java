package io.redward.leader.optimizer;

import io.redward.plan.expression.Constant;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;

/// Works out an expression all of whose operands are literals. The optimizer knows no function;
/// what evaluates expressions is given to it.
public interface ConstantFolder {
  /// Folds nothing.
  ConstantFolder NONE = _ -> Optional.empty();

  /// The value in the physical form of the expression's type, or empty if it cannot be known now:
  /// the evaluation fails (the error belongs to execution, which may never come to it), the
  /// function is not deterministic, or nobody knows it.
  Optional<Constant> fold(RexCall expression);
}
