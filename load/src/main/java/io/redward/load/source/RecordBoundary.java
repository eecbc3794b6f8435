package io.redward.load.source;

/// Finds where records end, so that a chunk never cuts one.
public sealed interface RecordBoundary {
  /// The end of the last whole record in `bytes[from, to)`: one past its newline, or `from` if none
  /// ends there. `from` is always at a record's start.
  int lastEnd(byte[] bytes, int from, int to);

  /// One past the newline that ends the record at `from`, or `from` if it does not end before `to`.
  int firstEnd(byte[] bytes, int from, int to);

  /// Every newline ends a record, but for one after a backslash if `escape`.
  final class Lines implements RecordBoundary {
    private final boolean escape;

    public Lines(boolean escape) {
      this.escape = escape;
    }

    @Override
    public int lastEnd(byte[] bytes, int from, int to) {
      for (int at = to - 1; at >= from; at--) {
        if (bytes[at] == '\n' && !(escape && escaped(bytes, from, at))) {
          return at + 1;
        }
      }
      return from;
    }

    @Override
    public int firstEnd(byte[] bytes, int from, int to) {
      for (int at = from; at < to; at++) {
        if (bytes[at] == '\n' && !(escape && escaped(bytes, from, at))) {
          return at + 1;
        }
      }
      return from;
    }

    private static boolean escaped(byte[] bytes, int from, int at) {
      int backslashes = 0;
      while (at - 1 - backslashes >= from && bytes[at - 1 - backslashes] == '\\') {
        backslashes++;
      }
      return (backslashes & 1) == 1;
    }
  }

  /// A newline inside quotes is part of a field. Doubled quotes cancel out in the parity.
  final class QuotedLines implements RecordBoundary {
    private final byte quote;

    public QuotedLines(byte quote) {
      this.quote = quote;
    }

    @Override
    public int lastEnd(byte[] bytes, int from, int to) {
      boolean inside = false;
      int end = from;
      for (int at = from; at < to; at++) {
        byte b = bytes[at];
        if (b == quote) {
          inside = !inside;
        } else if (b == '\n' && !inside) {
          end = at + 1;
        }
      }
      return end;
    }

    @Override
    public int firstEnd(byte[] bytes, int from, int to) {
      boolean inside = false;
      for (int at = from; at < to; at++) {
        byte b = bytes[at];
        if (b == quote) {
          inside = !inside;
        } else if (b == '\n' && !inside) {
          return at + 1;
        }
      }
      return from;
    }
  }
}
