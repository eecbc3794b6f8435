package io.redward.runtime.aggregate;

import io.redward.foundation.batch.BytesVector;
import java.util.Arrays;

/// Finds groups by the dictionary entries of their keys, where all keys are strings of a block with
/// a dictionary: an array with one `int` for each combination of entries remembers the groups that
/// rows with these entries belong to. A combination that has not been met is looked up by its
/// values once. The array holds as long as the dictionaries stay the same, hence for a block.
///
/// The place of a combination is the first key's code times the next key's `codeCount` plus one,
/// plus the next key's code, and so on; NULL counts as one entry more than the dictionary has.
public final class CodedGroups {
  /// Keys that can be combined.
  public static final int MAX_KEYS = 3;

  /// More combinations would cost more to forget than to look up.
  private static final int MAX_PLACES = 1 << 14;

  private static final int[] NONE = new int[0];

  private final byte[][][] dictionaries = new byte[MAX_KEYS][][];
  private int[] names = NONE;
  private int places;

  CodedGroups() {}

  /// By combination the name plus one of the group's row, 0 where not met; an empty array if the
  /// rows of this batch cannot be found so.
  public int[] open(BytesVector key) {
    return open(same(0, key), extended(1, key));
  }

  /// The same for two keys.
  public int[] open(BytesVector first, BytesVector second) {
    boolean same = same(0, first) & same(1, second);
    return open(same, extended(extended(1, first), second));
  }

  /// The same for three keys.
  public int[] open(BytesVector first, BytesVector second, BytesVector third) {
    boolean same = same(0, first) & same(1, second) & same(2, third);
    return open(same, extended(extended(extended(1, first), second), third));
  }

  /// True if the key's dictionary is the one of the batch before.
  private boolean same(int index, BytesVector key) {
    boolean same = dictionaries[index] == key.pages;
    dictionaries[index] = key.pages;
    return same;
  }

  /// So many combinations with one more key; 0 if there are too many or the key has no codes.
  private static int extended(int combinations, BytesVector key) {
    long all = combinations * (key.codeCount + 1L);
    return key.codeCount == 0 || all > MAX_PLACES ? 0 : (int) all;
  }

  private int[] open(boolean same, int wanted) {
    if (wanted == 0) {
      return NONE;
    }
    if (same && wanted == places) {
      return names;
    }
    if (names.length < wanted) {
      names = new int[Math.max(16, Integer.highestOneBit(wanted * 2 - 1))];
    } else {
      Arrays.fill(names, 0, wanted, 0);
    }
    places = wanted;
    return names;
  }
}
