package io.redward.storage.commit;

import java.time.Duration;

/// How a process commits to a log and follows it.
///
/// @param shared whether other processes may commit to the log
/// @param staleness how old a view of the log may be when a statement begins; only if shared
/// @param retention how far back the namespace can be seen; objects stay as long, so if it is
/// shared
///     this is also how long other processes may read what they have begun to read
/// @param attempts how often a commit without an answer is put
/// @param pause before the second attempt; doubled before each further one
/// @param clock how time is told
/// @param leaseTerm how long a process that shares the log may use what it has read without having
///     said so anew
public record CommitPolicy(
    boolean shared,
    Duration staleness,
    Duration retention,
    int attempts,
    Duration pause,
    LogClock clock,
    Duration leaseTerm) {
  /// A view that was confirmed longer ago than this must ask whether its stretch of the log is
  /// still open before it is relied on.
  static final Duration CONFIRM = Duration.ofMinutes(5);

  /// Commits of a closed stretch are deleted this long after it was closed. Longer than [#CONFIRM]
  /// by more than any request takes: who has not asked in between relied on a confirmation from
  /// before it was closed.
  static final Duration GRACE = Duration.ofMinutes(15);

  private static final int ATTEMPTS = 8;
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration STALENESS = Duration.ofMillis(200);
  private static final Duration LEASE_TERM = Duration.ofSeconds(60);
  private static final Duration RETENTION = Duration.ofHours(24);

  public CommitPolicy {
    if (staleness.isNegative() || retention.isNegative() || pause.isNegative() || attempts < 1) {
      throw new IllegalArgumentException("commit policy out of range");
    }
  }

  /// For a log that only this process opens.
  public static CommitPolicy exclusive() {
    return new CommitPolicy(
        false, Duration.ZERO, Duration.ZERO, ATTEMPTS, PAUSE, LogClock.system(), LEASE_TERM);
  }

  /// For a log that other processes may commit to.
  public static CommitPolicy sharedWithOthers() {
    return new CommitPolicy(
        true, STALENESS, RETENTION, ATTEMPTS, PAUSE, LogClock.system(), LEASE_TERM);
  }

  public CommitPolicy withRetention(Duration kept) {
    return new CommitPolicy(shared, staleness, kept, attempts, pause, clock, leaseTerm);
  }

  public CommitPolicy withStaleness(Duration limit) {
    return new CommitPolicy(shared, limit, retention, attempts, pause, clock, leaseTerm);
  }

  public CommitPolicy withPause(Duration first) {
    return new CommitPolicy(shared, staleness, retention, attempts, first, clock, leaseTerm);
  }

  public CommitPolicy withClock(LogClock other) {
    return new CommitPolicy(shared, staleness, retention, attempts, pause, other, leaseTerm);
  }
}
