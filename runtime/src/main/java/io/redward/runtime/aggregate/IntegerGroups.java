package io.redward.runtime.aggregate;

import io.redward.foundation.batch.MemoryBudget;
import io.redward.runtime.row.ArrayPool;
import io.redward.runtime.row.Hashes;
import io.redward.runtime.row.RowPages;

/// Finds the groups of one integer key. As long as the keys lie close enough together, by an array
/// with one `int` a possible key, which needs a fraction of the memory of a hash directory and no
/// comparing; from then on by the part's directory.
public final class IntegerGroups {
  /// The array may have so many entries a group …
  private static final long ENTRIES_PER_GROUP = 16;

  /// … or so many in any case.
  private static final long SMALL_ENTRIES = 1 << 20;

  private static final int FIRST_ENTRIES = 1 << 10;

  private final AggregatePart part;
  private final MemoryBudget budget;
  private final int shift;
  private final int rowWords;
  private final int keyWord;

  private boolean dense;
  private int[] heads = new int[0];
  private long base;
  private int nullGroup;

  IntegerGroups(AggregatePart part, MemoryBudget budget) {
    this.part = part;
    this.budget = budget;
    AggregateLayout layout = part.layout();
    dense = layout.integerKey();
    keyWord = dense ? layout.key(0).word() : 0;
    rowWords = layout.row().rowWords();
    shift = RowPages.shift(rowWords);
  }

  /// The name plus one of the row of group `key`, 0 if there is none.
  public int find(long key) {
    if (dense) {
      long entry = key - base;
      return entry >= 0 && entry < heads.length ? heads[(int) entry] : 0;
    }
    return findHashed(key);
  }

  /// The same for a key that may be NULL.
  public int find(boolean isNull, long key) {
    return isNull ? nullGroup : find(key);
  }

  private int findHashed(long key) {
    long hash = Hashes.mix(key);
    long[] directory = part.directory;
    int slot = (int) (hash >>> 32) & part.mask;
    for (long entry = directory[slot]; entry != 0; entry = directory[slot]) {
      if ((entry ^ hash) >>> 32 == 0) {
        int ref = (int) entry - 1;
        long[] page = part.rowPages[ref >>> shift];
        if (page[(ref & (1 << shift) - 1) * rowWords + keyWord] == key) {
          return (int) entry;
        }
      }
      slot = slot + 1 & part.mask;
    }
    return 0;
  }

  /// Adds group `key` and returns the first word of its row in the part's page; the caller stores
  /// the key.
  public int add(long key) {
    int row = part.newRow();
    int name = part.rows.ref() + 1;
    if (dense && !reaches(key)) {
      leaveDense();
    }
    if (dense) {
      heads[(int) (key - base)] = name;
    } else {
      part.enter(Hashes.mix(key), name);
    }
    return row;
  }

  public int add(boolean isNull, long key) {
    if (!isNull) {
      return add(key);
    }
    int row = part.newRow();
    nullGroup = part.rows.ref() + 1;
    return row;
  }

  /// Makes the array reach `key`, if that is allowed.
  private boolean reaches(long key) {
    long entry = key - base;
    if (entry >= 0 && entry < heads.length) {
      return true;
    }
    if (heads.length == 0) {
      budget.reserve(4L * FIRST_ENTRIES);
      heads = ArrayPool.INTS.take(FIRST_ENTRIES);
      base = key - FIRST_ENTRIES / 2;
      return true;
    }
    long last = base + heads.length - 1;
    boolean upwards = key > last;
    long range = upwards ? key - base + 1 : last - key + 1;
    long allowed = Math.max(SMALL_ENTRIES, ENTRIES_PER_GROUP * part.groups());
    if (last < base || range <= 0 || range > allowed || range > 1 << 28) {
      return false;
    }
    int length = ArrayPool.length((int) range);
    long wideBase = upwards ? base : last - length + 1;
    budget.reserve(4L * length);
    int[] wide = ArrayPool.INTS.take(length);
    System.arraycopy(heads, 0, wide, (int) (base - wideBase), heads.length);
    closeHeads();
    heads = wide;
    base = wideBase;
    return true;
  }

  /// Enters all groups of the array into the part's directory.
  private void leaveDense() {
    for (int entry = 0; entry < heads.length; entry++) {
      if (heads[entry] != 0) {
        part.enter(Hashes.mix(base + entry), heads[entry]);
      }
    }
    dense = false;
    closeHeads();
  }

  private void closeHeads() {
    budget.release(4L * heads.length);
    ArrayPool.INTS.give(heads, heads.length);
    heads = new int[0];
  }

  void close() {
    closeHeads();
    dense = false;
  }

  /// Places that [#at] can be asked for.
  int places() {
    return dense ? heads.length : part.directory.length;
  }

  /// The name plus one of the group at a place, 0 if there is none.
  int at(int place) {
    return dense ? heads[place] : (int) part.directory[place];
  }

  int nullGroup() {
    return nullGroup;
  }
}
