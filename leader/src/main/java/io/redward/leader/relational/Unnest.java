package io.redward.leader.relational;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.plan.step.TransformStep.Unnest.Elements;
import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/// Each row once per element of a SUPER value that is computed from it: the input's fields, the
/// element, and its key. That the value may depend on the row is what sets it apart from a join;
/// nothing has to be decorrelated.
public final class Unnest extends SingleRel {
  private final RexNode value;
  private final Elements elements;
  private final boolean outer;

  /// @param value over the input's fields
  /// @param outer whether rows without elements stay, with NULLs
  public Unnest(RelNode input, RexNode value, Elements elements, boolean outer) {
    super(input.getCluster(), input.getTraitSet(), input);
    this.value = value;
    this.elements = elements;
    this.outer = outer;
  }

  public RexNode value() {
    return value;
  }

  public Elements elements() {
    return elements;
  }

  public boolean outer() {
    return outer;
  }

  /// The same over another input.
  public Unnest over(RelNode input, RexNode value) {
    return input == getInput() && value.equals(this.value)
        ? this
        : new Unnest(input, value, elements, outer);
  }

  @Override
  protected RelDataType deriveRowType() {
    RelDataTypeFactory factory = getCluster().getTypeFactory();
    RelDataTypeFactory.Builder row = factory.builder();
    row.addAll(getInput().getRowType().getFieldList());
    SqlType element = SqlType.of(TypeKind.SUPER);
    row.add("element", CalciteTypes.relType(factory, element, outer));
    boolean indexed = elements == Elements.ARRAY;
    SqlType key = indexed ? SqlType.BIGINT : element;
    row.add("key", CalciteTypes.relType(factory, key, indexed || outer));
    return row.build();
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return over(inputs.getFirst(), value);
  }

  @Override
  public RelNode accept(RexShuttle shuttle) {
    return over(getInput(), shuttle.apply(value));
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer)
        .item("value", value)
        .item("elements", elements)
        .item("outer", outer);
  }
}
