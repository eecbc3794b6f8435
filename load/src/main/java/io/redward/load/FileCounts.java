package io.redward.load;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.spi.LoadedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// How many rows each file of a load has given. Thread-safe.
final class FileCounts {
  private final Map<Path, AtomicLong> rows = new LinkedHashMap<>();
  private final Function<Path, String> shown;

  /// @param shown what users call a file
  FileCounts(List<Path> files, Function<Path, String> shown) {
    files.forEach(file -> rows.put(file, new AtomicLong()));
    this.shown = shown;
  }

  void add(Path file, long count) {
    AtomicLong sum = rows.get(file);
    if (sum != null) {
      sum.addAndGet(count);
    }
  }

  /// The files in their order.
  List<LoadedFile> files() {
    List<LoadedFile> files = new ArrayList<>();
    rows.forEach(
        (file, sum) -> files.add(new LoadedFile(shown.apply(file), sum.get(), size(file))));
    return files;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new SqlException(
          SqlState.IO_ERROR, "could not read a file's size: " + e.getMessage(), e);
    }
  }
}
