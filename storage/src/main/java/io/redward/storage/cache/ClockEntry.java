package io.redward.storage.cache;

import java.util.concurrent.atomic.AtomicInteger;

/// What a [TwoLevelClock] keeps. Being used is noted by any thread; the rest belongs to the clock.
abstract class ClockEntry {
  /// References beyond this many do not count: what was used very often long ago must not stay for
  /// ever.
  static final int MOST_REFERENCES = 7;

  private final AtomicInteger references = new AtomicInteger();
  private final AtomicInteger heat = new AtomicInteger();
  private volatile boolean gone;
  private boolean high;

  /// Bytes it takes of the limit; the same as long as the clock has it.
  abstract long bytes();

  /// Notes a use.
  final void touch() {
    heat.incrementAndGet();
    if (references.get() < MOST_REFERENCES) {
      references.incrementAndGet();
    }
  }

  /// Starts with the heat it had in an earlier life.
  final void warm(int earlier) {
    heat.set(earlier);
    references.set(Math.min(earlier, MOST_REFERENCES));
  }

  /// Uses, those of long ago counting less.
  final int heat() {
    return heat.get();
  }

  /// Halves the weight of all uses so far.
  final void cool() {
    heat.getAndUpdate(uses -> uses >> 1);
  }

  final int references() {
    return references.get();
  }

  final void dropReference() {
    references.decrementAndGet();
  }

  final void clearReferences() {
    references.set(0);
  }

  final boolean isHigh() {
    return high;
  }

  final void setHigh(boolean level) {
    high = level;
  }

  /// True once the clock has evicted or removed it.
  final boolean isGone() {
    return gone;
  }

  final void setGone() {
    gone = true;
  }
}
