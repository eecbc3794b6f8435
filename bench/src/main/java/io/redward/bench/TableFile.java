package io.redward.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes a file of `|`-delimited rows.
final class TableFile implements AutoCloseable {
  private final BufferedWriter out;
  private boolean begun;

  TableFile(Path directory, String table, String file) throws IOException {
    Path folder = directory.resolve(table);
    Files.createDirectories(folder);
    out = Files.newBufferedWriter(folder.resolve(file));
  }

  TableFile add(long value) throws IOException {
    return add(Long.toString(value));
  }

  /// @param value without the delimiter and line ends
  TableFile add(String value) throws IOException {
    if (begun) {
      out.write('|');
    }
    begun = true;
    out.write(value);
    return this;
  }

  void end() throws IOException {
    out.write('\n');
    begun = false;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
