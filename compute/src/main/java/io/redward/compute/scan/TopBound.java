package io.redward.compute.scan;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Int128;
import io.redward.plan.expression.Comparison.Operator;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep.Sort;
import io.redward.plan.step.SinkStep.SortKey;
import io.redward.plan.step.SourceStep.TableScan;
import io.redward.plan.step.TransformStep;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What `ORDER BY column LIMIT n` teaches the scan while it runs: once n rows are found, rows whose
/// column lies behind the last of them are of no use, nor are blocks that hold only such. The bound
/// gets tighter as workers find better rows. Rows with the same value stay, since further sort keys
/// may prefer them, and so do nulls. Thread-safe.
public final class TopBound implements Consumer<Vector> {
  private final int field;
  private final boolean descending;
  private volatile @Nullable ColumnFilter filter;

  private TopBound(int field, boolean descending) {
    this.field = field;
    this.descending = descending;
  }

  /// The bound of a segment that scans a table and sorts by one of its columns, with a limit.
  public static Optional<TopBound> of(Segment segment) {
    if (!(segment.source() instanceof TableScan)
        || !(segment.sink() instanceof Sort sort)
        || sort.limit().isEmpty()
        || sort.keys().isEmpty()) {
      return Optional.empty();
    }
    SortKey key = sort.keys().getFirst();
    int field = key.field();
    List<TransformStep> steps = segment.transforms();
    for (int i = steps.size() - 1; i >= 0 && field >= 0; i--) {
      int width = i == 0 ? segment.source().fields().size() : steps.get(i - 1).fields().size();
      field = before(steps.get(i), field, width);
    }
    return field < 0 ? Optional.empty() : Optional.of(new TopBound(field, key.descending()));
  }

  /// The field of the row before `step` that becomes `field` of the row behind it, or -1.
  private static int before(TransformStep step, int field, int width) {
    return switch (step) {
      case TransformStep.Filter _ -> field;
      case TransformStep.Project project -> place(project.expressions().get(field));
      case TransformStep.Expand _ -> -1;
      case TransformStep.Probe _, TransformStep.NestedLoop _, TransformStep.Unnest _ ->
          field < width ? field : -1;
    };
  }

  private static int place(Expression expression) {
    return expression instanceof FieldRef ref ? ref.index() : -1;
  }

  int field() {
    return field;
  }

  /// What present values must satisfy; null as long as nothing is known.
  @Nullable ColumnFilter filter() {
    return filter;
  }

  /// Takes the value of the last row that is wanted so far, the only one of `column`.
  @Override
  public synchronized void accept(Vector column) {
    if (column.isNull(0)) {
      return;
    }
    ColumnFilter added =
        FilterBuilder.compare(
            column.physical(),
            descending ? Operator.GREATER_OR_EQUAL : Operator.LESS_OR_EQUAL,
            constant(column));
    ColumnFilter known = filter;
    filter = known == null ? added : FilterBuilder.merge(known, added).orElse(added);
  }

  private static Constant constant(Vector column) {
    return switch (column) {
      case IntVector ints -> new Constant.IntValue(ints.values[0]);
      case LongVector longs -> new Constant.LongValue(longs.values[0]);
      case DoubleVector doubles -> new Constant.DoubleValue(doubles.values[0]);
      case Int128Vector wide -> new Constant.Int128Value(new Int128(wide.high[0], wide.low[0]));
      case BytesVector bytes -> new Constant.BytesValue(bytes.copy(0));
    };
  }
}
