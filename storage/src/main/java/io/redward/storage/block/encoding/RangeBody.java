package io.redward.storage.block.encoding;

import io.redward.storage.table.RowSpan;

/// Bodies of integers that can tell which rows lie in a range without decoding them: by runs, by
/// the codes of a sorted dictionary, or by the packed bits.
public interface RangeBody {
  /// Writes the rows among `[from, from + count)` whose value lies in `[low, high]`, counted from
  /// `from`, to `selection` and returns how many; or -1 if these rows have to be decoded.
  int select(int from, int count, long low, long high, int[] selection);

  /// The part of `all` rows outside of which no value lies in `[low, high]`.
  default RowSpan span(long low, long high, RowSpan all) {
    return all;
  }
}
