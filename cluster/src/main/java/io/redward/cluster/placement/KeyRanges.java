package io.redward.cluster.placement;

import io.redward.foundation.batch.Vector;
import io.redward.storage.table.BlockSummary;
import io.redward.storage.table.KeyWords;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.TableSnapshot;
import io.redward.storage.table.ValueBounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Ranges of the values of a distribution key. Tables divided by the same ranges have rows of equal
/// keys on one node, so they are joined without moving any. A table whose rows lie in the order of
/// its key, or nearly so, is divided by whole blocks but for those in which a range ends.
///
/// NULLs belong to the first range.
public final class KeyRanges {
  private static final int BLOCKS_A_RANGE = 8;
  private static final int MOST = 512;

  private final KeyWords words;
  private final long[] starts;

  /// @param words by which values are ordered
  /// @param starts the least word of each range, ascending; of the first it does not count
  public KeyRanges(KeyWords words, long[] starts) {
    this.words = words;
    this.starts = starts.clone();
  }

  private record Piece(long min, long max, int rows) {}

  /// Ranges of a table with about as many rows each, some for every node; empty if the table's
  /// blocks overlap too much for them.
  public static Optional<KeyRanges> of(TableSnapshot table, int columnId, int nodes) {
    KeyWords words = KeyWords.of(table, columnId).orElse(KeyWords.PLAIN);
    Optional<List<Piece>> found = pieces(table, columnId, words);
    if (found.isEmpty() || found.get().isEmpty()) {
      return Optional.empty();
    }
    List<Piece> pieces = new ArrayList<>(found.get());
    pieces.sort(Comparator.comparingLong(Piece::min));
    int wanted = Integer.highestOneBit(pieces.size() / BLOCKS_A_RANGE + 1);
    int count = Math.min(MOST, Math.max(least(nodes), wanted));
    Optional<KeyRanges> ranges = Optional.of(new KeyRanges(words, starts(pieces, count)));
    while (ranges.isPresent() && !ranges.get().divides(table, columnId)) {
      ranges = ranges.get().coarser(nodes);
    }
    return ranges;
  }

  private static int least(int nodes) {
    return Math.max(2, Integer.highestOneBit(Math.max(1, 2 * nodes - 1)));
  }

  /// Every two ranges put together, if enough for so many nodes are left.
  public Optional<KeyRanges> coarser(int nodes) {
    int left = (starts.length + 1) / 2;
    if (left < least(nodes)) {
      return Optional.empty();
    }
    long[] kept = new long[left];
    for (int i = 0; i < left; i++) {
      kept[i] = starts[2 * i];
    }
    return Optional.of(new KeyRanges(words, kept));
  }

  /// Where a value is the first both of its range and of its block, no block is read by two nodes.
  private static long[] starts(List<Piece> pieces, int count) {
    long rows = 0;
    for (Piece piece : pieces) {
      rows += piece.rows();
    }
    long[] highest = new long[pieces.size()];
    long[] before = new long[pieces.size()];
    long passed = 0;
    for (int i = 0; i < pieces.size(); i++) {
      before[i] = passed;
      passed += pieces.get(i).rows();
      highest[i] = i == 0 ? pieces.get(i).max() : Math.max(highest[i - 1], pieces.get(i).max());
    }
    long[] starts = new long[count];
    int kept = 1;
    for (int range = 1; range < count; range++) {
      long start = start(pieces, highest, before, rows * range / count, rows / count);
      if (kept == 1 ? start > pieces.getFirst().min() : start > starts[kept - 1]) {
        starts[kept++] = start;
      }
    }
    return Arrays.copyOf(starts, kept);
  }

  /// The value before which about `wanted` rows lie.
  private static long start(
      List<Piece> pieces, long[] highest, long[] before, long wanted, long rangeRows) {
    int nearest = 0;
    for (int i = 0; i < pieces.size(); i++) {
      nearest = before[i] <= wanted ? i : nearest;
    }
    Piece inside = pieces.get(nearest);
    long tolerance = rangeRows / 8;
    long best = Long.MAX_VALUE;
    long start = 0;
    int from = nearest;
    while (from > 1 && wanted - before[from - 1] <= tolerance) {
      from--;
    }
    for (int i = Math.max(1, from); i < pieces.size(); i++) {
      long distance = Math.abs(before[i] - wanted);
      if (pieces.get(i).min() > highest[i - 1] && distance <= tolerance && distance < best) {
        best = distance;
        start = KeyWords.roundest(highest[i - 1], pieces.get(i).min());
      }
      if (before[i] - wanted > tolerance) {
        break;
      }
    }
    if (best < Long.MAX_VALUE) {
      return start;
    }
    double share = (double) (wanted - before[nearest]) / Math.max(1, inside.rows());
    double span = (double) inside.max() - inside.min();
    double inner = Math.min(1, share) * span;
    return span < Long.MAX_VALUE ? inside.min() + (long) inner : (long) (inside.min() + inner);
  }

  /// Empty if some rows are older than the column.
  private static Optional<List<Piece>> pieces(TableSnapshot table, int columnId, KeyWords words) {
    List<Piece> pieces = new ArrayList<>();
    for (RowsetSnapshot rowset : table.rowsets()) {
      if (!rowset.hasColumn(columnId)) {
        return Optional.empty();
      }
      for (int block = 0; block < rowset.blockCount(); block++) {
        BlockSummary summary = rowset.summary(columnId, block);
        if (summary.bounds().isEmpty()) {
          pieces.add(new Piece(Long.MIN_VALUE, Long.MIN_VALUE, summary.rowCount()));
        } else {
          ValueBounds bounds = summary.bounds().get();
          pieces.add(new Piece(words.least(bounds), words.greatest(bounds), summary.rowCount()));
        }
      }
    }
    return Optional.of(pieces);
  }

  /// Whether nodes that divide the table so read few more blocks than it has. Of a block that is
  /// read by two each skips what is the other's, so this may be some.
  public boolean divides(TableSnapshot table, int columnId) {
    Optional<List<Piece>> pieces = pieces(table, columnId, words);
    if (pieces.isEmpty()) {
      return false;
    }
    long reads = 0;
    for (Piece piece : pieces.get()) {
      reads += of(piece.max()) - of(piece.min()) + 1;
    }
    long blocks = pieces.get().size();
    return reads <= 2 * blocks + count();
  }

  /// The range of a value; NULLs belong to the first.
  public int of(Vector values, int row) {
    return values.isNull(row) ? 0 : of(words.of(values, row));
  }

  /// The ranges that values within the bounds may belong to.
  ///
  /// @return the first and the last
  int[] of(ValueBounds bounds) {
    return new int[] {of(words.least(bounds)), of(words.greatest(bounds))};
  }

  /// The range of a word.
  public int of(long value) {
    int from = 1;
    int to = starts.length;
    while (from < to) {
      int middle = from + to >>> 1;
      if (starts[middle] <= value) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from - 1;
  }

  public int count() {
    return starts.length;
  }

  public long[] starts() {
    return starts.clone();
  }

  /// By which values are ordered.
  public KeyWords words() {
    return words;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyRanges that
        && words.equals(that.words)
        && Arrays.equals(starts, that.starts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(starts);
  }
}
