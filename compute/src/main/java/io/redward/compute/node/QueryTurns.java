package io.redward.compute.node;

import java.util.function.LongSupplier;

/// What a query has used of the machine so far, and its place in a [TurnQueue], which alone changes
/// it.
final class QueryTurns {
  /// The weight of a query that has used nothing.
  private static final int NEW_WEIGHT = 128;

  /// So much processor time halves the weight.
  private static final long HALVING_NANOS = 10_000_000;

  /// A query that has used so much is a long one.
  static final long LONG_NANOS = 7 * HALVING_NANOS;

  private final LongSupplier heldBytes;
  private final long muchBytes;

  /// Whether it has been seen to hold much.
  private boolean heldMuch;

  long usedNanos;

  /// What it will use at the least, as far as that is known.
  long expectedNanos;

  /// Of a short query: what it has used, each part divided by the weight it had then.
  long pass;

  /// Of a long query: its place in the line, 0 while it has none, and what it has used since it
  /// got it.
  long place;

  long usedInRound;

  /// Its workers that have a slot.
  int running;

  /// Whether it waits without a worker at work, and since when on the clock of [WorkSlots].
  boolean waits;

  long waitsSince;

  /// How long it has waited so before.
  long waitedNanos;

  /// @param heldBytes what its states hold now
  /// @param muchBytes so much and it is a long one, whatever it has used: while it waits it keeps
  ///     others from memory
  QueryTurns(LongSupplier heldBytes, long muchBytes) {
    this.heldBytes = heldBytes;
    this.muchBytes = muchBytes;
  }

  boolean isLong() {
    return usedNanos >= LONG_NANOS || expectedNanos >= LONG_NANOS || heldMuch;
  }

  /// Whether it has become a long one by what it holds, which nobody has been told yet.
  boolean holdsTooMuch() {
    return !isLong() && heldBytes.getAsLong() >= muchBytes;
  }

  /// Looks at what it holds.
  void weigh() {
    heldMuch |= holdsTooMuch();
  }

  /// Of a short query, against others.
  int weight() {
    return NEW_WEIGHT >> usedNanos / HALVING_NANOS;
  }
}
