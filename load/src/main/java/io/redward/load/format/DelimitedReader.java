package io.redward.load.format;

import io.redward.spi.CopyRequest.Conversion;
import io.redward.spi.CopyRequest.Format.Delimited;

/// Fields between single-byte delimiters, records between newlines. With ESCAPE a backslash makes
/// the next character plain; with REMOVEQUOTES surrounding quotes are dropped.
public final class DelimitedReader extends LineParser {
  private final byte delimiter;
  private final boolean escape;
  private final boolean removeQuotes;

  public DelimitedReader(Delimited format, Conversion conversion) {
    super(conversion);
    this.delimiter = format.delimiter();
    this.escape = format.escape();
    this.removeQuotes = format.removeQuotes();
  }

  @Override
  int recordEnd(byte[] bytes, int from, int end) {
    if (!escape) {
      return ByteScan.find(bytes, from, end, (byte) '\n');
    }
    int at = from;
    while (at < end && bytes[at] != '\n') {
      at += escape && bytes[at] == '\\' ? 2 : 1;
    }
    return Math.min(at, end);
  }

  @Override
  void record(byte[] bytes, int from, int end, RowSink sink) {
    if (escape || removeQuotes) {
      quotedRecord(bytes, from, end, sink);
    } else {
      plainRecord(bytes, from, end, sink);
    }
  }

  /// A record in which every delimiter ends a field.
  private void plainRecord(byte[] bytes, int from, int end, RowSink sink) {
    int field = 0;
    int start = from;
    for (int word = from; word < end; word += Long.BYTES) {
      long hits = ByteScan.hits(bytes, word, end, delimiter);
      while (hits != 0) {
        int at = word + (Long.numberOfTrailingZeros(hits) >>> 3);
        sink.field(field++, bytes, start, at - start, false);
        start = at + 1;
        hits &= hits - 1;
      }
    }
    // A delimiter that ends the record ends its last field too, as dbgen writes it.
    boolean delimiterEnds = start == end && field > 0;
    if (!delimiterEnds) {
      sink.field(field++, bytes, start, end - start, false);
    }
    sink.end(field, delimiterEnds);
  }

  private void quotedRecord(byte[] bytes, int from, int end, RowSink sink) {
    int field = 0;
    int start = from;
    while (true) {
      int at = start;
      boolean escaped = false;
      while (at < end && bytes[at] != delimiter) {
        if (escape && bytes[at] == '\\') {
          escaped = true;
          at++;
        }
        at++;
      }
      at = Math.min(at, end);
      give(bytes, start, at, escaped, field, sink);
      field++;
      // A delimiter that ends the record ends its last field too, as dbgen writes it.
      if (at >= end || at + 1 == end) {
        sink.end(field, at < end);
        return;
      }
      start = at + 1;
    }
  }

  private void give(byte[] bytes, int start, int end, boolean escaped, int field, RowSink sink) {
    int from = start;
    int to = end;
    boolean quoted = false;
    if (removeQuotes && to - from >= 2 && isQuote(bytes[from]) && bytes[to - 1] == bytes[from]) {
      from++;
      to--;
      quoted = true;
    }
    if (escaped && !isNullMarker(bytes, from, to)) {
      to = unescape(bytes, from, to);
    }
    sink.field(field, bytes, from, to - from, quoted);
  }

  private static boolean isQuote(byte b) {
    return b == '"' || b == '\'';
  }

  private static boolean isNullMarker(byte[] bytes, int from, int to) {
    return to - from == 2 && bytes[from] == '\\' && bytes[from + 1] == 'N';
  }

  private static int unescape(byte[] bytes, int from, int to) {
    int out = from;
    for (int at = from; at < to; at++) {
      if (bytes[at] == '\\' && at + 1 < to) {
        at++;
      }
      bytes[out++] = bytes[at];
    }
    return out;
  }
}
