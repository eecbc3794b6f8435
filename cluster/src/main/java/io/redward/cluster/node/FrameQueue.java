package io.redward.cluster.node;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Batches that have arrived for a fragment and wait to be read. Beyond some megabytes a queue
/// refuses more, which holds the senders back, or, where the fragment may be waiting for another
/// exchange first, puts them into a file: so nobody waits for somebody who waits for him.
/// Thread-safe: filled by one thread, read by another.
final class FrameQueue implements AutoCloseable {
  private static final long MEMORY_BYTES = 4L << 20;
  private static final long LONGEST_WAIT_MILLIS = 50;

  /// Whoever waits for longer leaves it to the mover when to look.
  private static final long EAGER_MILLIS = 8;

  private final ArrayDeque<byte[]> frames = new ArrayDeque<>();
  private final Optional<Path> directory;
  private @Nullable FileChannel file;
  private final ArrayDeque<Integer> lengths = new ArrayDeque<>();
  private long readFrom;
  private long writtenTo;
  private long bytes;
  private boolean finished;
  private boolean closed;
  private boolean refused;
  private final Runnable mover;

  /// @param directory where what does not fit goes; without one it is refused
  /// @param mover wakes who fills the queue
  FrameQueue(Optional<Path> directory, Runnable mover) {
    this.directory = directory;
    this.mover = mover;
  }

  /// False if the frame must be offered again later.
  synchronized boolean offer(byte[] frame) {
    if (closed) {
      return true;
    }
    if (lengths.isEmpty() && (bytes < MEMORY_BYTES || frames.isEmpty())) {
      frames.add(frame);
      bytes += frame.length;
    } else if (directory.isPresent()) {
      spool(frame, directory.get());
    } else {
      refused = true;
      return false;
    }
    notifyAll();
    return true;
  }

  private void spool(byte[] frame, Path place) {
    try {
      if (file == null) {
        Files.createDirectories(place);
        Path path = Files.createTempFile(place, "exchange", ".tmp");
        file =
            FileChannel.open(
                path,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
      }
      ByteBuffer from = ByteBuffer.wrap(frame);
      while (from.hasRemaining()) {
        writtenTo += file.write(from, writtenTo);
      }
      lengths.add(frame.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// No more frames will come.
  synchronized void finish() {
    finished = true;
    notifyAll();
  }

  /// True if every frame that came has been taken and no more will come.
  synchronized boolean exhausted() {
    return finished && frames.isEmpty() && lengths.isEmpty();
  }

  /// The next frame; waits for it. Null at the end. Who fills the queue sleeps the longer the less
  /// there is to do, and is not woken by the network: so it is woken here, again and again at
  /// first.
  synchronized byte @Nullable [] take(CancelToken cancel) {
    long pause = 1;
    while (frames.isEmpty() && lengths.isEmpty() && !finished && !closed) {
      cancel.check();
      try {
        if (pause <= EAGER_MILLIS) {
          mover.run();
        }
        wait(pause);
        pause = longer(pause);
      } catch (InterruptedException e) {
        // The end of the rows is another thing, which would make an answer of what has come so far.
        Thread.currentThread().interrupt();
        throw new SqlException(SqlState.QUERY_CANCELED, "interrupted", e);
      }
    }
    cancel.check();
    if (!frames.isEmpty()) {
      byte[] frame = frames.poll();
      bytes -= frame.length;
      if (refused) {
        refused = false;
        mover.run();
      }
      return frame;
    }
    return lengths.isEmpty() || file == null ? null : unspool(file, lengths.poll());
  }

  /// The next wait after one of so many milliseconds.
  static long longer(long pause) {
    return Math.min(LONGEST_WAIT_MILLIS, pause + (pause + 1) / 2);
  }

  private byte[] unspool(FileChannel from, int length) {
    ByteBuffer frame = ByteBuffer.allocate(length);
    try {
      while (frame.hasRemaining()) {
        if (from.read(frame, readFrom + frame.position()) < 0) {
          throw new IOException("an exchange's file ends early");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    readFrom += length;
    return frame.array();
  }

  @Override
  public synchronized void close() {
    closed = true;
    frames.clear();
    lengths.clear();
    notifyAll();
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        file = null;
      }
    }
  }
}
