package io.redward.compute.node;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.Vector;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.TransformStep;
import io.redward.runtime.segment.CompiledSegment;
import io.redward.runtime.segment.SegmentContext;
import io.redward.runtime.segment.SegmentProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A program for segments that put a table's columns into another table as they are: the batches
/// that the scan yields are what the sink takes, so that no row is copied on the way.
final class PassingProgram extends SegmentProgram {
  private final int[] fields;
  private final Batch passed;
  private @Nullable WorkerContext context;

  private PassingProgram(int[] fields) {
    this.fields = fields;
    passed = Batch.over(new Vector[fields.length], Batch.CAPACITY);
  }

  /// `compiled` itself if the segment computes anything.
  static CompiledSegment wrap(Segment segment, CompiledSegment compiled) {
    return fields(segment)
        .map(
            fields ->
                new CompiledSegment(
                    () -> new PassingProgram(fields),
                    compiled.made(),
                    compiled.cached(),
                    compiled.code()))
        .orElse(compiled);
  }

  /// Which of the scan's fields the sink's are; empty if any is something else.
  private static Optional<int[]> fields(Segment segment) {
    if (!(segment.source() instanceof SourceStep.TableScan)
        || !(segment.sink() instanceof SinkStep.Insert)) {
      return Optional.empty();
    }
    List<Integer> fields = new ArrayList<>();
    for (int i = 0; i < segment.sinkInput().size(); i++) {
      fields.add(i);
    }
    for (TransformStep step : segment.transforms().reversed()) {
      if (!(step instanceof TransformStep.Project(List<Expression> expressions, _))) {
        return Optional.empty();
      }
      for (int i = 0; i < fields.size(); i++) {
        if (!(expressions.get(fields.get(i)) instanceof FieldRef field)) {
          return Optional.empty();
        }
        fields.set(i, field.index());
      }
    }
    return Optional.of(fields.stream().mapToInt(Integer::intValue).toArray());
  }

  @Override
  public void open(SegmentContext opened) {
    context = (WorkerContext) opened;
  }

  @Override
  public void process(Batch batch) {
    for (int i = 0; i < fields.length; i++) {
      passed.vectors[i] = batch.vectors[fields[i]];
    }
    passed.dense = batch.dense;
    passed.selectedCount = batch.selectedCount;
    if (!batch.dense) {
      System.arraycopy(batch.selection, 0, passed.selection, 0, batch.selectedCount);
    }
    sinkRows += batch.selectedCount;
    if (context != null && batch.selectedCount > 0) {
      context.pass(passed);
    }
  }

  @Override
  public void finish() {}
}
