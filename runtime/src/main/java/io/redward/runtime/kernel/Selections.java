package io.redward.runtime.kernel;

/// Selections from bitmaps: validity words, delete vectors, codes that a dictionary predicate
/// accepts.
public final class Selections {
  private Selections() {}

  /// Rows of `0 .. count)` whose bit is set in `words` from word `firstWord` on.
  public static int whereSet(long[] words, int firstWord, int count, int[] selection) {
    return fromWords(words, firstWord, count, 0L, selection);
  }

  /// Rows of `0 .. count)` whose bit is clear in `words` from word `firstWord` on.
  public static int whereClear(long[] words, int firstWord, int count, int[] selection) {
    return fromWords(words, firstWord, count, -1L, selection);
  }

  private static int fromWords(long[] words, int firstWord, int count, long flip, int[] selection) {
    int n = 0;
    for (int start = 0; start < count; start += 64) {
      long word = words[firstWord + (start >> 6)] ^ flip;
      if (count - start < 64) {
        word &= (1L << (count - start)) - 1;
      }
      if (word == -1L) {
        for (int row = start; row < start + 64; row++) {
          selection[n++] = row;
        }
        continue;
      }
      while (word != 0) {
        selection[n++] = start + Long.numberOfTrailingZeros(word);
        word &= word - 1;
      }
    }
    return n;
  }

  /// Keeps the selected rows whose bit in `words` is set.
  public static int keepSet(long[] words, int[] selection, int count) {
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      selection[n] = row;
      n += (int) (words[row >> 6] >>> row & 1);
    }
    return n;
  }

  /// Keeps the selected rows whose bit in `words` is clear.
  public static int keepClear(long[] words, int[] selection, int count) {
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      selection[n] = row;
      n += (int) (~words[row >> 6] >>> row & 1);
    }
    return n;
  }

  /// Rows of `0 .. count)` whose code `accepted` maps to 1.
  public static int acceptedCodes(int[] codes, int count, byte[] accepted, int[] selection) {
    int n = 0;
    for (int row = 0; row < count; row++) {
      selection[n] = row;
      n += accepted[codes[row]];
    }
    return n;
  }

  /// Keeps the selected rows whose code `accepted` maps to 1.
  public static int keepAcceptedCodes(int[] codes, byte[] accepted, int[] selection, int count) {
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      selection[n] = row;
      n += accepted[codes[row]];
    }
    return n;
  }

  /// Fills `selection` with `0 .. count)`.
  public static void all(int count, int[] selection) {
    for (int row = 0; row < count; row++) {
      selection[row] = row;
    }
  }
}
