package io.redward.load.source;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.spi.CopyRequest.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Hands chunks of whole records to workers, one file after another. Reading and unpacking happen
/// in the thread that asks; one at a time does so while the others parse.
public final class ChunkReader implements AutoCloseable {
  private static final int CHUNK_BYTES = 4 << 20;
  /// A record longer than Redshift's limit for one row is refused.
  private static final int MAX_RECORD_BYTES = 64 << 20;

  private final Iterator<Path> files;
  private final Reading reading;
  private final RecordBoundary boundary;
  private final AtomicLong bytesRead = new AtomicLong();
  private @Nullable InputStream stream;
  private Path file = Path.of("");
  private long fileOffset;
  private final Deque<byte[]> released = new ArrayDeque<>();
  private byte[] carried = new byte[0];
  private int headerLeft;

  public ChunkReader(List<Path> files, Reading reading, RecordBoundary boundary) {
    this.files = files.iterator();
    this.reading = reading;
    this.boundary = boundary;
  }

  /// A file from its start, unpacked.
  public static InputStream open(Path file, Reading reading) throws IOException {
    return Unpacking.open(file, reading, _ -> {});
  }

  /// Packed bytes read so far.
  public long bytesRead() {
    return bytesRead.get();
  }

  /// The next chunk, or empty when all files are read.
  public synchronized Optional<Chunk> next() {
    try {
      while (true) {
        if (stream == null && !openNext()) {
          return Optional.empty();
        }
        Optional<Chunk> chunk = read();
        if (chunk.isPresent() && chunk.get().length() > 0) {
          return chunk;
        }
      }
    } catch (IOException e) {
      throw new SqlException(
          SqlState.IO_ERROR, "could not read \"" + file + "\": " + e.getMessage(), e);
    }
  }

  private boolean openNext() throws IOException {
    if (!files.hasNext()) {
      return false;
    }
    file = files.next();
    stream = Unpacking.open(file, reading, bytesRead::addAndGet);
    fileOffset = 0;
    carried = new byte[0];
    headerLeft = reading.ignoreHeader();
    return true;
  }

  /// Takes a chunk's bytes back, for a later one: nothing of it is used any more. Fresh arrays of
  /// this size would be a quarter of what a load allocates.
  public synchronized void release(Chunk chunk) {
    if (chunk.bytes().length == CHUNK_BYTES) {
      released.push(chunk.bytes());
    }
  }

  /// An array that begins with what was carried over.
  private byte[] room() {
    byte[] used = released.poll();
    if (used == null || carried.length > CHUNK_BYTES / 2) {
      return Arrays.copyOf(carried, Math.max(CHUNK_BYTES, carried.length * 2));
    }
    System.arraycopy(carried, 0, used, 0, carried.length);
    return used;
  }

  private Optional<Chunk> read() throws IOException {
    InputStream in = Objects.requireNonNull(stream);
    byte[] bytes = room();
    int length = carried.length;
    int count = in.readNBytes(bytes, length, bytes.length - length);
    boolean last = count < bytes.length - length;
    length += count;
    if (last) {
      in.close();
      stream = null;
    }
    int start = skipHeader(bytes, length);
    int end = last ? length : boundary.lastEnd(bytes, start, length);
    if (end <= start && !last && length - start > MAX_RECORD_BYTES) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED,
          "a record in \""
              + file
              + "\" is longer than the limit of "
              + MAX_RECORD_BYTES
              + " bytes");
    }
    carried = last ? new byte[0] : Arrays.copyOfRange(bytes, Math.max(start, end), length);
    long chunkOffset = fileOffset + start;
    fileOffset += Math.max(start, end);
    if (end <= start) {
      return Optional.empty();
    }
    if (start > 0) {
      System.arraycopy(bytes, start, bytes, 0, end - start);
    }
    return Optional.of(new Chunk(file, chunkOffset, bytes, end - start));
  }

  /// The first byte after the header lines; all of `length` if the header goes on.
  private int skipHeader(byte[] bytes, int length) {
    int at = 0;
    while (headerLeft > 0 && at < length) {
      int end = boundary.firstEnd(bytes, at, length);
      if (end == at) {
        return at;
      }
      at = end;
      headerLeft--;
    }
    return at;
  }

  @Override
  public synchronized void close() {
    InputStream open = stream;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new SqlException(
            SqlState.IO_ERROR, "could not close \"" + file + "\": " + e.getMessage(), e);
      }
    }
  }
}
