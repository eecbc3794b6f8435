package io.redward.compute.step;

import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.TransformStep;
import java.util.Arrays;
import java.util.List;

/// Finds the source fields that a segment reads, so that a scan need not decode the others.
public final class UsedFields {
  private final boolean[] used;

  private UsedFields(int fields) {
    used = new boolean[fields];
  }

  /// By field of the segment's source: whether a step reads it.
  public static boolean[] of(Segment segment) {
    UsedFields found = new UsedFields(segment.source().fields().size());
    for (TransformStep step : segment.transforms()) {
      if (found.transform(step)) {
        return found.used;
      }
    }
    found.sink(segment.sink());
    return found.used;
  }

  /// True if the steps behind this one see none of the source's fields.
  private boolean transform(TransformStep step) {
    switch (step) {
      case TransformStep.Filter filter -> expression(filter.condition());
      case TransformStep.Project project -> {
        project.expressions().forEach(this::expression);
        return true;
      }
      case TransformStep.Expand expand -> {
        expand.rows().forEach(row -> row.forEach(this::expression));
        return true;
      }
      case TransformStep.Probe probe -> {
        probe.keys().forEach(this::expression);
        probe.residual().ifPresent(this::expression);
      }
      case TransformStep.Unnest unnest -> expression(unnest.value());
      case TransformStep.NestedLoop loop -> loop.condition().ifPresent(this::expression);
    }
    return false;
  }

  private void sink(SinkStep sink) {
    switch (sink) {
      case SinkStep.Build build -> {
        build.keys().forEach(this::expression);
        build.payload().forEach(this::expression);
      }
      case SinkStep.Aggregate aggregate -> {
        aggregate.keys().forEach(this::expression);
        for (SinkStep.AggregateCall call : aggregate.calls()) {
          call.arguments().forEach(this::expression);
          call.filter().ifPresent(this::expression);
          call.orderBy().forEach(key -> mark(key.field()));
        }
      }
      case SinkStep.Delete delete when !delete.returns() -> mark(delete.rowId());
      case SinkStep.Materialize _,
          SinkStep.Sort _,
          SinkStep.Window _,
          SinkStep.Return _,
          SinkStep.Send _,
          SinkStep.Insert _,
          SinkStep.Delete _,
          SinkStep.Update _,
          SinkStep.Merge _ ->
          Arrays.fill(used, true);
    }
  }

  private void expression(Expression expression) {
    if (expression instanceof FieldRef ref) {
      mark(ref.index());
    }
    List<Expression> children = expression.children();
    children.forEach(this::expression);
  }

  /// Fields beyond the source's are those that joins appended.
  private void mark(int field) {
    if (field < used.length) {
      used[field] = true;
    }
  }
}
