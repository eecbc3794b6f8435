package io.redward.storage.commit;

import io.redward.storage.rowset.RowsetFile;

/// A rowset and which of its rows are deleted. Immutable; a new object after every change, so that
/// identity tells whether it changed.
///
/// @param deleted set bit = deleted, low bit of word 0 = row 0; empty if none is
public record RowsetState(RowsetFile file, long[] deleted, int deletedCount) {
  RowsetState(RowsetFile file) {
    this(file, new long[0], 0);
  }

  public int rowsetId() {
    return file.reference().rowsetId();
  }

  public int rowCount() {
    return file.reference().rowCount();
  }

  public boolean isDeleted(int row) {
    return deleted.length > 0 && (deleted[row >> 6] >>> row & 1) != 0;
  }

  /// Rows that are deleted here and were not in an earlier state of the rowset, ascending.
  int[] deletedSince(RowsetState earlier) {
    long[] fresh = deleted.clone();
    for (int i = 0; i < earlier.deleted.length; i++) {
      fresh[i] &= ~earlier.deleted[i];
    }
    return Changes.rows(fresh);
  }

  RowsetState withDeleted(int[] rows) {
    long[] words = deleted.length > 0 ? deleted.clone() : new long[(rowCount() + 63) >> 6];
    int count = deletedCount;
    for (int row : rows) {
      long bit = 1L << row;
      count += (words[row >> 6] & bit) == 0 ? 1 : 0;
      words[row >> 6] |= bit;
    }
    return new RowsetState(file, words, count);
  }
}
