package io.redward.cluster.cut;

import io.redward.compute.step.UsedFields;
import io.redward.plan.expression.Expression;
import io.redward.plan.step.Field;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.TransformStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A segment in two, with an exchange between: the first part sends those fields only that the
/// second reads.
record Cut(Segment before, Segment after) {
  /// @param keys values that decide where a row goes, over the row before transform `at`
  static Cut of(Segment segment, int at, int exchange, List<Expression> keys) {
    List<TransformStep> done = segment.transforms().subList(0, at);
    List<TransformStep> left = segment.transforms().subList(at, segment.transforms().size());
    List<Field> row = done.isEmpty() ? segment.source().fields() : done.getLast().fields();
    int[] columns =
        used(
            new Segment(
                segment.id(),
                new SourceStep.Receive(exchange, new int[0], row),
                left,
                segment.sink(),
                segment.label()));
    List<Field> sent = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    for (int column : columns) {
      sent.add(row.get(column));
      values.add(row.get(column).at(column));
    }
    for (Expression key : keys) {
      sent.add(new Field("key", key.type(), key.physical(), key.nullable()));
      values.add(key);
    }
    List<TransformStep> first = new ArrayList<>(done);
    first.add(new TransformStep.Project(values, sent));
    return new Cut(
        new Segment(
            segment.id(),
            segment.source(),
            first,
            new SinkStep.Send(exchange, sent),
            segment.label()),
        new Segment(
            segment.id(),
            new SourceStep.Receive(exchange, columns, row),
            left,
            segment.sink(),
            segment.label()));
  }

  private static int[] used(Segment after) {
    boolean[] used = UsedFields.of(after);
    int count = 0;
    int[] columns = new int[used.length];
    for (int field = 0; field < used.length; field++) {
      if (used[field]) {
        columns[count++] = field;
      }
    }
    return Arrays.copyOf(columns, count);
  }
}
