package io.redward.leader.physical;

import io.redward.plan.run.JoinMoves;
import io.redward.plan.step.PhysicalPlan;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A plan ready for execution, what it takes for granted, and how it came about.
public final class PlannedQuery {
  private final PhysicalPlan plan;
  private final PlanAssumptions assumptions;
  private final Operators operators;
  private final AtomicLong runs = new AtomicLong();

  /// Written once: every run's entry in the log has them.
  private volatile @Nullable List<String> lines;

  /// How a plan came about.
  private sealed interface Operators {
    record Tree(PhysicalNode root) implements Operators {}

    record Told(List<JoinUse> joins) implements Operators {}
  }

  PlannedQuery(PhysicalPlan plan, PlanAssumptions assumptions, PhysicalNode root) {
    this.plan = plan;
    this.assumptions = assumptions;
    operators = new Operators.Tree(root);
  }

  /// A plan of an earlier process, with what that knew of its operators.
  public PlannedQuery(
      PhysicalPlan plan, PlanAssumptions assumptions, List<String> lines, List<JoinUse> joins) {
    this.plan = plan;
    this.assumptions = assumptions;
    this.lines = List.copyOf(lines);
    operators = new Operators.Told(List.copyOf(joins));
  }

  public PhysicalPlan plan() {
    return plan;
  }

  public PlanAssumptions assumptions() {
    return assumptions;
  }

  /// Counts a run.
  ///
  /// @return how many there have been, this one included
  public long countRun() {
    return runs.incrementAndGet();
  }

  /// Stored columns that are joined on.
  public List<JoinUse> joins() {
    return switch (operators) {
      case Operators.Tree(PhysicalNode root) -> JoinUse.of(root);
      case Operators.Told(List<JoinUse> joins) -> joins;
    };
  }

  /// The lines of EXPLAIN.
  public List<String> explain() {
    List<String> known = lines;
    if (known == null) {
      known = List.copyOf(ExplainText.of(root(), true, JoinMoves.NONE));
      lines = known;
    }
    return known;
  }

  /// The lines of EXPLAIN, with the joins as they are run on several machines. Of a plan of an
  /// earlier process they are those that were written then.
  public List<String> explain(JoinMoves moves) {
    return moves.equals(JoinMoves.NONE) || !(operators instanceof Operators.Tree(PhysicalNode root))
        ? explain()
        : ExplainText.of(root, true, moves);
  }

  /// The lines of EXPLAIN of a query whose rows are stored in a new table.
  public List<String> explainStored(JoinMoves moves) {
    return ExplainText.of(root(), false, moves);
  }

  /// The lines of EXPLAIN (PHYSICAL): every operator with its expressions.
  public List<String> explainPhysical() {
    return PhysicalText.of(root());
  }

  private PhysicalNode root() {
    return switch (operators) {
      case Operators.Tree(PhysicalNode root) -> root;
      case Operators.Told _ ->
          throw new IllegalStateException("EXPLAIN plans anew and is given no plan of a cache");
    };
  }

  /// The lines of EXPLAIN (SEGMENTS): the plan as it is compiled.
  public List<String> explainSegments() {
    return SegmentsText.of(plan);
  }
}
