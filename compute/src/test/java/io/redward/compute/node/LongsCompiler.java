package io.redward.compute.node;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.LongVector;
import io.redward.plan.run.SegmentProfile;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.runtime.row.RowWriter;
import io.redward.runtime.segment.CompiledSegment;
import io.redward.runtime.segment.SegmentCompiler;
import io.redward.runtime.segment.SegmentContext;
import io.redward.runtime.segment.SegmentProgram;
import java.util.function.LongConsumer;

/// Stands in for code generation: segments without transforms whose rows are one BIGINT column that
/// is never NULL. Each value is shown to a watcher on its way.
final class LongsCompiler implements SegmentCompiler {
  private final LongConsumer watcher;

  LongsCompiler(LongConsumer watcher) {
    this.watcher = watcher;
  }

  @Override
  public CompiledSegment compile(PhysicalPlan plan, Segment segment) {
    boolean buffered = segment.sink() instanceof SinkStep.Sort;
    return new CompiledSegment(
        () -> new Longs(watcher, buffered), SegmentProfile.Code.CACHED, false, () -> "");
  }

  private static final class Longs extends SegmentProgram {
    private final LongConsumer watcher;
    private final boolean buffered;

    @SuppressWarnings("NullAway.Init") // open() comes first
    private SegmentContext context;

    Longs(LongConsumer watcher, boolean buffered) {
      this.watcher = watcher;
      this.buffered = buffered;
    }

    @Override
    public void open(SegmentContext context) {
      this.context = context;
    }

    @Override
    public void process(Batch batch) {
      long[] values = ((LongVector) batch.vectors[0]).values;
      for (int i = 0; i < batch.selectedCount; i++) {
        long value = values[batch.row(i)];
        watcher.accept(value);
        put(value);
        sinkRows++;
      }
    }

    private void put(long value) {
      if (buffered) {
        RowWriter writer = (RowWriter) context.part(0);
        int row = writer.next();
        writer.page[row] = value;
        return;
      }
      Batch output = context.output();
      ((LongVector) output.vectors[0]).values[output.selectedCount++] = value;
      if (output.selectedCount == output.capacity()) {
        context.flush();
      }
    }

    @Override
    public void finish() {
      if (!buffered && context.output().selectedCount > 0) {
        context.flush();
      }
    }
  }
}
