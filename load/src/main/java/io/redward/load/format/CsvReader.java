package io.redward.load.format;

import io.redward.spi.CopyRequest.Conversion;
import io.redward.spi.CopyRequest.Format.Csv;

/// CSV: fields may stand in quotes, within which delimiters and newlines are plain and a quote is
/// doubled.
public final class CsvReader extends LineParser {
  private final byte delimiter;
  private final byte quote;

  public CsvReader(Csv format, Conversion conversion) {
    super(conversion);
    this.delimiter = format.delimiter();
    this.quote = format.quote();
  }

  @Override
  int recordEnd(byte[] bytes, int from, int end) {
    boolean inside = false;
    int at = from;
    while (at < end && (inside || bytes[at] != '\n')) {
      if (bytes[at] == quote) {
        inside = !inside;
      }
      at++;
    }
    return at;
  }

  @Override
  void record(byte[] bytes, int from, int end, RowSink sink) {
    int field = 0;
    int at = from;
    while (true) {
      int stop;
      if (at < end && bytes[at] == quote) {
        stop = quoted(bytes, at, end, field, sink);
        if (stop < 0) {
          return;
        }
      } else {
        stop = at;
        while (stop < end && bytes[stop] != delimiter) {
          stop++;
        }
        sink.field(field, bytes, at, stop - at, false);
      }
      field++;
      if (stop >= end) {
        sink.end(field, false);
        return;
      }
      at = stop + 1;
    }
  }

  /// Gives the quoted field at `open`; returns where its delimiter stands, or -1 if the row was
  /// rejected.
  private int quoted(byte[] bytes, int open, int end, int field, RowSink sink) {
    int out = open + 1;
    int at = open + 1;
    while (at < end) {
      if (bytes[at] == quote) {
        if (at + 1 < end && bytes[at + 1] == quote) {
          at++;
        } else {
          break;
        }
      }
      bytes[out++] = bytes[at++];
    }
    if (at >= end) {
      sink.reject(FieldError.INVALID_QUOTES, "Invalid quote formatting for CSV", open);
      return -1;
    }
    int stop = at + 1;
    if (stop < end && bytes[stop] != delimiter) {
      sink.reject(FieldError.INVALID_QUOTES, "Invalid quote formatting for CSV", stop);
      return -1;
    }
    sink.field(field, bytes, open + 1, out - open - 1, true);
    return stop;
  }
}
