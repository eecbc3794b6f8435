package io.redward.storage.block.encoding;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Learns a [SymbolTable] in rounds: the sample is cut into the symbols of the round before, each
/// symbol, byte and pair of neighbours is counted, and those that would save most bytes (how often
/// times how long) are the next table.
final class SymbolLearner {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int ROUNDS = 5;
  private static final int MAX_SYMBOLS = 255;
  /// Codes below this are symbols, those from it on escaped bytes.
  private static final int BYTES = 256;
  private static final int SLOTS = 1 << 14;
  /// A single byte as a symbol saves its escape and keeps others reachable.
  private static final int BYTE_WEIGHT = 8;

  private final byte[] sample;
  private final int[] singles = new int[2 * BYTES];
  private final int[] pairs = new int[4 * BYTES * BYTES];

  SymbolLearner(byte[] sample) {
    this.sample = sample;
  }

  SymbolTable learn() {
    SymbolTable table = new SymbolTable(new long[0], new int[0]);
    for (int round = 0; round < ROUNDS; round++) {
      count(new SymbolMatcher(table), table);
      table = best(table);
    }
    return table;
  }

  /// Up to eight bytes of a text, the first in the lowest bits.
  static long word(byte[] text, int at, int length) {
    if (at + Long.BYTES <= text.length) {
      long word = (long) LONGS.get(text, at);
      return length >= Long.BYTES ? word : word & (1L << 8 * length) - 1;
    }
    long word = 0;
    for (int i = 0; i < length; i++) {
      word |= (text[at + i] & 0xFFL) << 8 * i;
    }
    return word;
  }

  private void count(SymbolMatcher matcher, SymbolTable table) {
    Arrays.fill(singles, 0);
    Arrays.fill(pairs, 0);
    int before = -1;
    int at = 0;
    while (at < sample.length) {
      int code = matcher.find(sample, at, sample.length);
      int length = 1;
      if (code == SymbolTable.ESCAPE) {
        code = BYTES + (sample[at] & 0xFF);
      } else {
        length = table.length(code);
      }
      singles[code]++;
      if (length > 1) {
        singles[BYTES + (sample[at] & 0xFF)]++;
      }
      if (before >= 0) {
        pairs[before * 2 * BYTES + code]++;
      }
      before = code;
      at += length;
    }
  }

  private SymbolTable best(SymbolTable table) {
    Candidates candidates = new Candidates();
    for (int code = 0; code < singles.length; code++) {
      if (singles[code] > 0) {
        long word = word(table, code);
        int length = length(table, code);
        candidates.add(word, length, singles[code] * (length == 1 ? BYTE_WEIGHT : length));
        pairsOf(table, code, candidates);
      }
    }
    return candidates.table();
  }

  private void pairsOf(SymbolTable table, int first, Candidates candidates) {
    long word = word(table, first);
    int length = length(table, first);
    if (length == SymbolTable.MAX_SYMBOL_BYTES) {
      return;
    }
    for (int second = 0; second < singles.length; second++) {
      int count = pairs[first * 2 * BYTES + second];
      if (count > 1) {
        int joined = Math.min(SymbolTable.MAX_SYMBOL_BYTES, length + length(table, second));
        long both = word | word(table, second) << 8 * length;
        candidates.add(both, joined, count * joined);
      }
    }
  }

  private static long word(SymbolTable table, int code) {
    return code >= BYTES ? code - BYTES : table.word(code);
  }

  private static int length(SymbolTable table, int code) {
    return code >= BYTES ? 1 : table.length(code);
  }

  /// Candidates by their bytes and length, with what they would save.
  private static final class Candidates {
    private final long[] words = new long[SLOTS];
    private final byte[] lengths = new byte[SLOTS];
    private final int[] gains = new int[SLOTS];
    private int size;

    void add(long word, int length, int gain) {
      long hash = (word ^ (long) length << 59) * 0x9E37_79B9_7F4A_7C15L;
      int slot = (int) (hash >>> 50);
      while (gains[slot] != 0 && (words[slot] != word || lengths[slot] != length)) {
        slot = slot + 1 & SLOTS - 1;
      }
      if (gains[slot] == 0) {
        if (size == SLOTS / 2) {
          return;
        }
        size++;
        words[slot] = word;
        lengths[slot] = (byte) length;
      }
      gains[slot] += gain;
    }

    SymbolTable table() {
      long[] order = new long[size];
      int found = 0;
      for (int slot = 0; slot < SLOTS; slot++) {
        if (gains[slot] != 0) {
          order[found++] = (long) -gains[slot] << 32 | slot;
        }
      }
      Arrays.sort(order);
      int count = Math.min(MAX_SYMBOLS, size);
      long[] bestWords = new long[count];
      int[] bestLengths = new int[count];
      for (int i = 0; i < count; i++) {
        bestWords[i] = words[(int) order[i]];
        bestLengths[i] = lengths[(int) order[i]];
      }
      return new SymbolTable(bestWords, bestLengths);
    }
  }
}
