package io.redward.storage.cache;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The file system as the disk tier uses it. Nothing is forced: what a crash tears is found out by
/// its checksum.
interface CacheFiles {
  /// A file below the directory of a tier.
  record Found(Path path, long bytes) {}

  /// @throws java.nio.file.NoSuchFileException if there is none
  byte[] read(Path path) throws IOException;

  /// Makes or replaces a file, and the directories above it.
  void write(Path path, byte[] bytes) throws IOException;

  void deleteIfExists(Path path) throws IOException;

  /// All files below a directory; none if it is missing.
  List<Found> list(Path directory) throws IOException;
}
