package io.redward.runtime.aggregate;

import io.redward.foundation.types.Physical;
import io.redward.runtime.row.BytesArena;
import io.redward.runtime.row.RowLayout.Slot;
import io.redward.runtime.row.RowPages;
import io.redward.runtime.row.StringKeys;
import io.redward.runtime.segment.Parallel;
import java.util.Arrays;
import java.util.List;

/// Merges the groups of several workers: rows stay where they are, of equal ones the first takes
/// the
/// states of the others. Directories of one hash function are ordered alike, so that going through
/// one and looking up in another reads both in order; only rows whose hashes agree are touched.
final class GroupMerge {
  private static final int SLOTS_PER_TASK = 1 << 16;

  /// In a row's header once another row has taken its states.
  private static final long MERGED = 1;

  private final AggregateLayout layout;
  private final RowPages pages;
  private final BytesArena arena;
  private final List<AggregatePart> parts;
  final StateMerge states;
  private final int firstKeyWord;
  private final int lastKeyWord;
  private final boolean plainKeys;
  private final long[] keyNulls;

  GroupMerge(AggregateLayout layout, RowPages pages, BytesArena arena, List<AggregatePart> parts) {
    this.layout = layout;
    this.pages = pages;
    this.arena = arena;
    this.parts = parts;
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

  /// Merges everything. A part's groups are looked up in the parts before it, range by range of its
  /// directory; within a part all groups differ, so that no two tasks meet in one row.
  void run(Parallel parallel) {
    for (int number = 1; number < parts.size(); number++) {
      AggregatePart part = parts.get(number);
      List<AggregatePart> earlier = parts.subList(0, number);
      if (layout.keyCount() == 0) {
        mergeSlots(part, earlier, 0, 1);
        continue;
      }
      int places = layout.integerKey() ? part.integers.places() : part.directory.length;
      int tasks = (places + SLOTS_PER_TASK - 1) / SLOTS_PER_TASK;
      parallel.run(
          tasks,
          task -> {
            int from = task * SLOTS_PER_TASK;
            int to = Math.min(places, from + SLOTS_PER_TASK);
            if (layout.integerKey()) {
              mergePlaces(part, earlier, from, to);
            } else {
              mergeSlots(part, earlier, from, to);
            }
          });
      mergeNullGroup(part, earlier);
    }
  }

  private void mergePlaces(AggregatePart part, List<AggregatePart> earlier, int from, int to) {
    int keyWord = layout.key(0).word();
    for (int place = from; place < to; place++) {
      int name = part.integers.at(place);
      if (name == 0) {
        continue;
      }
      int source = name - 1;
      long key = pages.page(source)[pages.word(source) + keyWord];
      for (AggregatePart other : earlier) {
        int target = other.integers.find(key);
        if (target != 0) {
          mergeRows(target - 1, source);
          break;
        }
      }
    }
  }

  private void mergeNullGroup(AggregatePart part, List<AggregatePart> earlier) {
    int name = part.integers.nullGroup();
    for (AggregatePart other : earlier) {
      if (name != 0 && other.integers.nullGroup() != 0) {
        mergeRows(other.integers.nullGroup() - 1, name - 1);
        break;
      }
    }
  }

  private void mergeRows(int target, int source) {
    long[] sourcePage = pages.page(source);
    int sourceRow = pages.word(source);
    states.merge(pages.page(target), pages.word(target), sourcePage, sourceRow);
    sourcePage[sourceRow] = MERGED;
  }

  /// The rows that no other has taken over, in their order.
  int[] alive(int[] refs) {
    int kept = 0;
    for (int ref : refs) {
      refs[kept] = ref;
      kept += pages.page(ref)[pages.word(ref)] == MERGED ? 0 : 1;
    }
    return Arrays.copyOf(refs, kept);
  }

  private void mergeSlots(AggregatePart part, List<AggregatePart> earlier, int from, int to) {
    for (int slot = from; slot < to; slot++) {
      long entry = part.directory[slot];
      if (entry != 0) {
        for (AggregatePart other : earlier) {
          if (mergeInto(other, entry)) {
            break;
          }
        }
      }
    }
  }

  /// Merges the row of an entry into the equal row of `other`, if it has one.
  private boolean mergeInto(AggregatePart other, long entry) {
    int slot = (int) (entry >>> 32) & other.mask;
    for (long candidate = other.directory[slot];
        candidate != 0;
        candidate = other.directory[slot]) {
      if ((candidate ^ entry) >>> 32 == 0) {
        int target = (int) candidate - 1;
        int source = (int) entry - 1;
        long[] page = pages.page(target);
        int row = pages.word(target);
        long[] sourcePage = pages.page(source);
        int sourceRow = pages.word(source);
        if (page[row] != MERGED && sameKeys(page, row, sourcePage, sourceRow)) {
          states.merge(page, row, sourcePage, sourceRow);
          sourcePage[sourceRow] = MERGED;
          return true;
        }
      }
      slot = slot + 1 & other.mask;
    }
    return false;
  }

  boolean sameKeys(long[] page, int row, long[] otherPage, int other) {
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
