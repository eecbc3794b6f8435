package io.redward.runtime.join;

import io.redward.runtime.row.Hashes;

/// Look-ups in a sealed join table, for generated code. A row is named by its name plus one; 0 is
/// none.
public final class JoinProbe {
  private JoinProbe() {}

  /// The first row that may have integer key `key`; in a direct table it has.
  public static int first(JoinTable table, long key) {
    if (table.direct) {
      long entry = key - table.min;
      int[] heads = table.heads;
      return entry >= 0 && entry < heads.length ? heads[(int) entry] : 0;
    }
    return firstHashed(table, Hashes.mix(key));
  }

  /// The first row of the chain of `hash`, if one of the chain may have this very hash.
  public static int firstHashed(JoinTable table, long hash) {
    long bucket = table.buckets[(int) (hash >>> 32) & table.mask];
    return (bucket >>> 48 + (hash & 15) & 1) != 0 ? (int) bucket : 0;
  }

  /// The row after that at word `row` of `page`, 0 if it cannot match what this one matches.
  public static int next(JoinTable table, long[] page, int row) {
    return table.unique ? 0 : (int) page[row];
  }

  /// Whether any row has integer key `key`, which is at word `keyWord` of a row.
  public static boolean contains(JoinTable table, long key, int shift, int rowWords, int keyWord) {
    int ref = first(table, key);
    if (table.direct) {
      return ref != 0;
    }
    while (ref != 0) {
      long[] page = table.rowPages[ref - 1 >>> shift];
      int row = (ref - 1 & (1 << shift) - 1) * rowWords;
      if (page[row + keyWord] == key) {
        return true;
      }
      ref = (int) page[row];
    }
    return false;
  }

  /// Notes that a probe row has matched row `ref`. Threads may race: all write the same.
  public static void mark(JoinTable table, int ref) {
    byte[] marks = table.marks;
    if (marks[ref - 1] == 0) {
      marks[ref - 1] = 1;
    }
  }
}
