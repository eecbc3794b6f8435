package io.redward.cluster.node;

import io.redward.cluster.cut.Fragment;
import io.redward.cluster.cut.Place;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// The node's side of a query that it is asked: runs its fragments one after another and gathers
/// what they send. Used by one thread.
final class Answering {
  private static final int MOST_BYTES = 256 << 10;
  private static final long LOOK_NANOS = 5_000_000;

  private final Member member;
  private final NodeQuery here;
  private final List<Answer.Sent> frames = new ArrayList<>();
  private final List<byte[]> reports = new ArrayList<>();
  private int bytes;

  Answering(Member member, NodeQuery here) {
    this.member = member;
    this.here = here;
  }

  Answer answer() {
    for (Fragment fragment : here.query().fragments()) {
      if (fragment.place() == Place.NODES) {
        FragmentRun run = member.run(here, fragment.id());
        try {
          gather(run);
        } finally {
          run.close();
        }
        if (bytes > MOST_BYTES) {
          return new Answer("", true, List.of(), List.of());
        }
        Optional<Throwable> failure = run.failure();
        if (failure.isPresent()) {
          return new Answer(FailureText.of(failure.get()), false, List.of(), List.of());
        }
        reports.add(run.report(here.place()).write());
      }
    }
    return new Answer("", false, frames, reports);
  }

  private void gather(FragmentRun run) {
    run.movedBy(Thread.currentThread());
    boolean more = true;
    while (more && bytes <= MOST_BYTES) {
      // Asked before frames are taken, since after it none comes.
      more = !run.done();
      FragmentRun.Outgoing next = run.outgoing();
      while (next != null) {
        frames.add(new Answer.Sent(next.exchange().id(), next.frame()));
        bytes += next.frame().length;
        run.sent();
        next = run.outgoing();
      }
      if (more) {
        LockSupport.parkNanos(LOOK_NANOS);
        if (Thread.interrupted()) {
          throw new SqlException(SqlState.QUERY_CANCELED, "the query has ended elsewhere");
        }
      }
    }
  }
}
