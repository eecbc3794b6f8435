package io.redward.storage.block.encoding;

import io.redward.foundation.batch.Vector;

/// What bodies with a dictionary offer beside their values.
public interface DictionaryBody {
  int dictionarySize();

  void decodeDictionary(Vector out);

  void decodeCodes(int from, int count, int[] codes);
}
