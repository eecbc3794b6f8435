package io.redward.load;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.load.source.BucketFiles;
import io.redward.spi.LoadError;
import io.redward.spi.LoadedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The files of a load, and how many rows each has given. Thread-safe.
final class FileCounts {
  private final List<Path> files;
  private final BucketFiles buckets;
  private final Map<Path, Long> rows = new HashMap<>();
  private final Instant began = Instant.now();

  FileCounts(List<Path> files, BucketFiles buckets) {
    this.files = files;
    this.buckets = buckets;
  }

  synchronized void add(Path file, long more) {
    rows.merge(file, more, Long::sum);
  }

  /// What users call a file.
  String shown(Path file) {
    return buckets.shown(file);
  }

  long bytes() {
    long total = 0;
    for (Path file : files) {
      total += bytes(file);
    }
    return total;
  }

  private static long bytes(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static SqlException unreadable(IOException e) {
    return new SqlException(
        SqlState.IO_ERROR, "could not read a file's size: " + e.getMessage(), e);
  }

  /// What became of each.
  synchronized List<LoadedFile> loaded(List<LoadError> errors) {
    List<LoadedFile> loaded = new ArrayList<>();
    Instant now = Instant.now();
    for (Path file : files) {
      String name = shown(file);
      BucketFiles.Transfer transfer =
          buckets
              .transfer(file)
              .orElseGet(() -> new BucketFiles.Transfer(began, now, written(file), bytes(file)));
      loaded.add(
          new LoadedFile(
              name,
              bytes(file),
              rows.getOrDefault(file, 0L),
              errors.stream().filter(error -> error.file().equals(name)).count(),
              transfer.start(),
              transfer.end(),
              transfer.modified()));
    }
    return loaded;
  }

  private static Instant written(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }
}
