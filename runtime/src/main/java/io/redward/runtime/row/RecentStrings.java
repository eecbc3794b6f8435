package io.redward.runtime.row;

import io.redward.foundation.batch.BytesView;
import java.util.Arrays;

/// Strings that a writer has lately put into its arena, by where they came from: rows that point at
/// one entry of a dictionary, or at one row of a small table, share one copy. That saves memory,
/// and readers find the bytes in a cache. Given up if strings hardly ever come again.
final class RecentStrings {
  private static final int SLOT_BITS = 6;
  private static final int TRIAL = 1 << 10;

  private final byte[][] sources = new byte[1 << SLOT_BITS][];
  private final int[] offsets = new int[1 << SLOT_BITS];
  private final long[] views = new long[1 << SLOT_BITS];
  private int found;
  private int missed;

  /// The view of a string among the writer's pages, copied there only if need be.
  ///
  /// Whoever fills `source` may have put another string at the same place meanwhile, so the bytes
  /// are compared.
  long append(byte[] source, int offset, int length, ArenaWriter arena) {
    if (missed >= TRIAL && found < missed) {
      return arena.append(source, offset, length);
    }
    int slot = offset * 0x9E3779B1 >>> Integer.SIZE - SLOT_BITS;
    long view = views[slot];
    if (sources[slot] == source && offsets[slot] == offset && BytesView.length(view) == length) {
      byte[] page = arena.pages()[BytesView.page(view)];
      int start = BytesView.offset(view);
      if (Arrays.equals(page, start, start + length, source, offset, offset + length)) {
        found++;
        return view;
      }
    }
    missed++;
    view = arena.append(source, offset, length);
    sources[slot] = source;
    offsets[slot] = offset;
    views[slot] = view;
    return view;
  }
}
