package io.redward.compute.node;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whose turn it is to have a slot of the machine. The policy alone: no clock, no threads; its
/// users see to it that it is used by one thread at a time.
///
/// A query is short until it has used [QueryTurns#LONG_NANOS], holds much memory or is known to be
/// about to use as much, so nobody has to guess beforehand which is which. Where both wait, short
/// queries get [#SHORT_SHARE] times what long ones get.
///
/// Short queries have weighted shares: each has a virtual time that grows by what it uses divided
/// by its weight, which decays with use, and the one that is furthest back is next. One that comes,
/// or comes back, starts at the time that the queue has reached: to be away earns nothing.
///
/// Long queries stand in line, since each holds memory and caches and nothing is won by running all
/// at once. The first one gets what it can use, those behind it what it leaves, and only so many of
/// them. After [#ROUND] a query goes back to the end of the line, so that nobody starves.
///
/// @param <W> a worker that waits
final class TurnQueue<W> {
  /// A long query gives its place to others after so much processor time.
  static final long ROUND = 2_000_000_000L;

  static final int SHORT_SHARE = 16;

  private record Waiting<W>(QueryTurns query, W worker) {}

  private final int longAtOnce;
  private final List<Waiting<W>> waiting = new ArrayList<>();
  private final Set<QueryTurns> active = new LinkedHashSet<>();

  /// What short and long queries have used, divided by their shares.
  private long shortTime;

  private long longTime;

  /// The virtual time of the short query served last.
  private long reached;

  private long lastPlace;

  /// @param longAtOnce the first long queries of the line, which may run
  TurnQueue(int longAtOnce) {
    this.longAtOnce = longAtOnce;
  }

  /// It has come out that `query` will use so much at the least. One that turns out to be long
  /// begins to wait for its turn, before it has done anything it would have to hold until then.
  void expect(QueryTurns query, long nanos) {
    query.expectedNanos = Math.max(query.expectedNanos, query.usedNanos + nanos);
    queueIfLong(query);
  }

  private void queueIfLong(QueryTurns query) {
    if (query.isLong() && query.place == 0) {
      query.place = ++lastPlace;
    }
  }

  /// A worker of `query` begins to wait.
  void add(QueryTurns query, W worker) {
    if (active.add(query)) {
      query.pass = Math.max(query.pass, reached);
    }
    query.weigh();
    queueIfLong(query);
    waiting.add(new Waiting<>(query, worker));
  }

  /// The worker that gets the slot that is free and runs from now on; empty if none waits.
  Optional<W> next() {
    int nextShort = nextShort();
    int nextLong = nextLong();
    if (nextShort < 0 && nextLong < 0) {
      return Optional.empty();
    }
    boolean isShort = nextLong < 0 || nextShort >= 0 && shortTime <= longTime;
    if (nextShort < 0) {
      shortTime = Math.max(shortTime, longTime);
    } else if (nextLong < 0) {
      longTime = Math.max(longTime, shortTime);
    }
    Waiting<W> chosen = waiting.remove(isShort ? nextShort : nextLong);
    chosen.query().running++;
    if (isShort) {
      reached = Math.max(reached, chosen.query().pass);
    }
    return Optional.of(chosen.worker());
  }

  private int nextShort() {
    int best = -1;
    for (int i = 0; i < waiting.size(); i++) {
      QueryTurns query = waiting.get(i).query();
      if (!query.isLong() && (best < 0 || query.pass < waiting.get(best).query().pass)) {
        best = i;
      }
    }
    return best;
  }

  private int nextLong() {
    long last = lastPlaceToRun();
    int best = -1;
    for (int i = 0; i < waiting.size(); i++) {
      QueryTurns query = waiting.get(i).query();
      if (query.isLong()
          && query.place <= last
          && (best < 0 || query.place < waiting.get(best).query().place)) {
        best = i;
      }
    }
    return best;
  }

  private long lastPlaceToRun() {
    long last = 0;
    for (int i = 0; i < longAtOnce; i++) {
      long next = Long.MAX_VALUE;
      for (QueryTurns query : active) {
        if (query.isLong() && query.place > last) {
          next = Math.min(next, query.place);
        }
      }
      last = next == Long.MAX_VALUE ? last : next;
    }
    return last;
  }

  /// A worker of `query` has given its slot back, which it had for `nanos`.
  void ran(QueryTurns query, long nanos) {
    if (query.isLong()) {
      longTime += nanos;
      query.usedInRound += nanos;
    } else {
      shortTime += nanos / SHORT_SHARE;
      query.pass += nanos / query.weight();
    }
    query.usedNanos += nanos;
    query.weigh();
    queueIfLong(query);
    if (query.usedInRound >= ROUND) {
      query.place = ++lastPlace;
      query.usedInRound = 0;
    }
    query.running--;
    if (query.running == 0 && waiting.stream().noneMatch(each -> each.query() == query)) {
      active.remove(query);
    }
  }

  int waiting() {
    return waiting.size();
  }

  /// True if a worker of `query` waits and none is at work.
  boolean standsStill(QueryTurns query) {
    return query.running == 0 && active.contains(query);
  }

  /// How many other queries that stand still are before `query`: short ones by what they have used,
  /// then long ones by their places.
  int position(QueryTurns query) {
    int before = 0;
    for (QueryTurns other : active) {
      if (other != query && standsStill(other) && isBefore(other, query)) {
        before++;
      }
    }
    return before;
  }

  private static boolean isBefore(QueryTurns one, QueryTurns other) {
    return one.isLong() == other.isLong()
        ? one.isLong() ? one.place < other.place : one.pass < other.pass
        : other.isLong();
  }

  /// True if a query that is not a long one waits.
  boolean shortOneWaits() {
    return waiting.stream().anyMatch(each -> !each.query().isLong());
  }
}
