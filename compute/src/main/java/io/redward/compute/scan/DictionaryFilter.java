package io.redward.compute.scan;

import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Physical;
import io.redward.storage.table.Block;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Decides a filter once an entry of a block's dictionary and then filters rows by their codes.
/// One worker's; its arrays are reused from unit to unit.
final class DictionaryFilter {
  private int[] codes = new int[0];
  private @Nullable Vector entries;
  private int[] selection = new int[0];
  private byte[] accepted = new byte[0];
  private int size;
  private int acceptedCount;

  void open(ColumnFilter filter, Block block, Physical physical) {
    size = block.dictionarySize();
    Vector dictionary = entries;
    if (dictionary == null || dictionary.physical() != physical || dictionary.capacity() < size) {
      dictionary = Vector.of(physical, size);
      entries = dictionary;
      selection = new int[dictionary.capacity()];
      accepted = new byte[dictionary.capacity()];
    }
    dictionary.reset();
    block.decodeDictionary(dictionary);
    acceptedCount = ColumnFilter.apply(filter, dictionary, selection, size, true);
    Arrays.fill(accepted, 0, size, (byte) 0);
    for (int i = 0; i < acceptedCount; i++) {
      accepted[selection[i]] = 1;
    }
  }

  /// What the dictionary alone tells about the block's rows.
  Verdict verdict() {
    return acceptedCount == 0 ? Verdict.NONE : acceptedCount == size ? Verdict.ALL : Verdict.SOME;
  }

  /// Room for the codes of `count` rows.
  int[] codes(int count) {
    if (codes.length < count) {
      codes = new int[count];
    }
    return codes;
  }

  byte[] accepted() {
    return accepted;
  }
}
