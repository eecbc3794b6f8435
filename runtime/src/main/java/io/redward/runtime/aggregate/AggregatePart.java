package io.redward.runtime.aggregate;

import io.redward.foundation.batch.MemoryBudget;
import io.redward.runtime.row.ArrayPool;
import io.redward.runtime.row.RowWriter;
import java.util.ArrayList;
import java.util.List;

/// The groups one worker has met. Generated code reads the public fields and must read them again
/// after it has added a group.
///
/// A directory by hash finds groups of any keys: linear probing from slot `(int) (hash >>> 32) &
/// mask`;
/// an entry is the upper half of the hash and the row's name plus one, 0 where free. Groups of one
/// integer key are found by [IntegerGroups] instead.
public final class AggregatePart {
  private static final int FIRST_SLOTS = 256;

  /// From here on directories grow by two, since they no longer fit a cache.
  private static final int MANY_SLOTS = 1 << 15;

  private static final long UPPER = 0xFFFF_FFFFL << 32;

  public long[] directory = new long[0];
  public int mask;
  public long[][] rowPages;

  /// The page of the group added last.
  public long[] page;

  public final RowWriter rows;

  /// Finds groups by an integer key, if that is what groups have.
  public final IntegerGroups integers;

  /// Finds groups by dictionary entries, for rows that have some.
  public final CodedGroups coded = new CodedGroups();

  final List<Collector> collectors = new ArrayList<>();

  private final AggregateLayout layout;
  private final MemoryBudget budget;
  private final int number;
  private int groups;
  private int limit;

  AggregatePart(AggregateLayout layout, RowWriter rows, MemoryBudget budget, int number) {
    this.layout = layout;
    this.rows = rows;
    this.budget = budget;
    this.number = number;
    rowPages = rows.rowPages();
    page = rows.page;
    integers = new IntegerGroups(this, budget);
    if (!layout.integerKey()) {
      widen(FIRST_SLOTS);
    }
    if (layout.keyCount() == 0) {
      insert(0, 0);
    }
  }

  /// Adds a group of hash `hash` at the free slot `slot` and returns the first word of its row in
  /// [#page]. States are empty, keys zero.
  public int insert(long hash, int slot) {
    int row = newRow();
    directory[slot] = hash & UPPER | rows.ref() + 1;
    if (groups >= limit) {
      widen(directory.length * (directory.length < MANY_SLOTS ? 4 : 2));
    }
    return row;
  }

  /// Adds a row for a group that the caller enters somewhere.
  int newRow() {
    int row = rows.next();
    page = rows.page;
    rowPages = rows.rowPages();
    System.arraycopy(layout.template(), 0, page, row, layout.template().length);
    groups++;
    return row;
  }

  /// Enters a row that exists into the directory by hash.
  void enter(long hash, int name) {
    if (groups >= limit) {
      int wanted = Math.max(FIRST_SLOTS, directory.length * 2);
      widen(Math.max(wanted, ArrayPool.length(groups * 2)));
    }
    int slot = (int) (hash >>> 32) & mask;
    while (directory[slot] != 0) {
      slot = slot + 1 & mask;
    }
    directory[slot] = hash & UPPER | name;
  }

  /// Entries hold the bits that place them, so rows are not touched.
  private void widen(int slots) {
    budget.reserve(8L * slots);
    long[] wide = ArrayPool.LONGS.take(slots);
    int wideMask = slots - 1;
    for (long entry : directory) {
      if (entry == 0) {
        continue;
      }
      int slot = (int) (entry >>> 32) & wideMask;
      while (wide[slot] != 0) {
        slot = slot + 1 & wideMask;
      }
      wide[slot] = entry;
    }
    closeDirectory();
    directory = wide;
    mask = wideMask;
    limit = slots / 8 * 5;
  }

  private void closeDirectory() {
    budget.release(8L * directory.length);
    ArrayPool.LONGS.give(directory, directory.length);
    directory = new long[0];
  }

  /// Gives the directories back.
  void closeDirectories() {
    closeDirectory();
    integers.close();
  }

  /// A group read back: the caller fills its row, whose first word in [#page] is returned.
  int enterNew(long hash) {
    int row = newRow();
    enter(hash, rows.ref() + 1);
    return row;
  }

  AggregateLayout layout() {
    return layout;
  }

  int groups() {
    return groups;
  }

  /// The collector of state `state` of the group at `row` of `page`; made on first use.
  public Collector collector(long[] page, int row, int state) {
    AggregateLayout.State described = layout.states().get(state);
    long handle = page[row + described.extra()];
    if (handle == 0) {
      collectors.add(Collector.of(described, budget));
      handle = (long) number << 32 | collectors.size();
      page[row + described.extra()] = handle;
    }
    return collectors.get((int) handle - 1);
  }
}
