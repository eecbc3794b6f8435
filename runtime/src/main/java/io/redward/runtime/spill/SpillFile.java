package io.redward.runtime.spill;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The temporary file of one query. Made when first written to, removed when closed. Thread-safe.
public final class SpillFile implements AutoCloseable {
  private static final String SUFFIX = ".spill";
  private static final int MAGIC = 0x5257_5350;
  private static final int HEAD_BYTES = 12;

  private final Path directory;
  private final Opener opener;
  private @Nullable Path path;
  private @Nullable FileChannel channel;
  private long end;

  /// Opens a file that has just been made.
  interface Opener {
    FileChannel open(Path file) throws IOException;
  }

  public SpillFile(Path directory) {
    this(
        directory,
        file -> FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  SpillFile(Path directory, Opener opener) {
    this.directory = directory;
    this.opener = opener;
  }

  /// Removes what a process that was killed has left behind.
  public static void clean(Path directory) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clean " + directory, e);
    }
  }

  /// Bytes written so far.
  public synchronized long bytes() {
    return end;
  }

  /// Appends a block and returns where it starts.
  ///
  /// @throws SqlException DISK_FULL if there is no room for it, IO_ERROR if it cannot be written
  long append(byte[] block, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(block, 0, length);
    ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
    head.putInt(MAGIC).putInt(length).putInt((int) checksum.getValue()).flip();
    synchronized (this) {
      long start = end;
      try {
        FileChannel file = open();
        write(file, head, start);
        write(file, ByteBuffer.wrap(block, 0, length), start + HEAD_BYTES);
      } catch (IOException e) {
        throw failed(e);
      }
      end = start + HEAD_BYTES + length;
      return start;
    }
  }

  private SqlException failed(IOException cause) {
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    String what = "could not write to temporary file in \"" + directory + "\": ";
    String lower = reason.toLowerCase(Locale.ROOT);
    return lower.contains("no space left")
            || lower.contains("quota exceeded")
            || lower.contains("file too large")
        ? new SqlException(SqlState.DISK_FULL, what + "disk full", cause)
            .withDetail(reason)
            .withHint("Free space there or give the query more memory with query_memory.")
        : new SqlException(SqlState.IO_ERROR, what + reason, cause)
            .withHint("Check that the server may write there.");
  }

  private static void write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += file.write(bytes, at);
    }
  }

  private FileChannel open() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      Files.createDirectories(directory);
      Path file = Files.createTempFile(directory, "query-", SUFFIX);
      path = file;
      open = opener.open(file);
      channel = open;
    }
    return open;
  }

  /// The block that starts at `start`.
  ///
  /// @throws SqlException DATA_CORRUPTED if it is not what was written
  byte[] read(long start, int length) {
    FileChannel file;
    synchronized (this) {
      file = channel;
    }
    if (file == null) {
      throw new IllegalStateException("nothing has been written");
    }
    try {
      ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
      ByteBuffer block = ByteBuffer.allocate(length);
      read(file, head, start);
      read(file, block, start + HEAD_BYTES);
      head.flip();
      CRC32C checksum = new CRC32C();
      checksum.update(block.array());
      if (head.getInt() != MAGIC
          || head.getInt() != length
          || head.getInt() != (int) checksum.getValue()) {
        throw new SqlException(
            SqlState.DATA_CORRUPTED,
            "temporary file " + path + " is damaged at byte " + start + ": run the query again");
      }
      return block.array();
    } catch (IOException e) {
      throw new SqlException(
          SqlState.IO_ERROR, "could not read temporary file " + path + ": " + e.getMessage(), e);
    }
  }

  private static void read(FileChannel file, ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      int read = file.read(bytes, at);
      if (read < 0) {
        break;
      }
      at += read;
    }
  }

  @Override
  public synchronized void close() {
    try {
      if (channel != null) {
        channel.close();
      }
      if (path != null) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + path, e);
    } finally {
      channel = null;
      path = null;
    }
  }
}
