package io.redward.foundation.batch;

import io.redward.foundation.types.Physical;
import java.util.List;

/// A chunk of rows, column by column, and the selection of those that still count.
///
/// `selectedCount` rows are live. With `selection` active (`dense` false) their indices are
/// `selection[0 .. selectedCount)`, ascending; with `dense` true they are rows
/// `0 .. selectedCount)`. Owned by one thread at a time; whoever receives a batch may use it until
/// it returns and must copy what it keeps.
public final class Batch {
  /// Rows a batch holds at the most: eight 8-byte columns of it fill a quarter of a 1 MiB L2 cache.
  public static final int CAPACITY = 4096;

  public final Vector[] vectors;
  public final int[] selection;
  public boolean dense = true;
  public int selectedCount;

  public Batch(List<Physical> columns, int capacity) {
    vectors = new Vector[columns.size()];
    for (int column = 0; column < vectors.length; column++) {
      vectors[column] = Vector.of(columns.get(column), capacity);
    }
    selection = new int[capacity];
  }

  public Batch(List<Physical> columns) {
    this(columns, CAPACITY);
  }

  private Batch(Vector[] vectors, int rowCount) {
    this.vectors = vectors;
    selection = new int[Math.max(1, rowCount)];
    selectedCount = rowCount;
  }

  /// The first `rowCount` rows of vectors that others may read too: a selection of its own over
  /// values that nobody changes.
  public static Batch over(Vector[] vectors, int rowCount) {
    return new Batch(vectors, rowCount);
  }

  /// The physical row of the `index`-th live row.
  public int row(int index) {
    return dense ? index : selection[index];
  }

  public int capacity() {
    return selection.length;
  }

  /// Empty again, all vectors without nulls.
  public void reset() {
    dense = true;
    selectedCount = 0;
    for (Vector vector : vectors) {
      vector.reset();
    }
  }

  /// Bytes of the values of the rows selected.
  public long valueBytes() {
    long bytes = 0;
    for (Vector vector : vectors) {
      bytes +=
          switch (vector) {
            case IntVector _ -> 4L * selectedCount;
            case LongVector _, DoubleVector _ -> 8L * selectedCount;
            case Int128Vector _ -> 16L * selectedCount;
            case BytesVector strings -> lengths(strings);
          };
    }
    return bytes;
  }

  private long lengths(BytesVector strings) {
    long bytes = 0;
    for (int i = 0; i < selectedCount; i++) {
      int row = row(i);
      bytes += strings.isNull(row) ? 0 : strings.length(row);
    }
    return bytes;
  }
}
