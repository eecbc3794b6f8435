package io.redward.storage.table;

import io.redward.foundation.types.Int128;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// How well a table lies in the order of its first sort key column, judged by zone maps alone.
public final class SortedRegion {
  private SortedRegion() {}

  /// Rows of blocks that start before a block of smaller values has ended. 0 means that a range of
  /// the key touches as few blocks as can be.
  public static long unsortedRows(List<RowsetSnapshot> rowsets, int columnId) {
    List<BlockSummary> blocks = blocks(rowsets, columnId);
    blocks.sort(Comparator.comparing(b -> b.bounds().orElseThrow(), SortedRegion::compareMins));
    long unsorted = 0;
    Optional<ValueBounds> widest = Optional.empty();
    for (BlockSummary block : blocks) {
      ValueBounds bounds = block.bounds().orElseThrow();
      if (widest.isPresent() && startsBeforeEnd(bounds, widest.get())) {
        unsorted += block.rowCount();
      }
      if (widest.isEmpty() || compareMaxes(bounds, widest.get()) > 0) {
        widest = Optional.of(bounds);
      }
    }
    return unsorted;
  }

  /// The same of a table that is divided by another column first: of its divisions, each for
  /// itself.
  public static long unsortedRows(
      List<RowsetSnapshot> rowsets, int columnId, OptionalInt division) {
    return divisions(rowsets, division).stream()
        .mapToLong(part -> unsortedRows(part, columnId))
        .sum();
  }

  /// As [#depth(List, int)] on average over the divisions of a table that is divided by another
  /// column first.
  public static double depth(List<RowsetSnapshot> rowsets, int columnId, OptionalInt division) {
    return divisions(rowsets, division).stream()
        .mapToDouble(part -> depth(part, columnId))
        .average()
        .orElse(1);
  }

  /// Rowsets whose values of a column overlap, together.
  private static List<List<RowsetSnapshot>> divisions(
      List<RowsetSnapshot> rowsets, OptionalInt column) {
    if (column.isEmpty()) {
      return List.of(rowsets);
    }
    record Bounded(RowsetSnapshot rowset, ValueBounds least, ValueBounds greatest) {}

    List<Bounded> bounded = new ArrayList<>();
    for (RowsetSnapshot rowset : rowsets) {
      List<ValueBounds> blocks = new ArrayList<>();
      for (BlockSummary block : blocks(List.of(rowset), column.getAsInt())) {
        blocks.add(block.bounds().orElseThrow());
      }
      if (blocks.isEmpty()) {
        return List.of(rowsets);
      }
      ValueBounds least = Collections.min(blocks, SortedRegion::compareMins);
      bounded.add(new Bounded(rowset, least, Collections.max(blocks, SortedRegion::compareMaxes)));
    }
    bounded.sort(Comparator.comparing(Bounded::least, SortedRegion::compareMins));
    List<List<RowsetSnapshot>> divisions = new ArrayList<>();
    Optional<ValueBounds> widest = Optional.empty();
    for (Bounded each : bounded) {
      if (widest.isEmpty() || !startsBeforeEnd(each.least(), widest.get())) {
        divisions.add(new ArrayList<>());
      }
      divisions.getLast().add(each.rowset());
      if (widest.isEmpty() || compareMaxes(each.greatest(), widest.get()) > 0) {
        widest = Optional.of(each.greatest());
      }
    }
    return divisions;
  }

  /// How many blocks a narrow range of the key touches on average, itself included: 1 in a sorted
  /// table, all of them in one that came in random order.
  public static double depth(List<RowsetSnapshot> rowsets, int columnId) {
    List<ValueBounds> byMin = new ArrayList<>();
    for (BlockSummary block : blocks(rowsets, columnId)) {
      byMin.add(block.bounds().orElseThrow());
    }
    if (byMin.isEmpty()) {
      return 1;
    }
    List<ValueBounds> byMax = new ArrayList<>(byMin);
    byMin.sort(SortedRegion::compareMins);
    byMax.sort(SortedRegion::compareMaxes);
    long pairs = 0;
    int ended = 0;
    for (int started = 0; started < byMin.size(); started++) {
      while (ended < started && !startsBeforeEnd(byMin.get(started), byMax.get(ended))) {
        ended++;
      }
      pairs += started - ended;
    }
    return 1 + 2.0 * pairs / byMin.size();
  }

  /// How many blocks a narrow range of one column of an interleaved key touches at least, if every
  /// other column shall prune as well: of `n` blocks and `k` columns, n to the (k-1)/k.
  public static double interleavedDepth(List<RowsetSnapshot> rowsets, int columns) {
    long blocks = rowsets.stream().mapToLong(RowsetSnapshot::blockCount).sum();
    return Math.max(1, Math.pow(blocks, (columns - 1.0) / columns));
  }

  private static List<BlockSummary> blocks(List<RowsetSnapshot> rowsets, int columnId) {
    List<BlockSummary> blocks = new ArrayList<>();
    for (RowsetSnapshot rowset : rowsets) {
      if (rowset.hasColumn(columnId)) {
        for (int block = 0; block < rowset.blockCount(); block++) {
          BlockSummary summary = rowset.summary(columnId, block);
          if (summary.bounds().isPresent()) {
            blocks.add(summary);
          }
        }
      }
    }
    return blocks;
  }

  /// Whether the least value of `later` is less than the largest of `earlier`.
  public static boolean startsBeforeEnd(ValueBounds later, ValueBounds earlier) {
    if (later instanceof ValueBounds.Longs a && earlier instanceof ValueBounds.Longs b) {
      return a.min() < b.max();
    }
    if (later instanceof ValueBounds.Doubles a && earlier instanceof ValueBounds.Doubles b) {
      return Double.compare(a.min(), b.max()) < 0;
    }
    if (later instanceof ValueBounds.Int128s a && earlier instanceof ValueBounds.Int128s b) {
      return a.min().compareTo(b.max()) < 0;
    }
    if (later instanceof ValueBounds.Bytes a && earlier instanceof ValueBounds.Bytes b) {
      return Arrays.compareUnsigned(a.min(), b.max()) < 0;
    }
    throw new IllegalArgumentException("bounds of different kinds: " + later + ", " + earlier);
  }

  public static int compareMins(ValueBounds left, ValueBounds right) {
    return compare(left, right, true);
  }

  public static int compareMaxes(ValueBounds left, ValueBounds right) {
    return compare(left, right, false);
  }

  private static int compare(ValueBounds left, ValueBounds right, boolean mins) {
    if (left instanceof ValueBounds.Longs a && right instanceof ValueBounds.Longs b) {
      return mins ? Long.compare(a.min(), b.min()) : Long.compare(a.max(), b.max());
    }
    if (left instanceof ValueBounds.Doubles a && right instanceof ValueBounds.Doubles b) {
      return mins ? Double.compare(a.min(), b.min()) : Double.compare(a.max(), b.max());
    }
    if (left instanceof ValueBounds.Int128s a && right instanceof ValueBounds.Int128s b) {
      Int128 first = mins ? a.min() : a.max();
      return first.compareTo(mins ? b.min() : b.max());
    }
    if (left instanceof ValueBounds.Bytes a && right instanceof ValueBounds.Bytes b) {
      return mins
          ? Arrays.compareUnsigned(a.min(), b.min())
          : Arrays.compareUnsigned(a.max(), b.max());
    }
    throw new IllegalArgumentException("bounds of different kinds: " + left + ", " + right);
  }
}
