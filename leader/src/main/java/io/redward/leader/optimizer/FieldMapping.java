package io.redward.leader.optimizer;

import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.util.ImmutableBitSet;

/// Where each field of a row has gone in another row. Rewrites references, taking type and
/// nullability from where they point now.
final class FieldMapping extends RexShuttle {
  /// Marks a field that is no more.
  static final int GONE = -1;

  private final int[] targets;
  private final List<RelDataTypeField> fields;

  private FieldMapping(int[] targets, List<RelDataTypeField> fields) {
    this.targets = targets;
    this.fields = fields;
  }

  /// @param targets for each old field its position in the new row, or [#GONE]
  /// @param fields the new row
  static FieldMapping of(int[] targets, List<RelDataTypeField> fields) {
    return new FieldMapping(targets, fields);
  }

  /// Fields keep their places, types are taken from the row of `node`.
  static FieldMapping retype(RelNode node) {
    return shift(node.getRowType().getFieldList(), 0);
  }

  /// Fields move by `offset` to the left: an expression over a join becomes one over its right
  /// side.
  static FieldMapping shift(List<RelDataTypeField> fields, int offset) {
    int[] targets = new int[fields.size() + offset];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = i < offset ? GONE : i - offset;
    }
    return new FieldMapping(targets, fields);
  }

  int target(int field) {
    return targets[field];
  }

  int[] targets() {
    return targets.clone();
  }

  List<RexNode> applyAll(List<RexNode> expressions) {
    return expressions.stream().map(this::apply).toList();
  }

  ImmutableBitSet columns(ImmutableBitSet columns) {
    ImmutableBitSet.Builder mapped = ImmutableBitSet.builder();
    for (int column : columns) {
      mapped.set(targets[column]);
    }
    return mapped.build();
  }

  @Override
  public RexNode visitInputRef(RexInputRef reference) {
    int target = targets[reference.getIndex()];
    if (target == GONE) {
      throw new IllegalStateException("field " + reference + " is used but was dropped");
    }
    return new RexInputRef(target, fields.get(target).getType());
  }
}
