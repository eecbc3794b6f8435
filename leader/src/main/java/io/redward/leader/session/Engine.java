package io.redward.leader.session;

import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Expression;
import io.redward.plan.run.PlanRunner;
import io.redward.plan.step.PhysicalPlan;
import io.redward.spi.Loader;
import io.redward.spi.Unloader;
import java.util.List;

/// What the leader needs of the rooms it cannot see, joined by whoever creates the parts.
///
/// @param runner runs plans
/// @param loader carries COPY out
/// @param unloader carries UNLOAD out
/// @param evaluation computes expressions without fields: constant folding, parameters, defaults
/// @param codePrinter the programs of a plan's segments as text, for EXPLAIN (CODE)
public record Engine(
    PlanRunner runner,
    Loader loader,
    Unloader unloader,
    Evaluation evaluation,
    CodePrinter codePrinter) {
  /// The same with another runner.
  public Engine with(PlanRunner other) {
    return new Engine(other, loader, unloader, evaluation, codePrinter);
  }

  /// Computes expressions without fields.
  @FunctionalInterface
  public interface Evaluation {
    Constant evaluate(Expression expression, List<Constant> parameters);
  }

  /// Prints generated code.
  @FunctionalInterface
  public interface CodePrinter {
    List<String> print(PhysicalPlan plan);
  }
}
