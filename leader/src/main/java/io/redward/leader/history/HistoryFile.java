package io.redward.leader.history;

import io.redward.leader.system.QueryLog.Event;
import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.Checksum;
import io.redward.storage.bytes.MalformedBytesException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads one file of history. A frame is a length, a checksum of what follows, and an event.
final class HistoryFile {
  static final int FRAME_BYTES = 2 * Integer.BYTES;

  private static final Logger LOG = LoggerFactory.getLogger(HistoryFile.class);

  private final Path path;

  HistoryFile(Path path) {
    this.path = path;
  }

  /// The highest numbers of queries and transactions; zeros if there are none.
  record Numbers(int query, long transaction) {}

  /// Finds the highest numbers without reading events whole. What is damaged does not count.
  Numbers numbers() throws IOException {
    ByteBuffer bytes = buffer(Files.readAllBytes(path));
    int query = 0;
    long transaction = 0;
    for (int at = 0; wholeFrame(bytes, at); at += FRAME_BYTES + bytes.getInt(at)) {
      query = Math.max(query, bytes.getInt(at + FRAME_BYTES + 1));
      transaction = Math.max(transaction, bytes.getLong(at + FRAME_BYTES + 1 + Integer.BYTES));
    }
    return new Numbers(query, transaction);
  }

  /// Gives the events in their order. One that is damaged is left out; where it is not even clear
  /// how long it is, the rest of the file is.
  void read(Consumer<Event> events) throws IOException {
    byte[] all = Files.readAllBytes(path);
    ByteBuffer bytes = buffer(all);
    int at = 0;
    while (wholeFrame(bytes, at)) {
      int length = bytes.getInt(at);
      int start = at + FRAME_BYTES;
      try {
        if (Checksum.of(all, start, length) != bytes.getInt(at + Integer.BYTES)) {
          throw new MalformedBytesException("wrong checksum");
        }
        events.accept(HistoryFormat.read(new ByteReader(all, start, length)));
      } catch (MalformedBytesException e) {
        LOG.warn("history: {} at byte {}: {}; skipped", path, at, e.getMessage());
      }
      at = start + length;
    }
    if (at < bytes.capacity()) {
      LOG.warn("history: {} is damaged from byte {} on; skipped", path, at);
    }
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static boolean wholeFrame(ByteBuffer bytes, int at) {
    if (at + FRAME_BYTES > bytes.capacity()) {
      return false;
    }
    int length = bytes.getInt(at);
    return length >= HistoryFormat.HEAD_BYTES && length <= bytes.capacity() - at - FRAME_BYTES;
  }
}
