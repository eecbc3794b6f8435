package io.redward.storage.objectstore;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Objects as files below a directory.
///
/// An object appears under its name only when its bytes are on the disk: they are written to a file
/// in `tmp/`, which is synced, then renamed (`put`) or hard-linked (`putIfAbsent`: linking fails if
/// the name is taken, which decides races), and then the directory is synced. Left-over files in
/// `tmp/` are removed when the store is opened: all of them by a process that has the directory to
/// itself, which [DirectoryLock] sees to, else those that nobody can be writing any more.
public final class LocalObjectStore implements ObjectStore {
  private static final String TEMPORARY = "tmp";
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Disk disk;
  private final Path root;
  private final Path temporary;
  private final String writer = UUID.randomUUID().toString();
  private final Runnable release;
  private final AtomicLong sequence = new AtomicLong();
  private final Set<Path> forcedDirectories = ConcurrentHashMap.newKeySet();

  private LocalObjectStore(Disk disk, Path root, Runnable release) {
    this.disk = disk;
    this.root = root;
    this.release = release;
    temporary = root.resolve(TEMPORARY);
  }

  /// Opens the store in `root`, creating the directory if need be. No other process has it open.
  public static LocalObjectStore open(Path root) {
    return open(root, new RealDisk());
  }

  static LocalObjectStore open(Path root, Disk disk) {
    return open(new LocalObjectStore(disk, root.toAbsolutePath(), () -> {}), Instant.MAX);
  }

  /// The same for a directory that other processes may have open in this way too.
  ///
  /// @throws io.redward.foundation.base.SqlException OBJECT_IN_USE if one has it to itself
  public static LocalObjectStore openShared(Path root) {
    DirectoryLock lock = DirectoryLock.acquireShared(root);
    try {
      return open(
          new LocalObjectStore(new RealDisk(), root.toAbsolutePath(), lock::close),
          Instant.now().minus(ABANDONED));
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /// @param abandoned temporary files from before then are deleted
  private static LocalObjectStore open(LocalObjectStore store, Instant abandoned) {
    try {
      store.makeDirectories(store.temporary);
      for (Disk.Found left : store.disk.filesBelow(store.temporary, store.root)) {
        if (left.modified().isBefore(abandoned)) {
          store.disk.deleteIfExists(left.path());
        }
      }
    } catch (IOException e) {
      throw StoreErrors.failed("open", store.root.toString(), e);
    }
    return store;
  }

  /// Opens the store in `root`, which another process may have open, to read only: makes and
  /// removes nothing.
  ///
  /// @throws io.redward.foundation.base.SqlException UNDEFINED_FILE if there is no such directory
  public static LocalObjectStore openToRead(Path root) {
    if (!Files.isDirectory(root)) {
      throw StoreErrors.missing(root.toString());
    }
    return new LocalObjectStore(new RealDisk(), root.toAbsolutePath(), () -> {});
  }

  @Override
  public Optional<byte[]> find(String key) {
    try {
      return Optional.of(disk.read(path(key)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StoreErrors.failed("read", key, e);
    }
  }

  @Override
  public byte[] read(String key, long offset, int length) {
    try {
      byte[] bytes = disk.read(path(key), offset, length);
      if (bytes.length < length) {
        throw StoreErrors.truncated(key, offset + length, disk.size(path(key)));
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw StoreErrors.missing(key);
    } catch (IOException e) {
      throw StoreErrors.failed("read", key, e);
    }
  }

  @Override
  public void put(String key, List<byte[]> parts) {
    Path target = path(key);
    try {
      makeDirectories(parent(target));
      Path written = writeTemporary(parts);
      try {
        disk.rename(written, target);
      } catch (IOException e) {
        disk.deleteIfExists(written);
        throw e;
      }
      disk.forceDirectory(parent(target));
    } catch (IOException e) {
      throw StoreErrors.failed("write", key, e);
    }
  }

  @Override
  public boolean putIfAbsent(String key, byte[] bytes) {
    Path target = path(key);
    try {
      makeDirectories(parent(target));
      Path written = writeTemporary(List.of(bytes));
      try {
        disk.link(written, target);
      } catch (FileAlreadyExistsException e) {
        return false;
      } finally {
        disk.deleteIfExists(written);
      }
      try {
        disk.forceDirectory(parent(target));
      } catch (IOException e) {
        // The name may not survive a crash: better that nobody sees it.
        disk.deleteIfExists(target);
        throw e;
      }
      return true;
    } catch (IOException e) {
      throw StoreErrors.failed("write", key, e);
    }
  }

  @Override
  public List<ObjectSummary> list(String prefix) {
    int slash = prefix.lastIndexOf('/');
    Path start = slash < 0 ? root : root.resolve(prefix.substring(0, slash));
    if (!disk.isDirectory(start)) {
      return List.of();
    }
    List<ObjectSummary> found = new ArrayList<>();
    try {
      for (Disk.Found file : disk.filesBelow(start, temporary)) {
        String key = key(file.path());
        if (key.startsWith(prefix)) {
          found.add(new ObjectSummary(key, file.bytes(), file.modified()));
        }
      }
    } catch (IOException e) {
      throw StoreErrors.failed("list", prefix, e);
    }
    found.sort(Comparator.comparing(ObjectSummary::key));
    return found;
  }

  @Override
  public void delete(String key) {
    try {
      disk.deleteIfExists(path(key));
    } catch (IOException e) {
      throw StoreErrors.failed("delete", key, e);
    }
  }

  @Override
  public Optional<Long> size(String key) {
    try {
      return Optional.of(disk.size(path(key)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StoreErrors.failed("read", key, e);
    }
  }

  @Override
  public void close() {
    release.run();
  }

  private Path path(String key) {
    return root.resolve(key);
  }

  private String key(Path path) {
    return root.relativize(path).toString().replace('\\', '/');
  }

  private Path writeTemporary(List<byte[]> parts) throws IOException {
    Path path = temporary.resolve(writer + "-" + sequence.incrementAndGet() + ".tmp");
    try {
      disk.writeForced(path, parts);
    } catch (IOException e) {
      disk.deleteIfExists(path);
      throw e;
    }
    return path;
  }

  /// Makes missing directories and forces their names, once a directory in the life of the store:
  /// one that is there may have been made by a process that was killed before it forced it.
  private void makeDirectories(Path directory) throws IOException {
    if (forcedDirectories.contains(directory)) {
      return;
    }
    Path parent = directory.getParent();
    if (parent != null && (directory.startsWith(root) || !disk.isDirectory(directory))) {
      makeDirectories(parent);
      disk.makeDirectory(directory);
      disk.forceDirectory(parent);
    }
    if (directory.startsWith(root)) {
      forcedDirectories.add(directory);
    }
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }
}
