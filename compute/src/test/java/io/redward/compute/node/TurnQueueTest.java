package io.redward.compute.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnQueueTest {
  private static final long SLICE = 5_000_000;
  private static final int LONG_AT_ONCE = 4;
  private static final long MUCH_BYTES = 1_000;

  private final TurnQueue<Job> queue = new TurnQueue<>(LONG_AT_ONCE);
  private long now;

  /// A query of one worker on a machine of one core.
  private final class Job {
    private final QueryTurns turns = new QueryTurns(() -> this.held, MUCH_BYTES);
    private final long arrived = now;
    private long left;
    private long held;
    private long ended = -1;

    Job(long nanos) {
      left = nanos;
      queue.add(turns, this);
    }

    long took() {
      return ended - arrived;
    }
  }

  /// Runs whose turn it is for a slice; false if nobody waits.
  private boolean step() {
    Optional<Job> next = queue.next();
    if (next.isEmpty()) {
      return false;
    }
    Job job = next.get();
    long used = Math.min(job.left, SLICE);
    now += used;
    job.left -= used;
    if (job.left > 0) {
      queue.add(job.turns, job);
    } else {
      job.ended = now;
    }
    queue.ran(job.turns, used);
    return true;
  }

  private List<Job> longJobs(int count, long nanos) {
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      jobs.add(new Job(nanos));
    }
    return jobs;
  }

  @Test
  void aShortQueryOvertakesSixtyLongOnes() {
    longJobs(60, 1_000_000_000);
    for (int i = 0; i < 2_000; i++) {
      step();
    }
    Job quick = new Job(4 * SLICE);
    while (quick.left > 0) {
      step();
    }
    assertThat(quick.took()).isLessThanOrEqualTo(6 * SLICE);
  }

  @Test
  void longQueriesGetTheirPartBesideAnEndlessRowOfShortOnes() {
    Job slow = longJobs(1, 1_000_000_000).getFirst();
    int shortOnes = 0;
    while (slow.left > 0) {
      new Job(SLICE);
      shortOnes++;
      step();
      step();
    }
    assertThat(slow.ended).isLessThan(3_000_000_000L);
    assertThat(shortOnes).isLessThan(500);
  }

  @Test
  void longQueriesAreWorkedOffOneAfterAnother() {
    List<Job> jobs = longJobs(40, 300_000_000);
    while (jobs.stream().allMatch(job -> job.ended < 0)) {
      step();
    }
    long begun = jobs.stream().filter(job -> job.left < 200_000_000).count();
    assertThat(begun).isEqualTo(1);
  }

  @Test
  void whatIsKnownToBeLongWaitsBeforeItHasDoneAnything() {
    List<Job> jobs = longJobs(40, 300_000_000);
    jobs.forEach(job -> queue.expect(job.turns, 300_000_000));
    while (jobs.stream().allMatch(job -> job.ended < 0)) {
      step();
    }
    assertThat(jobs.stream().filter(job -> job.left < 300_000_000)).hasSize(1);
    Job quick = new Job(SLICE);
    step();
    assertThat(quick.ended).isPositive();
  }

  @Test
  void whatHoldsMuchStandsInLineAtOnce() {
    List<Job> jobs = longJobs(40, 300_000_000);
    jobs.forEach(job -> job.held = MUCH_BYTES);
    while (jobs.stream().allMatch(job -> job.ended < 0)) {
      step();
    }
    long begunTwice = jobs.stream().filter(job -> job.left < 300_000_000 - SLICE).count();
    assertThat(begunTwice).isEqualTo(1);
  }

  @Test
  void whatTheFirstOfTheLineLeavesGoesToThoseBehindIt() {
    List<Job> jobs = longJobs(LONG_AT_ONCE + 2, 300_000_000);
    jobs.forEach(job -> queue.expect(job.turns, 300_000_000));
    List<Job> running = new ArrayList<>();
    for (Optional<Job> next = queue.next(); next.isPresent(); next = queue.next()) {
      running.add(next.get());
    }
    assertThat(running).isEqualTo(jobs.subList(0, LONG_AT_ONCE));
  }

  @Test
  void everyoneOfALineGetsInWithinARoundOfEachBeforeIt() {
    List<Job> jobs = longJobs(30, 5 * TurnQueue.ROUND);
    jobs.forEach(job -> queue.expect(job.turns, 5 * TurnQueue.ROUND));
    while (now <= 30 * (TurnQueue.ROUND + SLICE)) {
      step();
    }
    assertThat(jobs).allMatch(job -> job.left < 5 * TurnQueue.ROUND);
  }

  @Test
  void whatWaitsBehindEndlessQueriesGetsInAfterARound() {
    longJobs(LONG_AT_ONCE, Long.MAX_VALUE / 2);
    for (int i = 0; i < 100; i++) {
      step();
    }
    Job late = new Job(1_000_000_000);
    while (late.left > 0 && now < 100 * TurnQueue.ROUND) {
      step();
    }
    assertThat(late.ended).isPositive();
    assertThat(late.took()).isLessThan(4 * LONG_AT_ONCE * TurnQueue.ROUND);
  }

  @Test
  void nobodyWaitsForeverAmongLongQueriesThatKeepComing() {
    Job first = longJobs(1, 20_000_000_000L).getFirst();
    while (first.left > 0 && now < 1_000_000_000_000L) {
      longJobs(1, 200_000_000);
      for (int i = 0; i < 39; i++) {
        step();
      }
    }
    assertThat(first.ended).isPositive();
  }

  @Test
  void aShortQueryThatWasAwayHasEarnedNothing() {
    Job away = new Job(SLICE);
    step();
    for (int i = 0; i < 1_000; i++) {
      new Job(SLICE);
      step();
    }
    away.left = 4 * SLICE;
    queue.add(away.turns, away);
    Job fresh = new Job(SLICE);
    step();
    step();
    assertThat(fresh.ended).isPositive();
  }

  @Test
  void workersOfOneQueryShareItsTurns() {
    QueryTurns pair = new QueryTurns(() -> 0, MUCH_BYTES);
    QueryTurns single = new QueryTurns(() -> 0, MUCH_BYTES);
    TurnQueue<QueryTurns> two = new TurnQueue<>(LONG_AT_ONCE);
    two.add(pair, pair);
    two.add(pair, pair);
    two.add(single, single);
    int ofPair = 0;
    for (int i = 0; i < 8_000; i++) {
      QueryTurns chosen = two.next().orElseThrow();
      ofPair += chosen == pair ? 1 : 0;
      two.add(chosen, chosen);
      two.ran(chosen, SLICE);
    }
    assertThat(ofPair).isBetween(3_700, 4_300);
  }
}
