package io.redward.load.parquet;

import io.redward.load.columnar.MalformedFile;
import io.redward.load.columnar.ValueBuffer;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Type;

/// Undoes the encoding of one page's values, a part at a time.
interface ValueDecoder {
  /// The next `count` values into the first places of `out`, which may be told to take over the
  /// page's bytes.
  void decode(ValueBuffer out, int count);

  /// The decoder of a data page whose values start where `in` is.
  ///
  /// @param dictionary of the column chunk; empty if it has none
  static ValueDecoder of(
      ParquetColumn column, Encoding encoding, ByteReader in, ValueBuffer dictionary) {
    Type type = column.type();
    return switch (encoding) {
      case PLAIN -> new PlainDecoder(column, in);
      case PLAIN_DICTIONARY, RLE_DICTIONARY ->
          new DictionaryDecoder(new RunLengthReader(in, in.unsignedByte()), dictionary);
      case RLE -> {
        check(type == Type.BOOLEAN, encoding, column);
        yield new BooleanRunDecoder(new RunLengthReader(in.slice(in.int32()), 1));
      }
      case DELTA_BINARY_PACKED -> {
        check(type == Type.INT32 || type == Type.INT64, encoding, column);
        yield new DeltaDecoder(new DeltaReader(in), type == Type.INT32);
      }
      case DELTA_LENGTH_BYTE_ARRAY -> {
        check(type == Type.BYTE_ARRAY, encoding, column);
        yield new DeltaLengthDecoder(in);
      }
      case DELTA_BYTE_ARRAY -> {
        check(type == Type.BYTE_ARRAY || type == Type.FIXED_LEN_BYTE_ARRAY, encoding, column);
        yield new DeltaStringDecoder(in);
      }
      case BYTE_STREAM_SPLIT -> {
        check(type != Type.BOOLEAN && type != Type.BYTE_ARRAY, encoding, column);
        yield new PlainDecoder(column, joined(in, column.width()));
      }
      case BIT_PACKED -> throw new MalformedFile("BIT_PACKED is no encoding of values");
    };
  }

  private static void check(boolean possible, Encoding encoding, ParquetColumn column) {
    if (!possible) {
      throw new MalformedFile(
          "column \"" + column.name() + "\" of " + column.type() + " is encoded as " + encoding);
    }
  }

  /// The bytes of BYTE_STREAM_SPLIT, which puts all first bytes of the values before all second
  /// ones and so on, in PLAIN's order.
  private static ByteReader joined(ByteReader in, int width) {
    int count = in.remaining() / width;
    byte[] joined = new byte[count * width];
    for (int part = 0; part < width; part++) {
      int from = in.at + part * count;
      for (int i = 0; i < count; i++) {
        joined[i * width + part] = in.bytes[from + i];
      }
    }
    return new ByteReader(joined, 0, joined.length);
  }
}
