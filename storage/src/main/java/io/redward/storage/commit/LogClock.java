package io.redward.storage.commit;

import java.util.function.LongSupplier;

/// Measures how long ago something was, by two clocks: one that stands still while the machine
/// sleeps, and one that may be set.
///
/// @param nanos of a clock that only goes forward
/// @param millis of the wall clock
public record LogClock(LongSupplier nanos, LongSupplier millis) {
  /// What both clocks showed.
  public record Reading(long nanos, long millis) {}

  public static LogClock system() {
    return new LogClock(System::nanoTime, System::currentTimeMillis);
  }

  public Reading now() {
    return new Reading(nanos.getAsLong(), millis.getAsLong());
  }

  /// Milliseconds since `then`, rather too many than too few.
  public long atMostSince(Reading then) {
    return Math.max(byNanos(then), millis.getAsLong() - then.millis());
  }

  /// Milliseconds since `then`, rather too few than too many.
  public long atLeastSince(Reading then) {
    return Math.min(byNanos(then), millis.getAsLong() - then.millis());
  }

  private long byNanos(Reading then) {
    return (nanos.getAsLong() - then.nanos()) / 1_000_000;
  }
}
