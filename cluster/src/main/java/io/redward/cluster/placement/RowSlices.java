package io.redward.cluster.placement;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;

/// Which node rows go to by the values of their keys. Values that are equal in SQL hash alike in
/// whatever form they come: integers of any width, strings with and without trailing blanks.
public final class RowSlices {
  private RowSlices() {}

  /// Sorts a batch's live rows by node: the one whose slice their keys hash to.
  ///
  /// @param first the first key column
  /// @param order receives the rows
  /// @return where each node's rows start in `order`, and where the last one's end
  public static int[] group(Batch batch, int first, int keys, Slices slices, int[] order) {
    return sort(batch, nodes(batch, first, keys, slices), slices.nodes().size(), order);
  }

  private static int[] nodes(Batch batch, int first, int keys, Slices slices) {
    int count = batch.selectedCount;
    long[] hashes = new long[count];
    for (int key = 0; key < keys; key++) {
      add(batch, batch.vectors[first + key], hashes);
    }
    int[] owners = slices.owners();
    int[] node = new int[count];
    for (int i = 0; i < count; i++) {
      node[i] = owners[Slices.ofHash(hashes[i])];
    }
    return node;
  }

  /// As [#group], but for rows with hot keys.
  ///
  /// @param own the sending node, to which outer rows of such keys belong; -1 if it is the leader
  /// @return as there; inner rows with such keys, which are for all, come behind the last node's
  public static int[] group(
      Batch batch, int first, int keys, Slices slices, int[] order, HotKeys hot, int own) {
    int[] node = nodes(batch, first, keys, slices);
    int place = hot.copied() ? slices.nodes().size() : own;
    if (place >= 0) {
      int[] rows = new int[node.length];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = batch.row(i);
      }
      hot.place(batch.vectors[first + hot.key()], rows, node, place);
    }
    return sort(batch, node, slices.nodes().size() + 1, order);
  }

  /// Sorts a batch's live rows by node: the one that has the range of their key.
  ///
  /// @param key the column of the key
  /// @param owners by range: its node
  public static int[] byRange(
      Batch batch, int key, KeyRanges ranges, int[] owners, int nodes, int[] order) {
    int[] node = new int[batch.selectedCount];
    Vector values = batch.vectors[key];
    for (int i = 0; i < node.length; i++) {
      node[i] = owners[ranges.of(values, batch.row(i))];
    }
    return sort(batch, node, nodes, order);
  }

  private static int[] sort(Batch batch, int[] node, int nodes, int[] order) {
    int[] starts = new int[nodes + 1];
    for (int each : node) {
      starts[each + 1]++;
    }
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
    int[] next = starts.clone();
    for (int i = 0; i < node.length; i++) {
      order[next[node[i]]++] = batch.row(i);
    }
    return starts;
  }

  private static void add(Batch batch, Vector vector, long[] hashes) {
    for (int i = 0; i < hashes.length; i++) {
      int row = batch.row(i);
      hashes[i] = Slices.mix(hashes[i] * 31 + (vector.isNull(row) ? 0x9E37L : word(vector, row)));
    }
  }

  private static long word(Vector vector, int row) {
    return switch (vector) {
      case IntVector ints -> ints.values[row];
      case LongVector longs -> longs.values[row];
      case DoubleVector doubles -> {
        double value = doubles.values[row];
        yield Double.doubleToLongBits(value == 0 ? 0.0 : value);
      }
      case Int128Vector wide ->
          wide.high[row] == wide.low[row] >> 63
              ? wide.low[row]
              : Slices.mix(wide.high[row]) ^ wide.low[row];
      case BytesVector strings -> text(strings.page(row), strings.offset(row), strings.length(row));
    };
  }

  private static long text(byte[] page, int offset, int length) {
    int end = offset + length;
    while (end > offset && page[end - 1] == ' ') {
      end--;
    }
    long hash = (long) end - offset;
    for (int at = offset; at < end; at++) {
      hash = hash * 0x1_0000_01B3L + page[at];
    }
    return hash;
  }
}
