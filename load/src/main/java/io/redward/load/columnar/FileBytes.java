package io.redward.load.columnar;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;

/// The bytes of an open file, read at any place. Safe for several threads.
public final class FileBytes implements AutoCloseable {
  private final SourceFile name;
  private final FileChannel channel;
  private final long size;

  private FileBytes(SourceFile name, FileChannel channel) throws IOException {
    this.name = name;
    this.channel = channel;
    this.size = channel.size();
  }

  /// Opens a file and makes of it what `footer` does, which reads the footer; closes it again if
  /// that fails.
  public static <T> T open(Path path, SourceFile name, Function<FileBytes, T> footer) {
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      boolean whole = false;
      try {
        T file = footer.apply(new FileBytes(name, channel));
        whole = true;
        return file;
      } finally {
        if (!whole) {
          channel.close();
        }
      }
    } catch (IOException e) {
      throw unreadable(name, e);
    } catch (RuntimeException e) {
      throw name.explain(e);
    }
  }

  public SourceFile name() {
    return name;
  }

  public long size() {
    return size;
  }

  /// The bytes from `offset` on.
  public byte[] read(long offset, long length) {
    if (offset < 0 || length < 0 || length > size - offset || length > Integer.MAX_VALUE - 8) {
      throw new MalformedFile("it ends before what its footer describes");
    }
    ByteBuffer buffer = ByteBuffer.allocate((int) length);
    try {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, offset + buffer.position()) < 0) {
          throw new MalformedFile("it has become shorter while being read");
        }
      }
    } catch (IOException e) {
      throw unreadable(name, e);
    }
    return buffer.array();
  }

  private static SqlException unreadable(SourceFile name, IOException problem) {
    return new SqlException(
        SqlState.IO_ERROR,
        "could not read \"" + name.name() + "\": " + problem.getMessage(),
        problem);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }
}
