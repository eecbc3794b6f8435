package io.redward.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/// Counts how often this process forces files and directories to the disk, by the JVM's own events,
/// from its making until it is closed.
final class ForceCounter implements AutoCloseable {
  private static final String EVENT = "jdk.FileForce";

  private final Recording recording = new Recording();

  /// Forces and the time they took together, waits of several threads counted each.
  record Forces(long count, double seconds) {}

  ForceCounter() {
    recording.enable(EVENT).withoutStackTrace().withThreshold(Duration.ZERO);
    recording.start();
  }

  /// What has been forced so far; nothing is counted afterwards.
  Forces stop() throws IOException {
    recording.stop();
    Path file = Files.createTempFile("redward-forces", ".jfr");
    try {
      recording.dump(file);
      long count = 0;
      long nanos = 0;
      try (RecordingFile events = new RecordingFile(file)) {
        while (events.hasMoreEvents()) {
          nanos += events.readEvent().getDuration().toNanos();
          count++;
        }
      }
      return new Forces(count, nanos / 1e9);
    } finally {
      Files.delete(file);
    }
  }

  @Override
  public void close() {
    recording.close();
  }
}
