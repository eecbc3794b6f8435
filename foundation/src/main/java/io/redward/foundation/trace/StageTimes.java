package io.redward.foundation.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import jdk.jfr.FlightRecorder;

/// The stages that a statement has gone through, with their times. Filled by the thread that works
/// on the statement; read once it has ended, but for its [Progress].
public final class StageTimes {
  /// A procedure may plan thousands of statements; beyond that only the sums go on.
  private static final int MAX_SPANS = 100;

  private static final ScopedValue<StageTimes> CURRENT = ScopedValue.newInstance();

  /// One stage.
  ///
  /// @param startNanos as `System.nanoTime` gives it
  public record Span(Stage stage, long startNanos, long nanos) {}

  private final List<Span> spans = new ArrayList<>();
  private final long[] nanos = new long[Stage.values().length];
  private final Progress progress = new Progress();
  private volatile int query;
  private String text = "";

  /// Has what `work` times on this thread gathered here.
  public <T> T gather(Supplier<T> work) {
    return ScopedValue.where(CURRENT, this).call(work::get);
  }

  /// Times a stage for whoever gathers, and for the flight recorder once there is one: making its
  /// events ready takes a sixth of a second, for which no first statement is to wait.
  public static <T> T time(Stage stage, Supplier<T> work) {
    return FlightRecorder.isInitialized()
        ? StageEvents.record(stage, () -> timed(stage, work))
        : timed(stage, work);
  }

  private static <T> T timed(Stage stage, Supplier<T> work) {
    long started = System.nanoTime();
    try {
      return work.get();
    } finally {
      if (CURRENT.isBound()) {
        CURRENT.get().add(stage, started, System.nanoTime() - started);
      }
    }
  }

  /// How far the statement of this thread has come; of nobody's interest if it has none.
  public static Progress currentProgress() {
    return CURRENT.isBound() ? CURRENT.get().progress : new Progress();
  }

  /// How far the statement has come; may be asked by any thread.
  public Progress progress() {
    return progress;
  }

  /// The number of the statement that this thread works on, 0 if it has none.
  static int currentQuery() {
    return CURRENT.isBound() ? CURRENT.get().query : 0;
  }

  /// The same for work without a result.
  public static void time(Stage stage, Runnable work) {
    time(
        stage,
        () -> {
          work.run();
          return true;
        });
  }

  private void add(Stage stage, long started, long taken) {
    nanos[stage.ordinal()] += taken;
    if (spans.size() < MAX_SPANS) {
      spans.add(new Span(stage, started, taken));
    }
  }

  /// Says which statement it is.
  public void query(int id) {
    query = id;
  }

  /// Which statement it is, 0 if none; may be asked by any thread.
  public int query() {
    return query;
  }

  /// Says what was parsed.
  public void text(String parsed) {
    text = parsed;
  }

  /// All that was parsed with the statement, comments behind it included; may hold secrets.
  public String text() {
    return text;
  }

  /// All time in a stage, 0 if the statement has not been there.
  public long nanos(Stage stage) {
    return nanos[stage.ordinal()];
  }

  /// The stages as they came; of very many the first.
  public List<Span> spans() {
    return List.copyOf(spans);
  }
}
