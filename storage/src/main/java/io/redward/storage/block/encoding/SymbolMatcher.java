package io.redward.storage.block.encoding;

import java.util.Arrays;

/// Finds the longest symbol at a place of a text. Symbols of three bytes and more are found by
/// their first three in a hash table of one symbol a slot and those behind it; shorter ones in a
/// table of all pairs of bytes.
final class SymbolMatcher {
  private static final int SLOTS = 1 << 12;

  private final SymbolTable table;
  private final int[] firstOfSlot = new int[SLOTS];
  private final int[] next;
  /// By the next two bytes: the code of the symbol of both, or of the first, or the escape.
  private final short[] shortCodes = new short[1 << 16];

  SymbolMatcher(SymbolTable table) {
    this.table = table;
    next = new int[table.size()];
    Arrays.fill(firstOfSlot, -1);
    Arrays.fill(shortCodes, (short) SymbolTable.ESCAPE);
    for (int length = 1; length <= SymbolTable.MAX_SYMBOL_BYTES; length++) {
      for (int symbol = 0; symbol < table.size(); symbol++) {
        if (table.length(symbol) == length) {
          add(symbol, length);
        }
      }
    }
  }

  /// Called by ascending length, so that longer symbols come to stand before shorter ones.
  private void add(int symbol, int length) {
    int start = (int) table.word(symbol) & 0xFFFF;
    switch (length) {
      case 1 -> {
        for (int second = 0; second < 256; second++) {
          shortCodes[start & 0xFF | second << 8] = (short) symbol;
        }
      }
      case 2 -> shortCodes[start] = (short) symbol;
      default -> {
        int slot = slot(table.word(symbol));
        next[symbol] = firstOfSlot[slot];
        firstOfSlot[slot] = symbol;
      }
    }
  }

  byte[] encode(byte[] text, int length) {
    byte[] out = new byte[2 * length];
    int used = 0;
    int at = 0;
    while (at < length) {
      int code = find(text, at, length);
      out[used++] = (byte) code;
      if (code == SymbolTable.ESCAPE) {
        out[used++] = text[at++];
      } else {
        at += table.length(code);
      }
    }
    return Arrays.copyOf(out, used);
  }

  /// The longest symbol that the text holds at `at`, or the escape.
  int find(byte[] text, int at, int length) {
    int left = Math.min(length - at, SymbolTable.MAX_SYMBOL_BYTES);
    long word = SymbolLearner.word(text, at, left);
    if (left > 2) {
      for (int symbol = firstOfSlot[slot(word)]; symbol >= 0; symbol = next[symbol]) {
        int size = table.length(symbol);
        if (size <= left && ((word ^ table.word(symbol)) << 64 - 8 * size) == 0) {
          return symbol;
        }
      }
    }
    int code = shortCodes[(int) word & 0xFFFF];
    return code != SymbolTable.ESCAPE && table.length(code) > left ? oneByte(word) : code;
  }

  /// At the last byte: a pair's code does not fit, that of the byte alone may.
  private int oneByte(long word) {
    for (int symbol = 0; symbol < table.size(); symbol++) {
      if (table.length(symbol) == 1 && table.word(symbol) == (word & 0xFF)) {
        return symbol;
      }
    }
    return SymbolTable.ESCAPE;
  }

  private static int slot(long word) {
    return (int) ((word & 0xFF_FFFF) * 0x9E37_79B1L >>> 20) & SLOTS - 1;
  }
}
