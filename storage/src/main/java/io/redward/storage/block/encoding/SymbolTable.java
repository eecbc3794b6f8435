package io.redward.storage.block.encoding;

import io.redward.foundation.batch.BytesVector;
import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.bytes.MalformedBytesException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Up to 255 symbols of one to eight bytes; text is written as a byte a symbol, and a byte that
/// starts no symbol as 255 and itself. Decoding is a look-up and one 8-byte store a code.
///
/// Bytes: `byte` symbols, a `byte` length each, then their bytes.
///
/// Source: P. Boncz, T. Neumann, V. Leis, "FSST: Fast Random Access String Compression" (2020), the
/// idea of the table and of learning it in rounds; the code is ours.
final class SymbolTable {
  static final int ESCAPE = 255;
  static final int MAX_SYMBOL_BYTES = 8;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int SAMPLE_PIECES = 16;

  private final long[] words;
  private final int[] lengths;

  /// @param words the symbols' bytes, the first in the lowest bits
  SymbolTable(long[] words, int[] lengths) {
    this.words = words;
    this.lengths = lengths;
  }

  /// Learns the symbols that save most on `sample`.
  static SymbolTable learn(byte[] sample) {
    return new SymbolLearner(sample).learn();
  }

  /// About `bytes` bytes of the first `rowCount` strings: pieces of neighbours from all over.
  static byte[] sample(BytesVector values, int rowCount, int bytes) {
    byte[] sample = new byte[bytes];
    int used = 0;
    for (int piece = 0; piece < SAMPLE_PIECES; piece++) {
      int row = (int) ((long) rowCount * piece / SAMPLE_PIECES);
      int end = (int) ((long) rowCount * (piece + 1) / SAMPLE_PIECES);
      int limit = (int) ((long) bytes * (piece + 1) / SAMPLE_PIECES);
      for (; row < end && used < limit; row++) {
        int length = Math.min(limit - used, values.length(row));
        if (length > 0) {
          System.arraycopy(values.page(row), values.offset(row), sample, used, length);
          used += length;
        }
      }
    }
    return Arrays.copyOf(sample, used);
  }

  int size() {
    return words.length;
  }

  long word(int symbol) {
    return words[symbol];
  }

  int length(int symbol) {
    return lengths[symbol];
  }

  byte[] encode(byte[] text, int length) {
    return new SymbolMatcher(this).encode(text, length);
  }

  /// @param textBytes of the decoded text
  /// @throws MalformedBytesException unless the codes decode to just that many
  byte[] decode(byte[] codes, int offset, int count, long textBytes) {
    if (textBytes > Math.min(Integer.MAX_VALUE - 8, (long) count * MAX_SYMBOL_BYTES)) {
      throw new MalformedBytesException("more text than its codes can give");
    }
    int[] steps = new int[256];
    long[] table = new long[256];
    System.arraycopy(words, 0, table, 0, words.length);
    System.arraycopy(lengths, 0, steps, 0, lengths.length);
    byte[] out = new byte[(int) textBytes];
    int at = 0;
    int position = offset;
    int end = offset + count;
    int safe = out.length - MAX_SYMBOL_BYTES;
    while (position < end && at <= safe) {
      int code = codes[position++] & 0xFF;
      if (code == ESCAPE) {
        if (position == end) {
          throw new MalformedBytesException("a symbol is cut off");
        }
        out[at++] = codes[position++];
      } else {
        LONGS.set(out, at, table[code]);
        at += steps[code];
      }
    }
    finish(codes, position, end, out, at);
    return out;
  }

  /// The last bytes, where an 8-byte store would be too long.
  private void finish(byte[] codes, int from, int end, byte[] out, int to) {
    int position = from;
    int at = to;
    while (position < end) {
      int code = codes[position++] & 0xFF;
      boolean escaped = code == ESCAPE;
      if (escaped && position == end || !escaped && code >= words.length) {
        throw new MalformedBytesException("a symbol is cut off or unknown");
      }
      long word = escaped ? codes[position++] : words[code];
      int length = escaped ? 1 : lengths[code];
      if (length > out.length - at) {
        throw new MalformedBytesException("more text than there are lengths for");
      }
      for (int i = 0; i < length; i++) {
        out[at++] = (byte) (word >>> 8 * i);
      }
    }
    if (at != out.length) {
      throw new MalformedBytesException("less text than there are lengths for");
    }
  }

  void write(ByteWriter out) {
    out.writeByte(words.length);
    for (int length : lengths) {
      out.writeByte(length);
    }
    for (int symbol = 0; symbol < words.length; symbol++) {
      for (int i = 0; i < lengths[symbol]; i++) {
        out.writeByte((int) (words[symbol] >>> 8 * i) & 0xFF);
      }
    }
  }

  static SymbolTable read(ByteReader in) {
    int size = in.readByte();
    int[] lengths = new int[size];
    for (int symbol = 0; symbol < size; symbol++) {
      lengths[symbol] = in.readByte();
      if (lengths[symbol] < 1 || lengths[symbol] > MAX_SYMBOL_BYTES) {
        throw new MalformedBytesException("a symbol of " + lengths[symbol] + " bytes");
      }
    }
    long[] words = new long[size];
    for (int symbol = 0; symbol < size; symbol++) {
      for (int i = 0; i < lengths[symbol]; i++) {
        words[symbol] |= (long) in.readByte() << 8 * i;
      }
    }
    return new SymbolTable(words, lengths);
  }
}
