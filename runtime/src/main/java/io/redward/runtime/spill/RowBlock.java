package io.redward.runtime.spill;

import io.redward.foundation.batch.BytesView;
import io.redward.runtime.row.RowLayout.Slot;
import io.redward.runtime.row.RowWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A block of spilled rows in memory: rows in [#page()] one after another, strings as views into
/// [#bytes()].
public final class RowBlock {
  private final RowForm form;
  private final int rows;
  private final long[] hashes;
  private final long[] page;
  private final byte[][] bytes;
  private final ByteBuffer extras;

  private RowBlock(RowForm form, long[] hashes, long[] page, byte[][] bytes, ByteBuffer extras) {
    this.form = form;
    this.rows = hashes.length;
    this.hashes = hashes;
    this.page = page;
    this.bytes = bytes;
    this.extras = extras;
  }

  static RowBlock decode(byte[] block, RowForm form) {
    ByteBuffer in = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    int rows = in.getInt();
    int rowWords = form.layout().rowWords();
    long[] hashes = new long[rows];
    long[] page = new long[rows * rowWords];
    for (int word = 0; word <= rowWords; word++) {
      long min = in.getLong();
      int width = in.get();
      for (int i = 0; i < rows; i++) {
        long value = min + little(in, width);
        if (word == 0) {
          hashes[i] = value;
        } else {
          page[i * rowWords + word - 1] = value;
        }
      }
    }
    byte[] strings = new byte[in.getInt()];
    in.get(strings);
    int extra = in.getInt();
    ByteBuffer extras = in.slice(in.position(), extra);
    RowBlock decoded = new RowBlock(form, hashes, page, new byte[][] {strings}, extras);
    decoded.locateStrings();
    return decoded;
  }

  private static long little(ByteBuffer in, int width) {
    long value = 0;
    for (int at = 0; at < width; at++) {
      value |= (in.get() & 0xFFL) << 8 * at;
    }
    return value;
  }

  /// Lengths become views.
  private void locateStrings() {
    int offset = 0;
    for (int i = 0; i < rows; i++) {
      int row = word(i);
      for (Slot slot : form.strings()) {
        long word = page[row + slot.word()];
        if (word >= 0) {
          page[row + slot.word()] = BytesView.of(0, offset, (int) word);
          offset += (int) word;
        }
      }
    }
  }

  public int rows() {
    return rows;
  }

  public long hash(int index) {
    return hashes[index];
  }

  public long[] page() {
    return page;
  }

  /// The first word of row `index`.
  public int word(int index) {
    return index * form.layout().rowWords();
  }

  public byte[][] bytes() {
    return bytes;
  }

  /// What was written beside the rows, in their order.
  public ByteBuffer extras() {
    return extras;
  }

  /// Appends all rows to `target`.
  public void appendTo(RowWriter target) {
    int words = form.layout().rowWords();
    for (int i = 0; i < rows; i++) {
      int to = target.next();
      System.arraycopy(page, word(i), target.page, to, words);
      for (Slot slot : form.strings()) {
        keepString(slot, target.page, to, target);
      }
    }
  }

  /// Moves the string of a row that has been copied into the target's arena.
  public void keepString(Slot slot, long[] targetPage, int row, RowWriter target) {
    long word = targetPage[row + slot.word()];
    if (word >= 0 && !slot.isNull(targetPage, row)) {
      targetPage[row + slot.word()] =
          target.append(bytes[0], BytesView.offset(word), BytesView.length(word));
    }
  }
}
