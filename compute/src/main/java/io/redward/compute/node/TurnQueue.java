package io.redward.compute.node;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whose turn it is to have a slot of the machine. The policy alone: no clock, no threads; its
/// users see to it that it is used by one thread at a time.
///
/// A query is short until it has used [QueryTurns#LONG_NANOS], so nobody has to know beforehand
/// which is which. Where both wait, short queries get [#SHORT_SHARE] times what long ones get.
///
/// Short queries have weighted shares: each has a virtual time that grows by what it uses divided
/// by its weight, which decays with use, and the one that is furthest back is next. One that comes,
/// or comes back, starts at the time that the queue has reached: to be away earns nothing.
///
/// Of long queries only so many take turns at a time, since each holds memory and nothing is won by
/// running all at once. They are those that have waited longest, each is served in its turn, and
/// after [#ROUND] a query goes back to the end of the line, so that nobody starves.
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
  private long served;

  /// @param longAtOnce long queries that take turns; at least as many as there are slots
  TurnQueue(int longAtOnce) {
    this.longAtOnce = longAtOnce;
  }

  /// A worker of `query` begins to wait.
  void add(QueryTurns query, W worker) {
    if (active.add(query)) {
      query.pass = Math.max(query.pass, reached);
    }
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
    chosen.query().lastServed = ++served;
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
    Set<QueryTurns> taking = takingTurns();
    int best = -1;
    for (int i = 0; i < waiting.size(); i++) {
      QueryTurns query = waiting.get(i).query();
      if (taking.contains(query)
          && (best < 0 || query.lastServed < waiting.get(best).query().lastServed)) {
        best = i;
      }
    }
    return best;
  }

  private Set<QueryTurns> takingTurns() {
    List<QueryTurns> queries =
        active.stream()
            .filter(QueryTurns::isLong)
            .sorted(Comparator.comparingLong(query -> query.place))
            .limit(longAtOnce)
            .toList();
    return Set.copyOf(queries);
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
    if (query.isLong() && (query.place == 0 || query.usedInRound >= ROUND)) {
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

  /// True if a query that is not a long one waits.
  boolean shortOneWaits() {
    return waiting.stream().anyMatch(each -> !each.query().isLong());
  }
}
