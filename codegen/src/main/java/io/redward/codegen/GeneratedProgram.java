package io.redward.codegen;

import io.redward.foundation.batch.Batch;
import io.redward.runtime.segment.SegmentContext;
import io.redward.runtime.segment.SegmentProgram;
import java.util.List;

/// What all generated classes extend: binds their fields and hands full output batches over.
public abstract class GeneratedProgram extends SegmentProgram {
  private List<FieldValue> values = List.of();
  private SegmentContext context = Unbound.INSTANCE;
  private boolean writesOutput;

  /// Public because hidden classes count as another nest.
  public GeneratedProgram() {}

  final GeneratedProgram with(List<FieldValue> values, boolean writesOutput) {
    this.values = values;
    this.writesOutput = writesOutput;
    return this;
  }

  @Override
  public final void open(SegmentContext context) {
    this.context = context;
    Object[] bound = new Object[values.size()];
    for (int i = 0; i < bound.length; i++) {
      bound[i] = values.get(i).resolve(context);
    }
    bind(bound);
  }

  /// Sets the generated fields, in order.
  public abstract void bind(Object[] values);

  /// Called by generated code after it has written a row to `output`.
  public final void written(Batch output) {
    output.selectedCount++;
    if (output.selectedCount == output.capacity()) {
      context.flush();
    }
  }

  @Override
  public final void finish() {
    if (writesOutput && context.output().selectedCount > 0) {
      context.flush();
    }
  }
}
