package io.redward.runtime.spill;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.BytesView;
import io.redward.runtime.row.RowLayout.Slot;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Collects rows and writes them block by block. Used by one thread.
public final class BlockWriter {
  static final int MAX_ROWS = 512;
  private static final int MAX_STRING_BYTES = 1 << 18;
  private static final byte[] NOTHING = new byte[0];

  private final RowForm form;
  private final SpillRun run;
  private final int words;
  private long[] columns = new long[0];
  private byte[] strings = NOTHING;
  private int stringBytes;
  private final ByteArrayOutputStream extras = new ByteArrayOutputStream();
  private int rows;

  public BlockWriter(RowForm form, SpillRun run) {
    this.form = form;
    this.run = run;
    words = form.words();
  }

  /// Adds the row at `row` of `page`; its strings are views into `bytes`, or packed.
  public void add(long hash, long[] page, int row, byte[][] bytes) {
    add(hash, page, row, bytes, NOTHING);
  }

  /// The same with bytes that the row's owner reads back with it.
  public void add(long hash, long[] page, int row, byte[][] bytes, byte[] extra) {
    if (columns.length == 0) {
      columns = new long[words * MAX_ROWS];
    }
    columns[rows] = hash;
    for (int word = 1; word < words; word++) {
      columns[word * MAX_ROWS + rows] = page[row + word - 1];
    }
    for (Slot slot : form.strings()) {
      int place = (slot.word() + 1) * MAX_ROWS + rows;
      columns[place] = slot.isNull(page, row) ? 0 : string(columns[place], bytes);
    }
    extras.writeBytes(extra);
    if (++rows == MAX_ROWS || stringBytes > MAX_STRING_BYTES || extras.size() > MAX_STRING_BYTES) {
      flush();
    }
  }

  /// What is stored for a string: its packed word, or its length.
  private long string(long word, byte[][] bytes) {
    if (word < 0) {
      return word;
    }
    int length = BytesView.length(word);
    if (length > 0) {
      if (stringBytes + length > strings.length) {
        strings = Arrays.copyOf(strings, Math.max(stringBytes + length, strings.length * 2));
      }
      System.arraycopy(
          bytes[BytesView.page(word)], BytesView.offset(word), strings, stringBytes, length);
      stringBytes += length;
    }
    return length;
  }

  /// Writes what has been collected.
  public void flush() {
    if (rows == 0) {
      return;
    }
    CancelToken.checkCurrent();
    int most = 12 + words * (9 + 8 * rows) + stringBytes + extras.size();
    ByteBuffer out = ByteBuffer.allocate(most).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(rows);
    for (int word = 0; word < words; word++) {
      writeColumn(out, word * MAX_ROWS);
    }
    out.putInt(stringBytes).put(strings, 0, stringBytes);
    out.putInt(extras.size()).put(extras.toByteArray());
    long memory = 8L * form.layout().rowWords() * rows + stringBytes + 2L * extras.size();
    run.append(out.array(), out.position(), rows, memory);
    rows = 0;
    stringBytes = 0;
    extras.reset();
  }

  private void writeColumn(ByteBuffer out, int start) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int i = 0; i < rows; i++) {
      min = Math.min(min, columns[start + i]);
      max = Math.max(max, columns[start + i]);
    }
    int width = (64 - Long.numberOfLeadingZeros(max - min) + 7) / 8;
    out.putLong(min).put((byte) width);
    for (int i = 0; i < rows; i++) {
      long value = columns[start + i] - min;
      for (int at = 0; at < width; at++) {
        out.put((byte) (value >>> 8 * at));
      }
    }
  }
}
