package io.redward.storage.commit;

import io.redward.storage.block.encoding.Codec;
import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.bytes.MalformedBytesException;
import java.util.Arrays;

/// Ascending row numbers of a rowset as bytes: `byte` form (0 a list of `int`s, 1 bitmap words),
/// `byte` codec ([Codec]'s ordinal: ZSTD for more than a few rows), `int` rows, `int` length of the
/// expanded bytes, then those bytes, under the codec, as a blob.
final class RowListFormat {
  private static final int LIST = 0;
  private static final int BITMAP = 1;
  private static final int MIN_CODEC_BYTES = 256;

  private RowListFormat() {}

  static void write(ByteWriter out, int[] rows) {
    int last = rows.length == 0 ? 0 : rows[rows.length - 1];
    boolean bitmap = rows.length * 4L > last / 8 + 8;
    ByteWriter expanded = new ByteWriter(64);
    if (bitmap) {
      long[] words = new long[(last >> 6) + 1];
      for (int row : rows) {
        words[row >> 6] |= 1L << row;
      }
      expanded.writeLongs(words, words.length);
    } else {
      expanded.writeInts(rows, rows.length);
    }
    out.writeByte(bitmap ? BITMAP : LIST);
    Codec codec = expanded.size() < MIN_CODEC_BYTES ? Codec.NONE : Codec.ZSTD;
    out.writeByte(codec.ordinal());
    out.writeInt(rows.length);
    out.writeInt(expanded.size());
    out.writeBlob(codec.compress(expanded.array(), expanded.size()));
  }

  static int[] read(ByteReader in) {
    int form = in.readByte();
    Codec codec = Codec.of(in.readByte());
    int count = in.readInt();
    int expandedBytes = in.readInt();
    int length = in.readCount(1);
    int from = in.skip(length);
    byte[] bytes = codec.decompress(in.array(), from, length, expandedBytes);
    ByteReader expanded = new ByteReader(bytes);
    if (form == LIST) {
      return expanded.readInts(count);
    }
    int[] rows = ofBitmap(expanded.readLongs(expandedBytes / 8));
    if (form != BITMAP || rows.length != count) {
      throw new MalformedBytesException("a list of rows is inconsistent");
    }
    return rows;
  }

  static int[] ofBitmap(long[] words) {
    int[] rows = new int[64];
    int size = 0;
    for (int i = 0; i < words.length; i++) {
      for (long word = words[i]; word != 0; word &= word - 1) {
        rows = size == rows.length ? Arrays.copyOf(rows, size * 2) : rows;
        rows[size++] = (i << 6) + Long.numberOfTrailingZeros(word);
      }
    }
    return Arrays.copyOf(rows, size);
  }
}
