package io.redward.leader.physical;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/// What the builders of one statement's operators share: how to convert an input, row estimates,
/// and the next state id.
final class Conversion {
  /// Converts an operator of the algebra.
  interface Inputs {
    /// @param needed fields that must be in the result
    Placed convert(RelNode rel, ImmutableBitSet needed);
  }

  private final PhysicalContext context;
  private final RelMetadataQuery metadata;
  private final Inputs inputs;
  private final Dependencies dependencies = new Dependencies();
  private int states;

  Conversion(PhysicalContext context, RelMetadataQuery metadata, Inputs inputs) {
    this.context = context;
    this.metadata = metadata;
    this.inputs = inputs;
  }

  PhysicalContext context() {
    return context;
  }

  Placed convert(RelNode rel, ImmutableBitSet needed) {
    return inputs.convert(rel, needed);
  }

  Dependencies dependencies() {
    return dependencies;
  }

  int newState() {
    return states++;
  }

  int stateCount() {
    return states;
  }

  /// Expected rows, at least 1.
  double rows(RelNode rel) {
    @Nullable Double rows = metadata.getRowCount(rel);
    return rows == null || rows.isNaN() || rows < 1 ? 1 : rows;
  }

  /// True if these fields identify a row.
  boolean isUnique(RelNode rel, ImmutableBitSet fields) {
    return Boolean.TRUE.equals(metadata.areColumnsUnique(rel, fields));
  }

  /// True if there is never more than one row.
  boolean isSingleRow(RelNode rel) {
    @Nullable Double most = metadata.getMaxRowCount(rel);
    return most != null && most <= 1;
  }
}
