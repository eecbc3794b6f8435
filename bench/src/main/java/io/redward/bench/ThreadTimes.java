package io.redward.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Processor time of a server's threads by what they do, as Linux counts it; all zero elsewhere.
record ThreadTimes(Map<Work, Long> millis) {
  /// Linux counts in hundredths of a second, whatever the kernel's own clock.
  private static final long MILLIS_A_TICK = 10;

  private static final int USER = 11;
  private static final int SYSTEM = 12;

  /// What threads do, by the first letters of their names.
  enum Work {
    C2("C2 Compiler"),
    C1("C1 Compiler"),
    COLLECTOR("GC Thread"),
    WARM_UP("warm-up"),
    WORKERS("worker-"),
    /// Parsing, planning, and segments of a single work unit.
    SESSIONS("ForkJoinPool"),
    OTHERS("");

    private final String prefix;

    Work(String prefix) {
      this.prefix = prefix;
    }

    private static Work of(String thread) {
      return Stream.of(values())
          .filter(work -> thread.startsWith(work.prefix))
          .findFirst()
          .orElse(OTHERS);
    }
  }

  /// What the threads that live have used since they began.
  static ThreadTimes of(long pid) throws IOException {
    Map<Work, Long> millis = new EnumMap<>(Work.class);
    Path tasks = Path.of("/proc", Long.toString(pid), "task");
    if (Files.isDirectory(tasks)) {
      try (Stream<Path> all = Files.list(tasks)) {
        for (Path task : all.toList()) {
          add(task.resolve("stat"), millis);
        }
      }
    }
    return new ThreadTimes(millis);
  }

  private static void add(Path stat, Map<Work, Long> millis) {
    String line;
    try {
      line = Files.readString(stat);
    } catch (IOException _) {
      // It has ended meanwhile.
      return;
    }
    int end = line.lastIndexOf(')');
    Work work = Work.of(line.substring(line.indexOf('(') + 1, end));
    List<String> numbers = List.of(line.substring(end + 2).split(" "));
    long ticks = Long.parseLong(numbers.get(USER)) + Long.parseLong(numbers.get(SYSTEM));
    millis.merge(work, ticks * MILLIS_A_TICK, Long::sum);
  }

  ThreadTimes since(ThreadTimes before) {
    Map<Work, Long> difference = new EnumMap<>(Work.class);
    millis.forEach((work, now) -> difference.put(work, now - before.millis.getOrDefault(work, 0L)));
    return new ThreadTimes(difference);
  }

  /// As in `C2 2.1 s, C1 0.5 s`.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    millis.forEach(
        (work, spent) ->
            text.append(text.isEmpty() ? "" : ", ")
                .append(work == Work.C1 || work == Work.C2 ? work.name() : label(work))
                .append(" %.1f s".formatted(spent / 1e3)));
    return text.toString();
  }

  private static String label(Work work) {
    return work.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
