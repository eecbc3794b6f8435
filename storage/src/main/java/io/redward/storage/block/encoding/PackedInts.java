package io.redward.storage.block.encoding;

import io.redward.storage.table.RowSpan;

/// Packed 4-byte integers: `base of the row + scale * packed`, or with `delta` the sums of that
/// along the lanes of each row, whose first lane is 0 by definition and whose sum starts at the
/// row's base (then `scale` is 1 and `minDelta` is added to each). Exceptions replace unpacked
/// values, in delta blocks before the sums.
record PackedInts(
    int shift,
    int width,
    boolean delta,
    int minDelta,
    int scale,
    int[] bases,
    long[] words,
    Exceptions exceptions)
    implements IntBody, RangeBody {

  @Override
  public long heldBytes() {
    return words.length * 8L + bases.length * 4L + exceptions.heldBytes();
  }

  @Override
  public void decode(int from, int count, int[] out) {
    if (delta) {
      decodeDeltas(from, count, out);
      return;
    }
    int at = 0;
    while (at < count) {
      int row = from + at >> shift;
      int lane = from + at & (1 << shift) - 1;
      int run = Math.min((1 << shift) - lane, count - at);
      IntLanes.unpack(words, shift, width, row, lane, bases[row], scale, out, at, run);
      at += run;
    }
    if (!exceptions.isEmpty()) {
      exceptions.patch(from, count, out, 0);
    }
  }

  @Override
  public void decodeSelected(int from, int[] selection, int selectedCount, int[] out) {
    if (selectedCount == 0) {
      return;
    }
    int span = selection[selectedCount - 1] + 1;
    if (delta) {
      decodeDeltas(from, span, out);
      return;
    }
    if (width == 0) {
      for (int i = 0; i < selectedCount; i++) {
        out[selection[i]] = bases[from + selection[i] >> shift];
      }
    } else {
      for (int i = 0; i < selectedCount; i++) {
        int index = from + selection[i];
        out[selection[i]] =
            bases[index >> shift] + scale * IntLanes.get(words, shift, width, index);
      }
    }
    if (!exceptions.isEmpty()) {
      exceptions.patch(from, span, out, 0);
    }
  }

  @Override
  public RowSpan span(long low, long high, RowSpan all) {
    boolean known = delta ? minDelta >= 0 : exceptions.isEmpty();
    if (!known || width >= Integer.SIZE) {
      return all;
    }
    int[] values = new int[delta ? 1 << shift : 0];
    int first = -1;
    int last = -1;
    for (int row = 0; row < bases.length; row++) {
      long greatest = greatest(row);
      if (delta && greatest > Integer.MAX_VALUE) {
        // A difference may have overflowed, and the values fall where it says that they rise.
        return all;
      }
      if (bases[row] <= high
          && greatest >= low
          && (first >= 0 || !delta || lastOf(row, values, all.to()) >= low)) {
        first = first < 0 ? row : first;
        last = row;
      }
    }
    return PackedRange.span(first, last, shift, all);
  }

  /// No value of the packed row is greater.
  private long greatest(int row) {
    return delta
        ? PackedRange.risen(
            bases[row], minDelta, width, 1 << shift, exceptions.rise(row << shift, 1 << shift))
        : PackedRange.greatest(bases[row], scale & 0xFFFF_FFFFL, width);
  }

  /// The last value of a packed row that rises.
  private long lastOf(int row, int[] values, int rowCount) {
    int count = Math.min(1 << shift, rowCount - (row << shift));
    sumRow(row, count, values, 0);
    return values[count - 1];
  }

  @Override
  public int select(int from, int count, long low, long high, int[] selection) {
    if (delta || exceptions.anyIn(from, count)) {
      return -1;
    }
    long max = (1L << width) - 1;
    int n = 0;
    int at = 0;
    while (at < count) {
      int row = from + at >> shift;
      int lane = from + at & (1 << shift) - 1;
      int run = Math.min((1 << shift) - lane, count - at);
      long first = PackedRange.first(low, bases[row], scale & 0xFFFF_FFFFL);
      long last = high < bases[row] ? -1 : PackedRange.last(high, bases[row], scale & 0xFFFF_FFFFL);
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
        n = LaneFilters.select(words, shift, width, row, lane, range, selection);
      }
      at += run;
    }
    return n;
  }

  private void decodeDeltas(int from, int count, int[] out) {
    int at = 0;
    while (at < count) {
      int row = from + at >> shift;
      int lane = from + at & (1 << shift) - 1;
      int run = Math.min((1 << shift) - lane, count - at);
      if (lane == 0) {
        sumRow(row, run, out, at);
      } else {
        int[] whole = new int[lane + run];
        sumRow(row, lane + run, whole, 0);
        System.arraycopy(whole, lane, out, at, run);
      }
      at += run;
    }
  }

  private void sumRow(int row, int count, int[] out, int to) {
    IntLanes.unpack(words, shift, width, row, 0, minDelta, 1, out, to, count);
    if (!exceptions.isEmpty()) {
      exceptions.patch(row << shift, count, out, to);
    }
    int sum = bases[row];
    out[to] = sum;
    for (int i = to + 1; i < to + count; i++) {
      sum += out[i];
      out[i] = sum;
    }
  }
}
