package io.redward.gateway.dataapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// The rows of one result on disk, in pages as they will be given out, so that a day's results take
/// no memory. Written by one thread; read when the statement has ended.
final class ResultFile implements AutoCloseable {
  /// A page's place.
  private record Page(long offset, int length, long firstRow) {}

  private final Path path;
  private final FileChannel channel;
  private final List<Page> pages = new ArrayList<>();
  private long bytes;
  private long rows;

  ResultFile(Path path) {
    this.path = path;
    try {
      channel =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void append(byte[] page, int rowCount) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(page);
      while (buffer.hasRemaining()) {
        channel.write(buffer, bytes + buffer.position());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    pages.add(new Page(bytes, page.length, rows));
    bytes += page.length;
    rows += rowCount;
  }

  int pageCount() {
    return pages.size();
  }

  long rowCount() {
    return rows;
  }

  long byteCount() {
    return bytes;
  }

  /// The page that has a row, or the last one if there are not so many.
  int pageOf(long row) {
    int low = 0;
    int high = pages.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (pages.get(middle).firstRow() <= row) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /// Number of a page's first row, from 0.
  long firstRow(int page) {
    return pages.isEmpty() ? 0 : pages.get(page).firstRow();
  }

  byte[] page(int index) {
    Page page = pages.get(index);
    ByteBuffer buffer = ByteBuffer.allocate(page.length());
    try {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, page.offset() + buffer.position()) < 0) {
          throw new IOException(path + " ends before page " + index);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.array();
  }

  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
