package io.redward.cluster.cut;

import io.redward.plan.expression.Expression;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.TransformStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Which stored columns the fields of rows are, where they are any.
record Origins(List<Optional<Column>> fields) {
  /// A column of a table.
  record Column(long tableId, int columnId) {}

  static Origins of(SourceStep source) {
    List<Optional<Column>> fields = new ArrayList<>();
    switch (source) {
      case SourceStep.TableScan scan -> add(scan, fields);
      case SourceStep.MergeJoin join -> {
        add(join.outer(), fields);
        add(join.inner(), fields);
      }
      default -> {}
    }
    return new Origins(fields);
  }

  private static void add(SourceStep.TableScan scan, List<Optional<Column>> to) {
    for (int columnId : scan.columnIds()) {
      to.add(Optional.of(new Column(scan.tableId(), columnId)));
    }
  }

  /// The same rows after a step; what a step adds comes behind and is not known.
  Origins after(TransformStep step) {
    return switch (step) {
      case TransformStep.Filter _,
          TransformStep.Probe _,
          TransformStep.NestedLoop _,
          TransformStep.Unnest _ ->
          this;
      case TransformStep.Project project ->
          new Origins(project.expressions().stream().map(this::of).toList());
      case TransformStep.Expand _ -> new Origins(Collections.emptyList());
    };
  }

  /// The column that an expression has the values of.
  Optional<Column> of(Expression value) {
    int field = Keyed.column(value);
    return field >= 0 && field < fields.size() ? fields.get(field) : Optional.empty();
  }
}
