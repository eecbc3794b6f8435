package io.redward.load.format;

import io.redward.load.source.Chunk;
import io.redward.spi.CopyRequest.Conversion;

/// Parses records that end with a newline, after a carriage return or none.
abstract class LineParser implements ChunkParser {
  private final boolean ignoreBlankLines;

  LineParser(Conversion conversion) {
    ignoreBlankLines = conversion.ignoreBlankLines();
  }

  @Override
  public final void parse(Chunk chunk, RowSink sink) {
    byte[] bytes = chunk.bytes();
    int end = chunk.length();
    int at = 0;
    while (at < end) {
      int recordEnd = recordEnd(bytes, at, end);
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

  /// Where the newline is that ends the record, or `end`.
  abstract int recordEnd(byte[] bytes, int from, int end);

  /// Gives the fields of a record and its end to the sink.
  abstract void record(byte[] bytes, int from, int end, RowSink sink);
}
