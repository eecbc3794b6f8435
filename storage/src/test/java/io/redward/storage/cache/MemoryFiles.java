package io.redward.storage.cache;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Files in memory, on a disk that can be full.
final class MemoryFiles implements CacheFiles {
  final Map<Path, byte[]> contents = new ConcurrentHashMap<>();
  volatile boolean full;

  @Override
  public byte[] read(Path path) throws IOException {
    byte[] bytes = contents.get(path);
    if (bytes == null) {
      throw new NoSuchFileException(path.toString());
    }
    return bytes.clone();
  }

  @Override
  public void write(Path path, byte[] bytes) throws IOException {
    if (full) {
      contents.put(path, new byte[bytes.length / 2]);
      throw new IOException("No space left on device");
    }
    contents.put(path, bytes.clone());
  }

  @Override
  public void deleteIfExists(Path path) {
    contents.remove(path);
  }

  @Override
  public List<Found> list(Path directory) {
    List<Found> found = new ArrayList<>();
    contents.forEach((path, bytes) -> found.add(new Found(path, bytes.length)));
    return found;
  }
}
