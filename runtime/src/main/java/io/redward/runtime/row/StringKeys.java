package io.redward.runtime.row;

import io.redward.foundation.batch.BytesView;
import io.redward.runtime.kernel.BytesOrder;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Strings as keys of hash tables. A key takes one word of a row: a string of at most seven bytes
/// that does not end in a blank is **packed** into the word itself, which is negative then; all
/// others are views into the state's arena, never negative. Two packed strings are equal if the
/// words are. Trailing blanks do not count in comparison and hash.
public final class StringKeys {
  /// Bytes a word can hold.
  public static final int MAX_PACKED = 7;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private StringKeys() {}

  /// The packed word of a string, or 0 if it has to be kept as a view.
  public static long pack(byte[] page, int offset, int length) {
    if (length > MAX_PACKED || length > 0 && page[offset + length - 1] == ' ') {
      return 0;
    }
    return (0x80L | length) << 56 | prefix(page, offset, length);
  }

  /// The hash word of a string, the same for equal strings however they are kept.
  public static long hashWord(byte[] page, int offset, int length) {
    int trimmed = BytesOrder.trimmedLength(page, offset, length);
    if (trimmed <= MAX_PACKED) {
      return (0x80L | trimmed) << 56 | prefix(page, offset, trimmed);
    }
    long hash = trimmed;
    int at = offset;
    int end = offset + trimmed;
    for (; at + 8 <= end; at += 8) {
      hash = Hashes.combine(hash, (long) LONGS.get(page, at));
    }
    return at < end ? Hashes.combine(hash, prefix(page, at, end - at)) : hash;
  }

  /// Whether the string kept in `word` equals another one, whose packed word is `otherWord`, 0 if
  /// it has none.
  public static boolean same(
      long word, byte[][] pages, long otherWord, byte[] other, int offset, int length) {
    if (word == otherWord) {
      return true;
    }
    return (word >= 0 || otherWord == 0) && sameBytes(word, pages, other, offset, length);
  }

  /// Whether two kept strings are equal.
  public static boolean same(long word, long otherWord, byte[][] pages) {
    if (word == otherWord) {
      return true;
    }
    if (word < 0 && otherWord < 0) {
      return false;
    }
    if (otherWord >= 0) {
      return sameBytes(
          word,
          pages,
          pages[BytesView.page(otherWord)],
          BytesView.offset(otherWord),
          BytesView.length(otherWord));
    }
    return same(otherWord, word, pages);
  }

  private static boolean sameBytes(
      long word, byte[][] pages, byte[] other, int offset, int length) {
    int trimmed = BytesOrder.trimmedLength(other, offset, length);
    if (word < 0) {
      return packedLength(word) == trimmed
          && (word & 0xFF_FFFF_FFFF_FFFFL) == prefix(other, offset, trimmed);
    }
    byte[] page = pages[BytesView.page(word)];
    int start = BytesView.offset(word);
    int kept = BytesOrder.trimmedLength(page, start, BytesView.length(word));
    return kept == trimmed
        && Arrays.equals(page, start, start + kept, other, offset, offset + trimmed);
  }

  /// Bytes in a packed word.
  public static int packedLength(long word) {
    return (int) (word >>> 56) & 0x7F;
  }

  /// Writes the bytes of a packed word to `out`.
  public static void unpack(long word, byte[] out) {
    int length = packedLength(word);
    for (int i = 0; i < length; i++) {
      out[i] = (byte) (word >>> 8 * i);
    }
  }

  /// Up to eight bytes as a little-endian number.
  private static long prefix(byte[] page, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (offset + 8 <= page.length) {
      return (long) LONGS.get(page, offset) & -1L >>> 64 - 8 * length;
    }
    long word = 0;
    for (int i = 0; i < length; i++) {
      word |= (page[offset + i] & 0xFFL) << 8 * i;
    }
    return word;
  }
}
