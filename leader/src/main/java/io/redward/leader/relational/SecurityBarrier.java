package io.redward.leader.relational;

import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;

/// The rows of a relation that a row-level security policy lets through. What is above it is
/// computed over no other rows, so that neither an error nor anything else tells of them: no
/// condition passes that could fail.
public final class SecurityBarrier extends SingleRel {
  private final String relation;

  /// @param relation the name of what is protected
  public SecurityBarrier(RelNode input, String relation) {
    super(input.getCluster(), input.getTraitSet(), input);
    this.relation = relation;
  }

  public String relation() {
    return relation;
  }

  public SecurityBarrier over(RelNode input) {
    return input == getInput() ? this : new SecurityBarrier(input, relation);
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new SecurityBarrier(inputs.getFirst(), relation);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("relation", relation);
  }
}
