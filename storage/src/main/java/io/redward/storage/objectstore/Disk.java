package io.redward.storage.objectstore;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// What [LocalObjectStore] asks of a file system. What has been written, renamed, linked or deleted
/// is seen at once and survives a loss of power only once it has been forced: a file's bytes by
/// [#writeForced], names by [#forceDirectory] of the directory that they are in.
interface Disk {
  /// A file found below a directory.
  record Found(Path path, long bytes, Instant modified) {}

  byte[] read(Path file) throws IOException;

  /// A range of a file; fewer bytes if the file ends before.
  byte[] read(Path file, long offset, int length) throws IOException;

  long size(Path file) throws IOException;

  boolean isDirectory(Path path);

  /// Makes a directory, if it is not there, in one that is.
  void makeDirectory(Path directory) throws IOException;

  /// Writes a file that is not there and forces its bytes.
  void writeForced(Path file, List<byte[]> parts) throws IOException;

  /// Gives a file another name; what had it is gone.
  void rename(Path from, Path to) throws IOException;

  /// Gives a file one more name.
  ///
  /// @throws java.nio.file.FileAlreadyExistsException if the name is taken
  void link(Path file, Path name) throws IOException;

  void deleteIfExists(Path file) throws IOException;

  void forceDirectory(Path directory) throws IOException;

  /// All files below a directory but for those below `except`.
  List<Found> filesBelow(Path directory, Path except) throws IOException;
}
