package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Slows down whoever guesses passwords. After some failures in a row an attempt has to wait, each
/// failure doubling the wait; an attempt that would wait too long is refused with the words of a
/// wrong password, without a look at the one given. Counted are the failures for a user from an
/// address, and those from an address whatever the user, so that neither many passwords nor many
/// names can be tried. A user cannot be locked out from another address. Users that do not exist
/// count like others. Thread-safe.
final class LoginThrottle {
  /// Attempts wait at most so long for their turn.
  static final Duration LONGEST_WAIT = Duration.ofSeconds(4);

  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);
  private static final int FREE_FOR_USER = 5;
  private static final int FREE_FOR_ADDRESS = 25;
  private static final int MOST_KEPT = 20_000;

  /// Failures in a row.
  ///
  /// @param next when the next attempt may be made
  private record Failures(int count, Instant last, Instant next) {
    Failures andOne(int free, Instant now) {
      if (Duration.between(last, now).compareTo(FORGOTTEN_AFTER) > 0) {
        return new Failures(1, now, now);
      }
      int more = count + 1;
      if (more <= free) {
        return new Failures(more, now, now);
      }
      int doublings = Math.min(more - free - 1, 20);
      Duration pause = FIRST_WAIT.multipliedBy(1L << doublings);
      Instant from = next.isAfter(now) ? next : now;
      return new Failures(
          more, now, from.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE));
    }
  }

  private final InstantSource clock;
  private final Map<List<String>, Failures> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, Failures> eldest) {
          return size() > MOST_KEPT;
        }
      };

  LoginThrottle(InstantSource clock) {
    this.clock = clock;
  }

  /// How long an attempt has to wait. The attempt counts as failed until [#succeeded] is called, so
  /// that many at once are no way round.
  ///
  /// @throws SqlException 28P01 if it is refused
  synchronized Duration attempt(String user, String address) {
    Instant now = clock.instant();
    Duration wait = longest(wait(List.of(user, address), now), wait(List.of(address), now));
    if (wait.compareTo(LONGEST_WAIT) > 0) {
      throw new SqlException(
          SqlState.INVALID_PASSWORD, "password authentication failed for user \"" + user + "\"");
    }
    failed(List.of(user, address), FREE_FOR_USER, now);
    failed(List.of(address), FREE_FOR_ADDRESS, now);
    return wait;
  }

  /// Forgets the failures of a user who has logged in.
  synchronized void succeeded(String user, String address) {
    known.remove(List.of(user, address));
    Failures ofAddress = known.get(List.of(address));
    if (ofAddress != null) {
      known.put(
          List.of(address),
          new Failures(Math.max(0, ofAddress.count() - 1), ofAddress.last(), clock.instant()));
    }
  }

  private Duration wait(List<String> key, Instant now) {
    Failures failures = known.get(key);
    return failures == null || !failures.next().isAfter(now)
        ? Duration.ZERO
        : Duration.between(now, failures.next());
  }

  private void failed(List<String> key, int free, Instant now) {
    Failures before = known.getOrDefault(key, new Failures(0, now, now));
    known.put(key, before.andOne(free, now));
  }

  private static Duration longest(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
