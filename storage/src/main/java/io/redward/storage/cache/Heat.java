package io.redward.storage.cache;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// Ranks what a tier keeps by its uses, and lets uses of long ago count less and less. Thread-safe.
final class Heat {
  private static final Comparator<ClockEntry> HOTTEST_FIRST =
      Comparator.comparingInt(ClockEntry::heat).reversed();

  private volatile long usedBefore;

  /// The most used entries as `shown` gives them, hottest first. If there have been as many uses
  /// since they were last asked for as there are entries, earlier uses count half from then on.
  ///
  /// @param used uses of all entries, ever
  <E extends ClockEntry, R> List<R> hottest(
      List<E> entries, int most, long used, Function<E, R> shown) {
    List<R> hottest = entries.stream().sorted(HOTTEST_FIRST).limit(most).map(shown).toList();
    if (used - usedBefore >= entries.size()) {
      usedBefore = used;
      entries.forEach(ClockEntry::cool);
    }
    return hottest;
  }
}
