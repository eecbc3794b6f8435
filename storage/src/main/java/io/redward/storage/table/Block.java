package io.redward.storage.table;

import io.redward.foundation.batch.Vector;

/// One column's values for one row range, encoded. Immutable, thread-safe.
public interface Block {
  int rowCount();

  boolean hasNulls();

  /// Decodes rows `[from, from + count)` into `out` from its row 0: values and validity. Values
  /// under nulls are unspecified. A BYTES block points `out.views` into pages it owns.
  void decode(int from, int count, Vector out);

  /// Decodes only the rows `from + selection[0 .. selectedCount)`, each into its own row
  /// `selection[i]` of `out`; the other rows of `out` are unspecified. Worth it for few rows.
  void decodeSelected(int from, int[] selection, int selectedCount, Vector out);

  /// The present rows among `[from, from + count)` whose integer lies in `[low, high]`, counted
  /// from `from`, found without decoding them.
  ///
  /// @return how many were written to `selection`, or -1 if these rows have to be decoded
  default int selectBetween(int from, int count, long low, long high, int[] selection) {
    return -1;
  }

  /// Rows outside of which no integer lies in `[low, high]`, told from what the block knows of its
  /// parts without decoding them; all rows if it knows nothing.
  default RowSpan spanBetween(long low, long high) {
    return new RowSpan(0, rowCount());
  }

  /// Keeps those of the selected rows, counted from `from`, that are not null; a block that
  /// [#hasNulls] overrides it.
  default int keepPresent(int from, int[] selection, int count) {
    return count;
  }

  /// Entries of the dictionary if the block is dictionary-encoded, else 0. Predicates can then be
  /// decided once an entry. Nulls have no code; their rows decode to an unspecified one.
  int dictionarySize();

  /// All dictionary entries, as rows `0 .. dictionarySize())` of `out`, in no particular order.
  void decodeDictionary(Vector out);

  /// Codes of rows `[from, from + count)`.
  void decodeCodes(int from, int count, int[] codes);

  /// Bytes this block holds in the cache.
  long heldBytes();
}
