package io.redward.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What the compilers of other JVMs have taken of the processor, where the system says so (Linux).
final class CompilerTime {
  private static final double TICKS_A_SECOND = 100;

  /// Fields of `stat` after the name: the time in user mode, and behind it that in the system.
  private static final int USER_TIME = 11;

  private CompilerTime() {}

  /// Of compiler threads that still run.
  static double seconds(List<Process> processes) {
    double seconds = 0;
    for (Process process : processes) {
      Path threads = Path.of("/proc", String.valueOf(process.pid()), "task");
      if (Files.isDirectory(threads)) {
        try (Stream<Path> each = Files.list(threads)) {
          seconds += each.mapToDouble(CompilerTime::ofThread).sum();
        } catch (IOException _) {
          // The process has ended.
        }
      }
    }
    return seconds;
  }

  private static double ofThread(Path thread) {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      if (!name.startsWith("C1 Comp") && !name.startsWith("C2 Comp")) {
        return 0;
      }
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
      return ticks / TICKS_A_SECOND;
    } catch (IOException _) {
      return 0;
    }
  }
}
