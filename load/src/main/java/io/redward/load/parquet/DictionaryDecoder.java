package io.redward.load.parquet;

import io.redward.load.columnar.MalformedFile;
import io.redward.load.columnar.ValueBuffer;
import org.apache.parquet.format.Type;

/// Indices into the column chunk's dictionary.
final class DictionaryDecoder implements ValueDecoder {
  private final RunLengthReader indices;
  private final ValueBuffer dictionary;
  private final int[] index = new int[ValueBuffer.SIZE];

  DictionaryDecoder(RunLengthReader indices, ValueBuffer dictionary) {
    this.indices = indices;
    this.dictionary = dictionary;
  }

  /// The values of a dictionary page.
  static ValueBuffer dictionary(ParquetColumn column, ByteReader in, int count) {
    if (column.type() == Type.BOOLEAN) {
      throw new MalformedFile("a dictionary of booleans");
    }
    in.require((long) count * column.width());
    ValueBuffer values = column.buffer(count);
    new PlainDecoder(column, in).decode(values, count);
    return values;
  }

  @Override
  public void decode(ValueBuffer out, int count) {
    indices.read(index, count);
    if (out.longs.length > 0) {
      check(count, dictionary.longs.length);
      for (int i = 0; i < count; i++) {
        out.longs[i] = dictionary.longs[index[i]];
      }
    } else if (out.doubles.length > 0) {
      check(count, dictionary.doubles.length);
      for (int i = 0; i < count; i++) {
        out.doubles[i] = dictionary.doubles[index[i]];
      }
    } else {
      check(count, dictionary.offsets.length);
      out.bytes = dictionary.bytes;
      for (int i = 0; i < count; i++) {
        out.offsets[i] = dictionary.offsets[index[i]];
        out.lengths[i] = dictionary.lengths[index[i]];
      }
    }
  }

  private void check(int count, int size) {
    for (int i = 0; i < count; i++) {
      if (index[i] < 0 || index[i] >= size) {
        throw new MalformedFile("an index is outside of its dictionary");
      }
    }
  }
}
