package io.redward.leader.session;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// Processor time of the JVM's own compiler, which turns hot loops into machine code beside the
/// statements that run: what a first run costs and a later one does not. The JVM keeps that figure
/// to itself, but Linux tells it of every thread.
final class CompilerThreads {
  private static final Path THREADS = Path.of("/proc/self/task");

  private CompilerThreads() {}

  /// Nanoseconds so far; empty where the system does not tell.
  static OptionalLong nanos() {
    long sum = 0;
    boolean found = false;
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
      for (Path thread : threads) {
        String name = Files.readString(thread.resolve("comm"));
        if (name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler")) {
          String times = Files.readString(thread.resolve("schedstat"));
          sum += Long.parseLong(times.substring(0, times.indexOf(' ')));
          found = true;
        }
      }
    } catch (IOException | NumberFormatException | StringIndexOutOfBoundsException e) {
      return OptionalLong.empty();
    }
    return found ? OptionalLong.of(sum) : OptionalLong.empty();
  }
}
