package io.redward.load;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.load.source.Chunk;
import io.redward.spi.LoadError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The bad rows of a load, or those of which bytes were replaced. Thread-safe. Line numbers are
/// found only when there are errors to report: the files concerned are read again up to the bad
/// rows.
final class LoadErrors {
  private static final int RAW_LIMIT = 1024;
  /// Of more errors than this only the number is kept.
  private static final int KEPT = 1_000;

  /// A bad row as a worker saw it; `offset` counts unpacked bytes of the file.
  private record Found(Chunk chunk, long offset, LoadError error) {}

  /// Reopens a file unpacked.
  interface Opener {
    InputStream open(Path file) throws IOException;
  }

  private final int maxErrors;
  private final List<Found> found = new ArrayList<>();
  private int count;

  LoadErrors(int maxErrors) {
    this.maxErrors = maxErrors;
  }

  /// Takes a bad row; `error`'s line is not known yet.
  ///
  /// @return false if there are now more than are tolerated
  synchronized boolean add(Chunk chunk, int rowStart, LoadError error) {
    count++;
    if (found.size() < KEPT) {
      Chunk place = new Chunk(chunk.file(), chunk.fileOffset(), new byte[0], 0);
      found.add(new Found(place, chunk.fileOffset() + rowStart, error));
    }
    return count <= maxErrors;
  }

  synchronized boolean exceeded() {
    return count > maxErrors;
  }

  synchronized int count() {
    return count;
  }

  /// All kept errors with their line numbers, in file and line order.
  synchronized List<LoadError> resolve(Opener opener) {
    found.sort(
        Comparator.comparing((Found f) -> f.chunk().file().toString())
            .thenComparingLong(Found::offset));
    List<LoadError> errors = new ArrayList<>();
    LineCounter counter = null;
    try {
      for (Found each : found) {
        if (counter == null || !counter.file.equals(each.chunk().file())) {
          if (counter != null) {
            counter.in.close();
          }
          counter = new LineCounter(each.chunk().file(), opener.open(each.chunk().file()));
        }
        errors.add(withLine(each.error(), counter.lineAt(each.offset())));
      }
      if (counter != null) {
        counter.in.close();
      }
    } catch (IOException e) {
      throw new SqlException(
          SqlState.IO_ERROR,
          "could not read a file again to number its lines: " + e.getMessage(),
          e);
    }
    return errors;
  }

  private static LoadError withLine(LoadError error, long line) {
    return new LoadError(
        error.file(),
        line,
        error.column(),
        error.type(),
        error.position(),
        error.rawLine(),
        error.rawValue(),
        error.code(),
        error.reason());
  }

  /// At most 1024 bytes as text, whatever they are.
  static String raw(byte[] bytes, int from, int to) {
    return new String(bytes, from, Math.min(to - from, RAW_LIMIT), StandardCharsets.UTF_8);
  }

  /// Counts lines of a file up to growing offsets.
  private static final class LineCounter {
    private final Path file;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int filled;
    private int position;
    private long offset;
    private long line = 1;

    LineCounter(Path file, InputStream in) {
      this.file = file;
      this.in = in;
    }

    long lineAt(long wanted) throws IOException {
      while (offset < wanted) {
        if (position == filled) {
          filled = in.read(buffer);
          position = 0;
          if (filled <= 0) {
            return line;
          }
        }
        if (buffer[position++] == '\n') {
          line++;
        }
        offset++;
      }
      return line;
    }
  }
}
