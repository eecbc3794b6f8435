package io.redward.load.format;

import io.redward.spi.CopyRequest.Conversion;
import io.redward.spi.CopyRequest.Format.FixedWidth;

/// Columns of fixed byte widths; trailing blanks of a field do not count. The last field may be
/// short.
public final class FixedWidthReader extends LineParser {
  private final int[] widths;

  public FixedWidthReader(FixedWidth format, Conversion conversion) {
    super(conversion);
    this.widths = format.widths().stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  int recordEnd(byte[] bytes, int from, int end) {
    return ByteScan.find(bytes, from, end, (byte) '\n');
  }

  @Override
  void record(byte[] bytes, int from, int end, RowSink sink) {
    int field = 0;
    int at = from;
    while (field < widths.length && at < end) {
      int stop = Math.min(end, at + widths[field]);
      int trimmed = stop;
      while (trimmed > at && bytes[trimmed - 1] == ' ') {
        trimmed--;
      }
      sink.field(field, bytes, at, trimmed - at, false);
      at = stop;
      field++;
    }
    sink.end(field, false);
  }
}
