package io.redward.storage.block.encoding;

/// Compares packed numbers of one row of lanes with a range, straight from the words. The scalar
/// twins of [VectorLaneFilters], and the choice between them.
///
/// `at` is the word of the first lane, `next` the one that holds the rest of its bits or -1;
/// `first` and `last` are inclusive; rows are written from number `to` on.
final class LaneFilters {
  private LaneFilters() {}

  static int select(
      long[] words, int shift, int width, int row, int lane, Range range, int[] selection) {
    int bit = row * width;
    int at = ((bit >>> 6) << shift) + lane;
    int offset = bit & 63;
    int next = offset + width > 64 ? at + (1 << shift) : -1;
    long mask = (1L << width) - 1;
    return EncodedFilters.ready()
        ? VectorLaneFilters.select(words, at, next, offset, mask, range, selection)
        : scalar(words, at, next, offset, mask, range, selection);
  }

  static int select(
      int[] words, int shift, int width, int row, int lane, Range range, int[] selection) {
    int bit = row * width;
    int at = ((bit >>> 5) << shift) + lane;
    int offset = bit & 31;
    int next = offset + width > 32 ? at + (1 << shift) : -1;
    int mask = width == 32 ? -1 : (1 << width) - 1;
    return EncodedFilters.ready()
        ? VectorLaneFilters.select(words, at, next, offset, mask, range, selection)
        : scalar(words, at, next, offset, mask, range, selection);
  }

  /// What is asked of a row of lanes.
  ///
  /// @param first least packed number, unsigned
  /// @param last largest packed number
  /// @param to number of the first row
  /// @param count rows
  /// @param selected rows selected before
  record Range(long first, long last, int to, int count, int selected) {}

  static int scalar(
      long[] words, int at, int next, int offset, long mask, Range range, int[] selection) {
    long first = range.first();
    long span = range.last() - first;
    int n = range.selected();
    int to = range.to();
    int count = range.count();
    if (next < 0) {
      for (int i = 0; i < count; i++) {
        long value = words[at + i] >>> offset & mask;
        selection[n] = to + i;
        n += value - first + Long.MIN_VALUE <= span + Long.MIN_VALUE ? 1 : 0;
      }
      return n;
    }
    for (int i = 0; i < count; i++) {
      long value = (words[at + i] >>> offset | words[next + i] << 64 - offset) & mask;
      selection[n] = to + i;
      n += value - first + Long.MIN_VALUE <= span + Long.MIN_VALUE ? 1 : 0;
    }
    return n;
  }

  static int scalar(
      int[] words, int at, int next, int offset, int mask, Range range, int[] selection) {
    int first = (int) range.first();
    int span = (int) range.last() - first + Integer.MIN_VALUE;
    int n = range.selected();
    int to = range.to();
    int count = range.count();
    if (next < 0) {
      for (int i = 0; i < count; i++) {
        int value = words[at + i] >>> offset & mask;
        selection[n] = to + i;
        n += value - first + Integer.MIN_VALUE <= span ? 1 : 0;
      }
      return n;
    }
    for (int i = 0; i < count; i++) {
      int value = (words[at + i] >>> offset | words[next + i] << 32 - offset) & mask;
      selection[n] = to + i;
      n += value - first + Integer.MIN_VALUE <= span ? 1 : 0;
    }
    return n;
  }
}
