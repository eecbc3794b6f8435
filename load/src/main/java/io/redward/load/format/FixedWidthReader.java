package io.redward.load.format;

import io.redward.load.source.Chunk;
import io.redward.spi.CopyRequest.Conversion;
import io.redward.spi.CopyRequest.Format.FixedWidth;

/// Columns of fixed byte widths; trailing blanks of a field do not count. The last field may be
/// short.
public final class FixedWidthReader implements ChunkParser {
  private final int[] widths;
  private final boolean ignoreBlankLines;

  public FixedWidthReader(FixedWidth format, Conversion conversion) {
    this.widths = format.widths().stream().mapToInt(Integer::intValue).toArray();
    this.ignoreBlankLines = conversion.ignoreBlankLines();
  }

  @Override
  public void parse(Chunk chunk, RowSink sink) {
    byte[] bytes = chunk.bytes();
    int end = chunk.length();
    int at = 0;
    while (at < end) {
      int recordEnd = at;
      while (recordEnd < end && bytes[recordEnd] != '\n') {
        recordEnd++;
      }
      int next = Math.min(end, recordEnd + 1);
      if (recordEnd > at && bytes[recordEnd - 1] == '\r') {
        recordEnd--;
      }
      if (recordEnd > at || !ignoreBlankLines) {
        sink.begin(chunk, at, recordEnd);
        record(bytes, at, recordEnd, sink);
      }
      at = next;
    }
  }

  private void record(byte[] bytes, int from, int end, RowSink sink) {
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
