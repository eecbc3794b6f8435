package io.redward.runtime.aggregate;

import io.redward.foundation.batch.MemoryBudget;
import io.redward.runtime.row.ArrayPool;
import io.redward.runtime.row.RowWriter;
import java.util.ArrayList;
import java.util.List;

/// The groups one worker has met, and a directory by hash to find them: linear probing from slot
/// `(int) (hash >>> 32) & mask`; an entry is the upper half of the hash and the row's name plus
// one, 0 where
/// free. Generated code reads the public fields and must read them again after [#insert].
public final class AggregatePart {
  private static final int FIRST_SLOTS = 256;

  /// From here on directories grow by two, since they no longer fit a cache.
  private static final int MANY_SLOTS = 1 << 15;

  private static final long UPPER = 0xFFFF_FFFFL << 32;

  public long[] directory;
  public int mask;
  public long[][] rowPages;

  /// The page of the group inserted last.
  public long[] page;

  public final RowWriter rows;
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
    budget.reserve(8L * FIRST_SLOTS);
    directory = ArrayPool.LONGS.take(FIRST_SLOTS);
    mask = FIRST_SLOTS - 1;
    limit = FIRST_SLOTS / 2;
    rowPages = rows.rowPages();
    page = rows.page;
    if (layout.keyCount() == 0) {
      insert(0, 0);
    }
  }

  /// Adds a group of hash `hash` at the free slot `slot` and returns the first word of its row in
  /// [#page]. States are empty, keys zero.
  public int insert(long hash, int slot) {
    int row = rows.next();
    page = rows.page;
    rowPages = rows.rowPages();
    System.arraycopy(layout.template(), 0, page, row, layout.template().length);
    directory[slot] = hash & UPPER | rows.ref() + 1;
    groups++;
    if (groups == limit) {
      grow();
    }
    return row;
  }

  /// Entries hold the bits that place them, so rows are not touched.
  private void grow() {
    int slots = directory.length * (directory.length < MANY_SLOTS ? 4 : 2);
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

  /// Gives the directory back.
  void closeDirectory() {
    budget.release(8L * directory.length);
    ArrayPool.LONGS.give(directory, directory.length);
    directory = new long[0];
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
