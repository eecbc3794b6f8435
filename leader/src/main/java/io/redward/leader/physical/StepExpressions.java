package io.redward.leader.physical;

import io.redward.plan.expression.Expression;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.TransformStep;
import java.util.ArrayList;
import java.util.List;

/// All expressions of a segment's steps.
final class StepExpressions {
  private StepExpressions() {}

  static List<Expression> of(Segment segment) {
    List<Expression> all = new ArrayList<>(of(segment.source()));
    segment.transforms().forEach(step -> all.addAll(of(step)));
    all.addAll(of(segment.sink()));
    return all;
  }

  static List<Expression> of(SourceStep source) {
    List<Expression> all = new ArrayList<>();
    switch (source) {
      case SourceStep.TableScan scan -> {
        for (SourceStep.ScanPredicate predicate : scan.predicates()) {
          switch (predicate) {
            case SourceStep.ScanPredicate.Compare compare -> all.add(compare.value());
            case SourceStep.ScanPredicate.Matches matches -> all.add(matches.pattern());
            case SourceStep.ScanPredicate.In _, SourceStep.ScanPredicate.NullTest _ -> {}
          }
        }
      }
      case SourceStep.MergeJoin join -> {
        all.addAll(of(join.outer()));
        all.addAll(of(join.inner()));
      }
      case SourceStep.Values values -> values.rows().forEach(all::addAll);
      case SourceStep.SystemScan _,
          SourceStep.Receive _,
          SourceStep.AggregateScan _,
          SourceStep.BufferScan _,
          SourceStep.JoinScan _ -> {}
    }
    return all;
  }

  /// Of a step, over the row before it; residual conditions see the build payload behind that row.
  static List<Expression> of(TransformStep step) {
    return switch (step) {
      case TransformStep.Filter filter -> List.of(filter.condition());
      case TransformStep.Project project -> project.expressions();
      case TransformStep.Expand expand -> expand.rows().stream().flatMap(List::stream).toList();
      case TransformStep.Unnest unnest -> List.of(unnest.value());
      case TransformStep.Probe probe -> {
        List<Expression> all = new ArrayList<>(probe.keys());
        probe.residual().ifPresent(all::add);
        yield all;
      }
      case TransformStep.NestedLoop loop -> loop.condition().stream().toList();
    };
  }

  static List<Expression> of(SinkStep sink) {
    List<Expression> all = new ArrayList<>();
    switch (sink) {
      case SinkStep.Build build -> {
        all.addAll(build.keys());
        all.addAll(build.payload());
      }
      case SinkStep.Aggregate aggregate -> {
        all.addAll(aggregate.keys());
        for (SinkStep.AggregateCall call : aggregate.calls()) {
          all.addAll(call.arguments());
          call.filter().ifPresent(all::add);
        }
      }
      case SinkStep.Materialize _,
          SinkStep.Sort _,
          SinkStep.Window _,
          SinkStep.Return _,
          SinkStep.Send _,
          SinkStep.Insert _,
          SinkStep.Delete _,
          SinkStep.Update _,
          SinkStep.Merge _ -> {}
    }
    return all;
  }
}
