package io.redward.storage.cache;

import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Decides what a cache tier gives up, after the cache of "Amazon Redshift Re-invented" §3.3. One
/// thread at a time; only [ClockEntry#touch] is for everybody.
///
/// An entry enters the low clock and counts its references from then on. A hand that passes an
/// entry takes one reference from it. In the low clock an entry without any is evicted, and one
/// that had several is promoted to the high clock; in the high clock an entry without any is
/// demoted to the low one, where it has another round to prove itself. So a scan of a table larger
/// than the tier goes through the low clock alone and drives out nothing that is used again and
/// again.
final class TwoLevelClock<E extends ClockEntry> {
  /// The high clock may take this share of the limit before its hand turns.
  static final int HIGH_SHARE_PERCENT = 75;

  /// References that take an entry to the high clock.
  static final int PROMOTION = 2;

  private final long limitBytes;
  private final ArrayDeque<E> low = new ArrayDeque<>();
  private final ArrayDeque<E> high = new ArrayDeque<>();
  private long lowBytes;
  private long highBytes;

  TwoLevelClock(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  long limitBytes() {
    return limitBytes;
  }

  long bytes() {
    return lowBytes + highBytes;
  }

  void add(E entry) {
    low.addLast(entry);
    lowBytes += entry.bytes();
  }

  /// Takes an entry out; the hand passes over what is left of it.
  void remove(E entry) {
    if (entry.isGone()) {
      return;
    }
    entry.setGone();
    if (entry.isHigh()) {
      highBytes -= entry.bytes();
    } else {
      lowBytes -= entry.bytes();
    }
  }

  /// Evicts one entry if the limit is exceeded.
  ///
  /// @return null if it is not
  @Nullable E evict() {
    while (bytes() > limitBytes) {
      E evicted =
          low.isEmpty() || highBytes * 100 > limitBytes * HIGH_SHARE_PERCENT
              ? turnHigh()
              : turnLow();
      if (evicted != null) {
        return evicted;
      }
    }
    return null;
  }

  /// All entries, in no particular order.
  List<E> entries() {
    return Stream.concat(low.stream(), high.stream()).filter(e -> !e.isGone()).toList();
  }

  private @Nullable E turnLow() {
    E entry = low.removeFirst();
    if (entry.isGone()) {
      return null;
    }
    int references = entry.references();
    if (references == 0) {
      lowBytes -= entry.bytes();
      entry.setGone();
      return entry;
    }
    entry.dropReference();
    if (references >= PROMOTION) {
      lowBytes -= entry.bytes();
      highBytes += entry.bytes();
      entry.setHigh(true);
      high.addLast(entry);
    } else {
      low.addLast(entry);
    }
    return null;
  }

  private @Nullable E turnHigh() {
    E entry = high.removeFirst();
    if (entry.isGone()) {
      return null;
    }
    if (entry.references() > 0) {
      entry.dropReference();
      high.addLast(entry);
    } else {
      highBytes -= entry.bytes();
      lowBytes += entry.bytes();
      entry.setHigh(false);
      low.addLast(entry);
    }
    return null;
  }
}
