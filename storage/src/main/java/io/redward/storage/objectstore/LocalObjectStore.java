package io.redward.storage.objectstore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
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

  private final Path root;
  private final Path temporary;
  private final String writer = UUID.randomUUID().toString();
  private final Runnable release;
  private final AtomicLong sequence = new AtomicLong();
  private final Set<Path> syncedDirectories = ConcurrentHashMap.newKeySet();

  private LocalObjectStore(Path root, Runnable release) {
    this.root = root;
    this.release = release;
    temporary = root.resolve(TEMPORARY);
  }

  /// Opens the store in `root`, creating the directory if need be. No other process has it open.
  public static LocalObjectStore open(Path root) {
    return open(root, () -> {}, Instant.MAX);
  }

  /// The same for a directory that other processes may have open in this way too.
  ///
  /// @throws io.redward.foundation.base.SqlException OBJECT_IN_USE if one has it to itself
  public static LocalObjectStore openShared(Path root) {
    DirectoryLock lock = DirectoryLock.acquireShared(root);
    try {
      return open(root, lock::close, Instant.now().minus(ABANDONED));
    } catch (RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /// @param abandoned temporary files from before then are deleted
  private static LocalObjectStore open(Path root, Runnable release, Instant abandoned) {
    LocalObjectStore store = new LocalObjectStore(root.toAbsolutePath(), release);
    try {
      store.makeDirectories(store.temporary);
      for (Path left : listFiles(store.temporary)) {
        if (abandoned.equals(Instant.MAX)
            || Files.getLastModifiedTime(left).toInstant().isBefore(abandoned)) {
          Files.deleteIfExists(left);
        }
      }
    } catch (IOException e) {
      throw StoreErrors.failed("open", root.toString(), e);
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
    return new LocalObjectStore(root.toAbsolutePath(), () -> {});
  }

  @Override
  public Optional<byte[]> find(String key) {
    try {
      return Optional.of(Files.readAllBytes(path(key)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StoreErrors.failed("read", key, e);
    }
  }

  @Override
  public byte[] read(String key, long offset, int length) {
    try (FileChannel file = FileChannel.open(path(key), StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(length);
      while (buffer.hasRemaining()) {
        if (file.read(buffer, offset + buffer.position()) < 0) {
          throw StoreErrors.truncated(key, offset + length, file.size());
        }
      }
      return buffer.array();
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
        Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        Files.deleteIfExists(written);
        throw e;
      }
      syncDirectory(parent(target));
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
        Files.createLink(target, written);
      } catch (FileAlreadyExistsException e) {
        return false;
      } finally {
        Files.deleteIfExists(written);
      }
      try {
        syncDirectory(parent(target));
      } catch (IOException e) {
        // The name may not survive a crash: better that nobody sees it.
        Files.deleteIfExists(target);
        throw e;
      }
      return true;
    } catch (IOException e) {
      throw StoreErrors.failed("write", key, e);
    }
  }

  @Override
  public List<ObjectSummary> list(String prefix) {
    List<ObjectSummary> found = new ArrayList<>();
    int slash = prefix.lastIndexOf('/');
    Path start = slash < 0 ? root : root.resolve(prefix.substring(0, slash));
    if (!Files.isDirectory(start)) {
      return found;
    }
    try {
      Files.walkFileTree(
          start,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
              return path.equals(temporary)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
              String key = key(path);
              if (key.startsWith(prefix)) {
                found.add(
                    new ObjectSummary(
                        key, attributes.size(), attributes.lastModifiedTime().toInstant()));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
              if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
              }
              throw e;
            }
          });
    } catch (IOException e) {
      throw StoreErrors.failed("list", prefix, e);
    }
    found.sort(Comparator.comparing(ObjectSummary::key));
    return found;
  }

  @Override
  public void delete(String key) {
    try {
      Files.deleteIfExists(path(key));
    } catch (IOException e) {
      throw StoreErrors.failed("delete", key, e);
    }
  }

  @Override
  public Optional<Long> size(String key) {
    try {
      return Optional.of(Files.size(path(key)));
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
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (byte[] part : parts) {
        ByteBuffer buffer = ByteBuffer.wrap(part);
        while (buffer.hasRemaining()) {
          file.write(buffer);
        }
      }
      file.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(path);
      throw e;
    }
    return path;
  }

  /// Makes missing directories and syncs their parents, once a directory.
  private void makeDirectories(Path directory) throws IOException {
    if (syncedDirectories.contains(directory)) {
      return;
    }
    Path parent = directory.getParent();
    if (parent != null && !Files.isDirectory(directory)) {
      makeDirectories(parent);
      Files.createDirectories(directory);
      syncDirectory(parent);
    }
    if (directory.startsWith(root)) {
      syncedDirectories.add(directory);
    }
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  private static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static List<Path> listFiles(Path directory) throws IOException {
    try (java.util.stream.Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
