package io.redward.runtime.aggregate;

import io.redward.foundation.types.Physical;
import io.redward.runtime.row.BytesArena;
import io.redward.runtime.row.RowLayout.Slot;
import io.redward.runtime.row.RowPages;
import io.redward.runtime.row.StringKeys;
import io.redward.runtime.segment.Parallel;
import java.util.List;

/// Merges the groups of several workers: rows stay where they are, of equal ones the first takes
// the
/// states of the others. Many groups are first dealt out by hash into partitions, each of which one
/// thread merges within its cache.
final class GroupMerge {
  private static final int PARTITION_BITS = 6;
  private static final int PARTITIONS = 1 << PARTITION_BITS;

  /// Below so many groups partitions do not pay.
  private static final int FEW = 1 << 12;

  private final AggregateLayout layout;
  private final RowPages pages;
  private final BytesArena arena;
  private final StateMerge states;
  private final int firstKeyWord;
  private final int lastKeyWord;
  private final boolean plainKeys;
  private final long[] keyNulls;

  GroupMerge(AggregateLayout layout, RowPages pages, BytesArena arena, List<AggregatePart> parts) {
    this.layout = layout;
    this.pages = pages;
    this.arena = arena;
    states = new StateMerge(layout, arena, parts);
    keyNulls = new long[layout.row().nullWords()];
    firstKeyWord = 1 + keyNulls.length;
    int end = firstKeyWord;
    boolean plain = true;
    for (int key = 0; key < layout.keyCount(); key++) {
      Slot slot = layout.key(key);
      plain &= slot.physical() != Physical.BYTES;
      end = slot.word() + slot.words();
      if (slot.nullable()) {
        keyNulls[slot.nullWord() - 1] |= slot.nullMask();
      }
    }
    lastKeyWord = end;
    plainKeys = plain;
  }

  /// The names of the rows that are left.
  int[] merge(int[] refs, Parallel parallel) {
    if (refs.length <= FEW) {
      int kept = mergeRange(refs, 0, refs.length);
      return java.util.Arrays.copyOf(refs, kept);
    }
    int[] starts = new int[PARTITIONS + 1];
    int[] dealt = deal(refs, starts);
    int[] kept = new int[PARTITIONS];
    parallel.run(
        PARTITIONS,
        partition -> kept[partition] = mergeRange(dealt, starts[partition], starts[partition + 1]));
    int at = 0;
    for (int partition = 0; partition < PARTITIONS; partition++) {
      System.arraycopy(dealt, starts[partition], dealt, at, kept[partition]);
      at += kept[partition];
    }
    return java.util.Arrays.copyOf(dealt, at);
  }

  private int[] deal(int[] refs, int[] starts) {
    int[] counts = new int[PARTITIONS];
    for (int ref : refs) {
      counts[partition(ref)]++;
    }
    for (int i = 0; i < PARTITIONS; i++) {
      starts[i + 1] = starts[i] + counts[i];
    }
    int[] next = starts.clone();
    int[] dealt = new int[refs.length];
    for (int ref : refs) {
      dealt[next[partition(ref)]++] = ref;
    }
    return dealt;
  }

  private int partition(int ref) {
    return (int) (pages.page(ref)[pages.word(ref)] >>> 64 - PARTITION_BITS);
  }

  /// Merges `refs[from .. to)`, packs the rows left to the front of the range and returns how many.
  private int mergeRange(int[] refs, int from, int to) {
    int bits = 33 - Integer.numberOfLeadingZeros(to - from);
    int mask = (1 << bits) - 1;
    long[] directory = new long[mask + 1];
    int kept = from;
    for (int i = from; i < to; i++) {
      int ref = refs[i];
      long[] page = pages.page(ref);
      int row = pages.word(ref);
      long hash = page[row];
      int slot = (int) hash & mask;
      boolean merged = false;
      while (directory[slot] != 0) {
        long entry = directory[slot];
        if ((entry ^ hash) >>> 32 == 0) {
          int other = (int) entry - 1;
          if (sameKeys(pages.page(other), pages.word(other), page, row)) {
            states.merge(pages.page(other), pages.word(other), page, row);
            merged = true;
            break;
          }
        }
        slot = slot + 1 & mask;
      }
      if (!merged) {
        directory[slot] = hash & 0xFFFF_FFFFL << 32 | ref + 1;
        refs[kept++] = ref;
      }
    }
    return kept - from;
  }

  private boolean sameKeys(long[] page, int row, long[] otherPage, int other) {
    for (int i = 0; i < keyNulls.length; i++) {
      if (((page[row + 1 + i] ^ otherPage[other + 1 + i]) & keyNulls[i]) != 0) {
        return false;
      }
    }
    return plainKeys
        ? samePlain(page, row, otherPage, other)
        : sameMixed(page, row, otherPage, other);
  }

  private boolean samePlain(long[] page, int row, long[] otherPage, int other) {
    for (int word = firstKeyWord; word < lastKeyWord; word++) {
      if (page[row + word] != otherPage[other + word]) {
        return false;
      }
    }
    return true;
  }

  private boolean sameMixed(long[] page, int row, long[] otherPage, int other) {
    byte[][] bytes = arena.pages();
    for (int key = 0; key < layout.keyCount(); key++) {
      Slot slot = layout.key(key);
      int word = slot.word();
      boolean same =
          switch (slot.physical()) {
            case BYTES ->
                slot.isNull(page, row)
                    || StringKeys.same(page[row + word], otherPage[other + word], bytes);
            case INT128 ->
                page[row + word] == otherPage[other + word]
                    && page[row + word + 1] == otherPage[other + word + 1];
            case INT, LONG, DOUBLE -> page[row + word] == otherPage[other + word];
          };
      if (!same) {
        return false;
      }
    }
    return true;
  }
}
