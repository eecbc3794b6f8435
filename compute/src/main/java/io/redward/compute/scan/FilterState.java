package io.redward.compute.scan;

import io.redward.runtime.kernel.LongSet;
import io.redward.runtime.kernel.Selections;
import io.redward.storage.table.Block;
import java.util.Comparator;

/// A filter on one worker's column: applied by values or, in units where that pays, by dictionary
/// codes or packed bits. It counts what it is asked and what it keeps, so that the filters of a
/// scan can be put in the order in which they cost least.
final class FilterState {
  /// By cost of a row over the part of rows that need not be looked at any more.
  static final Comparator<FilterState> BEST_FIRST = Comparator.comparingDouble(FilterState::rank);

  /// A dictionary is decided ahead if the unit has this many times as many rows.
  private static final int ROWS_PER_ENTRY = 4;

  /// Of more than one row in this many that stay, decoding first is as good.
  private static final int DECODING_SHARE = 3;

  private final int index;
  private final ColumnFilter filter;
  private final ScanColumn column;
  private final int cost;
  private final DictionaryFilter dictionary = new DictionaryFilter();
  private boolean satisfied;
  private boolean byCode;
  private long asked;
  private long kept;

  /// @param index the filter's place among the scan's filters
  FilterState(int index, FieldFilter filter, ScanColumn column) {
    this.index = index;
    this.filter = filter.filter();
    this.column = column;
    cost = FieldFilter.cost(filter.filter());
  }

  private double rank() {
    double dropped = asked == 0 ? 0.5 : 1 - (double) kept / asked;
    return ((byCode ? 1 : cost) + 1) / Math.max(dropped, 1e-3);
  }

  /// Gets ready for a unit; false if its dictionary shows that no row passes.
  ///
  /// @param satisfiedFilters bit i set = every row passes filter i
  boolean openUnit(long satisfiedFilters, int rows) {
    satisfied = index < Long.SIZE - 1 && (satisfiedFilters >>> index & 1) != 0;
    byCode = false;
    if (satisfied) {
      return true;
    }
    Block block = column.block();
    if (block == null
        || column.narrowed()
        || block.hasNulls() && filter instanceof ColumnFilter.Absent
        || block.dictionarySize() == 0
        || (long) block.dictionarySize() * ROWS_PER_ENTRY > rows) {
      return true;
    }
    dictionary.open(filter, block, column.vector().physical());
    byCode = true;
    satisfied = dictionary.verdict() == Verdict.ALL && !block.hasNulls();
    return dictionary.verdict() != Verdict.NONE;
  }

  /// Narrows the `live` rows of a chunk and returns how many stay; if all rows of the chunk are
  /// live, `selection` need not be filled.
  int keep(int from, int count, int[] selection, int live) {
    if (satisfied) {
      return live;
    }
    int n = apply(from, count, selection, live);
    asked += live;
    kept += n;
    return n;
  }

  /// Rows that stay are decoded afterwards, so comparing without decoding pays if few do.
  private boolean mostlyDrops() {
    return kept * DECODING_SHARE <= asked;
  }

  private int byPackedBits(Block block, int from, int count, int[] selection) {
    return switch (filter) {
      case ColumnFilter.LongRange(long low, long high) ->
          block.selectBetween(from, count, low, high, selection);
      case ColumnFilter.LongIn(LongSet set) when set.min() == set.max() ->
          block.selectBetween(from, count, set.min(), set.max(), selection);
      default -> -1;
    };
  }

  private int apply(int from, int count, int[] selection, int live) {
    boolean dense = live == count;
    Block block = column.block();
    if (byCode && block != null) {
      int[] codes = dictionary.codes(count);
      block.decodeCodes(from, count, codes);
      int n =
          dense
              ? Selections.acceptedCodes(codes, count, dictionary.accepted(), selection)
              : Selections.keepAcceptedCodes(codes, dictionary.accepted(), selection, live);
      return block.hasNulls() ? block.keepPresent(from, selection, n) : n;
    }
    if (dense && block != null && mostlyDrops() && !column.narrowed()) {
      int found = byPackedBits(block, from, count, selection);
      if (found >= 0) {
        return found;
      }
    }
    column.fill(from, count, selection, live, dense);
    return ColumnFilter.apply(filter, column.vector(), selection, live, dense);
  }
}
