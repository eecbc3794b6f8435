package io.redward.compute.scan;

import io.redward.compute.step.BatchReader;
import io.redward.compute.step.BatchSource;
import io.redward.foundation.base.CancelToken;
import io.redward.foundation.types.Physical;
import io.redward.plan.expression.Comparison;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Literal;
import io.redward.plan.step.Field;
import io.redward.plan.step.SourceStep.MergeJoin;
import io.redward.plan.step.SourceStep.ScanPredicate;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.ValueBounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Two sorted tables as one source of joined rows. The first key's values are cut into ranges, each
/// of which one worker merges; outer rows with a NULL key, where they are kept, are a range of
/// their own.
public final class MergeJoinSource implements BatchSource {
  private static final int BLOCKS_PER_RANGE = 4;

  private final MergeJoin join;
  private final MergeInput outer;
  private final MergeInput inner;
  private final CancelToken cancel;
  private final List<Range> ranges = new ArrayList<>();
  private final AtomicInteger taken = new AtomicInteger();

  /// Rows that a worker joins.
  ///
  /// @param outer what picks them on the outer side
  /// @param inner what picks their partners; empty if they can have none
  record Range(List<ScanPredicate> outer, List<ScanPredicate> inner) {}

  public MergeJoinSource(MergeJoin join, MergeInput outer, MergeInput inner, CancelToken cancel) {
    this.join = join;
    this.outer = outer;
    this.inner = inner;
    this.cancel = cancel;
    long[] starts = starts();
    for (int i = 0; i < starts.length; i++) {
      boolean first = i == 0;
      boolean last = i + 1 == starts.length;
      ranges.add(
          new Range(
              between(outer, first, starts[i], last, last ? 0 : starts[i + 1]),
              between(inner, first, starts[i], last, last ? 0 : starts[i + 1])));
    }
    if (join.keepsOuter()) {
      addNullRanges();
    }
  }

  /// Where ranges begin: at the least values of some blocks. The first has no lower end, the last
  /// no upper one.
  private long[] starts() {
    long[] lows = new long[16];
    int count = 0;
    for (MergeInput side : List.of(outer, inner)) {
      int column = side.scan().columnIds()[side.keys()[0]];
      for (RowsetSnapshot rowset : side.table().rowsets()) {
        for (int block = 0; block < rowset.blockCount() && rowset.hasColumn(column); block++) {
          ValueBounds bounds = rowset.summary(column, block).bounds().orElse(null);
          if (bounds instanceof ValueBounds.Longs(long min, long _)) {
            lows = count == lows.length ? Arrays.copyOf(lows, 2 * count) : lows;
            lows[count++] = min;
          }
        }
      }
    }
    long[] sorted = Arrays.copyOf(lows, count);
    Arrays.sort(sorted);
    long[] starts = new long[1 + count / BLOCKS_PER_RANGE];
    int kept = 1;
    for (int i = BLOCKS_PER_RANGE; i < count; i += BLOCKS_PER_RANGE) {
      if (kept == 1 || sorted[i] != starts[kept - 1]) {
        starts[kept++] = sorted[i];
      }
    }
    return Arrays.copyOf(starts, kept);
  }

  private static List<ScanPredicate> between(
      MergeInput side, boolean first, long from, boolean last, long to) {
    List<ScanPredicate> predicates = new ArrayList<>();
    int key = side.keys()[0];
    if (!first) {
      predicates.add(compare(side, key, Comparison.Operator.GREATER_OR_EQUAL, from));
    }
    if (!last) {
      predicates.add(compare(side, key, Comparison.Operator.LESS, to));
    }
    for (int field : side.keys()) {
      if (side.scan().fields().get(field).nullable()) {
        predicates.add(new ScanPredicate.NullTest(field, false));
      }
    }
    return predicates;
  }

  private static ScanPredicate compare(
      MergeInput side, int field, Comparison.Operator operator, long value) {
    Field key = side.scan().fields().get(field);
    Constant constant =
        key.physical() == Physical.INT
            ? new Constant.IntValue((int) value)
            : new Constant.LongValue(value);
    return new ScanPredicate.Compare(field, operator, new Literal(key.type(), constant));
  }

  /// By the first key that is NULL, so that no row is in two of them.
  private void addNullRanges() {
    List<ScanPredicate> present = new ArrayList<>();
    for (int field : outer.keys()) {
      if (outer.scan().fields().get(field).nullable()) {
        List<ScanPredicate> absent = new ArrayList<>(present);
        absent.add(new ScanPredicate.NullTest(field, true));
        ranges.add(new Range(absent, List.of()));
        present.add(new ScanPredicate.NullTest(field, false));
      }
    }
  }

  @Override
  public int workUnits() {
    return ranges.size();
  }

  @Override
  public int unitsTaken() {
    return Math.min(taken.get(), workUnits());
  }

  @Override
  public BatchReader open() {
    return new MergeJoinReader(this);
  }

  @Nullable Range take() {
    int index = taken.getAndIncrement();
    return index < ranges.size() ? ranges.get(index) : null;
  }

  MergeJoin join() {
    return join;
  }

  MergeInput outer() {
    return outer;
  }

  MergeInput inner() {
    return inner;
  }

  CancelToken cancel() {
    return cancel;
  }

  /// Whether a range is one of outer rows with a NULL key.
  static boolean isNullRange(Range range) {
    return range.outer().stream()
        .anyMatch(p -> p instanceof ScanPredicate.NullTest test && test.wantNull());
  }
}
