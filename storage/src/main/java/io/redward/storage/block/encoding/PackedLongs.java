package io.redward.storage.block.encoding;

import io.redward.storage.table.RowSpan;

/// Packed 8-byte integers; as [PackedInts], with a second plane of words for widths beyond 32.
record PackedLongs(
    int shift,
    int width,
    boolean delta,
    long minDelta,
    long scale,
    long[] bases,
    int[] low,
    int[] high,
    Exceptions exceptions)
    implements LongBody, RangeBody {
  /// Differences unpacked at a time where a row is looked for among others.
  private static final int FEW_LANES = 64;

  @Override
  public long heldBytes() {
    return (low.length + high.length) * 4L + bases.length * 8L + exceptions.heldBytes();
  }

  @Override
  public void decode(int from, int count, long[] out) {
    if (delta) {
      decodeDeltas(from, count, out);
      return;
    }
    int at = 0;
    while (at < count) {
      int row = from + at >> shift;
      int lane = from + at & (1 << shift) - 1;
      int run = Math.min((1 << shift) - lane, count - at);
      unpack(row, lane, bases[row], out, at, run);
      at += run;
    }
    if (!exceptions.isEmpty()) {
      exceptions.patch(from, count, out, 0);
    }
  }

  @Override
  public void decodeSelected(int from, int[] selection, int selectedCount, long[] out) {
    if (selectedCount == 0) {
      return;
    }
    int span = selection[selectedCount - 1] + 1;
    if (delta) {
      decodeDeltas(from, span, out);
      return;
    }
    for (int i = 0; i < selectedCount; i++) {
      int index = from + selection[i];
      out[selection[i]] = bases[index >> shift] + scale * get(index);
    }
    if (!exceptions.isEmpty()) {
      exceptions.patch(from, span, out, 0);
    }
  }

  @Override
  public RowSpan span(long low, long high, RowSpan all) {
    boolean known = delta ? minDelta >= 0 : exceptions.isEmpty();
    if (!known || width >= Long.SIZE - 1) {
      return all;
    }
    int first = -1;
    int last = -1;
    for (int row = 0; row < bases.length; row++) {
      long greatest = greatest(row);
      if (delta && greatest > Long.MAX_VALUE - 1) {
        // A difference may have overflowed, and the values fall where it says that they rise.
        return all;
      }
      if (bases[row] <= high
          && greatest >= low
          && (first >= 0 || !delta || firstAtLeast(row, low, all.to()) < rows(row, all.to()))) {
        first = first < 0 ? row : first;
        last = row;
      }
    }
    RowSpan rows = PackedRange.span(first, last, shift, all);
    return delta && first >= 0 ? within(first, last, low, high, all) : rows;
  }

  /// The part of packed rows whose values rise that is within the range.
  private RowSpan within(int first, int last, long low, long high, RowSpan all) {
    int from = firstAtLeast(first, low, all.to());
    int to = high == Long.MAX_VALUE ? rows(last, all.to()) : firstAtLeast(last, high + 1, all.to());
    return new RowSpan((first << shift) + from, (last << shift) + to);
  }

  /// How many values a packed row has.
  private int rows(int row, int rowCount) {
    return Math.min(1 << shift, rowCount - (row << shift));
  }

  /// The first value of a packed row of rising ones that is not below `value`; how many there are
  /// if all are.
  private int firstAtLeast(int row, long value, int rowCount) {
    int count = rows(row, rowCount);
    if (value <= bases[row]) {
      return 0;
    }
    if (width == 0 && !exceptions.anyIn(row << shift, count)) {
      long steps =
          minDelta == 0 ? count : Long.divideUnsigned(value - bases[row] - 1, minDelta) + 1;
      return Long.compareUnsigned(steps, count) < 0 ? (int) steps : count;
    }
    long[] deltas = new long[Math.min(count, FEW_LANES)];
    long sum = bases[row];
    for (int at = 0; at < count; at += deltas.length) {
      int run = Math.min(deltas.length, count - at);
      unpackPatched(row, at, run, deltas, 0);
      for (int i = at == 0 ? 1 : 0; i < run; i++) {
        sum += deltas[i];
        if (sum >= value) {
          return at + i;
        }
      }
    }
    return count;
  }

  /// No value of the packed row is greater.
  private long greatest(int row) {
    return delta
        ? PackedRange.risen(
            bases[row], minDelta, width, 1 << shift, exceptions.rise(row << shift, 1 << shift))
        : PackedRange.greatest(bases[row], scale, width);
  }

  @Override
  public int select(int from, int count, long low, long high, int[] selection) {
    if (delta || exceptions.anyIn(from, count) || width > 32) {
      return -1;
    }
    long max = (1L << width) - 1;
    int n = 0;
    int at = 0;
    while (at < count) {
      int row = from + at >> shift;
      int lane = from + at & (1 << shift) - 1;
      int run = Math.min((1 << shift) - lane, count - at);
      long first = PackedRange.first(low, bases[row], scale);
      long last = high < bases[row] ? -1 : PackedRange.last(high, bases[row], scale);
      if (high < bases[row]
          || Long.compareUnsigned(first, max) > 0
          || Long.compareUnsigned(first, last) > 0) {
        at += run;
        continue;
      }
      if (first == 0 && Long.compareUnsigned(last, max) >= 0) {
        n = PackedRange.all(at, run, selection, n);
      } else {
        long end = Long.compareUnsigned(last, max) > 0 ? max : last;
        LaneFilters.Range range = new LaneFilters.Range(first, end, at, run, n);
        n = LaneFilters.select(this.low, shift, width, row, lane, range, selection);
      }
      at += run;
    }
    return n;
  }

  private long get(int index) {
    if (width == 0) {
      return 0;
    }
    return width <= 32
        ? LongLanes.get(low, shift, width, index)
        : LongLanes.get(low, shift, 32, index)
            | LongLanes.get(high, shift, width - 32, index) << 32;
  }

  private void unpack(int row, int lane, long base, long[] out, int to, int count) {
    LongLanes.unpack(low, shift, Math.min(width, 32), row, lane, base, scale, out, to, count);
    if (width > 32) {
      LongLanes.addHigh(high, shift, width - 32, row, lane, scale, out, to, count);
    }
  }

  private void decodeDeltas(int from, int count, long[] out) {
    int at = 0;
    while (at < count) {
      int row = from + at >> shift;
      int lane = from + at & (1 << shift) - 1;
      int run = Math.min((1 << shift) - lane, count - at);
      if (lane == 0) {
        sumRow(row, run, out, at);
      } else {
        sumFrom(row, lane, run, out, at);
      }
      at += run;
    }
  }

  /// The values of a packed row from a lane on, for which those before it are summed, too.
  private void sumFrom(int row, int lane, int count, long[] out, int to) {
    long sum = bases[row];
    if (width == 0 && exceptions.isEmpty()) {
      sum += minDelta * (lane - 1);
    } else {
      long[] deltas = new long[Math.min(lane, FEW_LANES)];
      for (int at = 0; at < lane; at += deltas.length) {
        int run = Math.min(deltas.length, lane - at);
        unpackPatched(row, at, run, deltas, 0);
        for (int i = at == 0 ? 1 : 0; i < run; i++) {
          sum += deltas[i];
        }
      }
    }
    unpackPatched(row, lane, count, out, to);
    for (int i = to; i < to + count; i++) {
      sum += out[i];
      out[i] = sum;
    }
  }

  private void unpackPatched(int row, int lane, int count, long[] out, int to) {
    unpack(row, lane, minDelta, out, to, count);
    if (!exceptions.isEmpty()) {
      exceptions.patch((row << shift) + lane, count, out, to);
    }
  }

  private void sumRow(int row, int count, long[] out, int to) {
    unpackPatched(row, 0, count, out, to);
    long sum = bases[row];
    out[to] = sum;
    for (int i = to + 1; i < to + count; i++) {
      sum += out[i];
      out[i] = sum;
    }
  }
}
