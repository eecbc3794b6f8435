package io.redward.storage.objectstore;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Holds a data directory for this process. The lock is the operating system's and goes with the
/// process however it ends; the file `lock` also tells the holder's process id.
///
/// Shared locks let any number of processes in that hold theirs shared too.
public final class DirectoryLock implements AutoCloseable {
  /// Shared locks of this process by directory: the operating system counts processes only.
  private static final Map<Path, Held> SHARED = new HashMap<>();

  private final FileChannel channel;
  private final @Nullable Path shared;

  private DirectoryLock(FileChannel channel, @Nullable Path shared) {
    this.channel = channel;
    this.shared = shared;
  }

  private static final class Held {
    private final FileChannel channel;
    private int holders;

    Held(FileChannel channel) {
      this.channel = channel;
    }
  }

  /// @throws SqlException OBJECT_IN_USE if a process holds it alone
  public static DirectoryLock acquireShared(Path directory) {
    Path key = directory.toAbsolutePath().normalize();
    synchronized (SHARED) {
      Held held = SHARED.get(key);
      if (held == null) {
        held = new Held(open(directory, true));
        SHARED.put(key, held);
      }
      held.holders++;
      return new DirectoryLock(held.channel, key);
    }
  }

  /// @throws SqlException OBJECT_IN_USE if another process, or this one, holds it
  public static DirectoryLock acquire(Path directory) {
    return new DirectoryLock(open(directory, false), null);
  }

  private static FileChannel open(Path directory, boolean shared) {
    Path path = directory.resolve("lock");
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (tryLock(channel, shared) == null) {
        SqlException refused = inUse(directory, channel);
        channel.close();
        throw refused;
      }
      if (shared) {
        return channel;
      }
      channel.truncate(0);
      String pid = Long.toString(ProcessHandle.current().pid());
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)), 0);
      return channel;
    } catch (IOException e) {
      throw StoreErrors.failed("lock", path.toString(), e);
    }
  }

  @Override
  public void close() {
    if (shared != null) {
      synchronized (SHARED) {
        Held held = SHARED.get(shared);
        if (held == null || --held.holders > 0) {
          return;
        }
        SHARED.remove(shared);
      }
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw StoreErrors.failed("unlock", "lock", e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel, boolean shared)
      throws IOException {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, shared);
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static SqlException inUse(Path directory, FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(32);
    channel.read(buffer, 0);
    String pid = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8).trim();
    return new SqlException(
            SqlState.OBJECT_IN_USE,
            "data directory \"" + directory + "\" is in use by process " + pid)
        .withHint("Stop that process or choose another data directory.");
  }
}
