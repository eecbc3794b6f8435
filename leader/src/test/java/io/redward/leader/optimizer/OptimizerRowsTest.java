package io.redward.leader.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.relational.PlannerContext;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.junit.jupiter.api.Test;

/// Optimized trees of random shape yield the rows of the trees as written.
final class OptimizerRowsTest {
  private static final int TREES = Integer.getInteger("redward.optimizer.trees", 400);
  private static final long FIRST = Long.getLong("redward.optimizer.first", 1);

  @Test
  void noPassChangesTheRows() {
    int compared = 0;
    for (long seed = FIRST; seed < FIRST + TREES; seed++) {
      compared += check(seed) ? 1 : 0;
    }
    assertThat(compared).isGreaterThan(TREES / 2);
  }

  private static boolean check(long seed) {
    PlannerContext context = PlannerContext.create();
    RandomTrees random = new RandomTrees(seed, context);
    RelNode tree = random.tree(1 + (int) (seed % 4));
    TreeInterpreter interpreter = new TreeInterpreter(context.rexBuilder(), random.data());
    Optional<List<String>> expected = rows(interpreter, tree);
    if (expected.isEmpty()) {
      return false;
    }
    StringBuilder trace = new StringBuilder("seed " + seed + "\n" + LogicalText.of(tree));
    RelNode optimized;
    try {
      optimized =
          new Optimizer(ConstantFolder.NONE)
              .optimize(
                  context,
                  tree,
                  (pass, node) -> trace.append(pass).append('\n').append(LogicalText.of(node)));
    } catch (SqlException refused) {
      // A window over correlated rows is refused, and rightly: see RemoveSubqueries.
      assertThat(refused.state()).as(trace::toString).isEqualTo(SqlState.FEATURE_NOT_SUPPORTED);
      return false;
    }
    assertThat(rows(interpreter, optimized)).as(trace::toString).isEqualTo(expected);
    return true;
  }

  /// The rows in some fixed order; empty if the tree fails, as a scalar subquery of two rows does.
  private static Optional<List<String>> rows(TreeInterpreter interpreter, RelNode tree) {
    try {
      return Optional.of(interpreter.run(tree).stream().map(Object::toString).sorted().toList());
    } catch (IllegalStateException tooManyRows) {
      return Optional.empty();
    }
  }
}
