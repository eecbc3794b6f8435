package io.redward.cluster.node;

import com.hazelcast.jet.JetException;
import com.hazelcast.jet.core.Inbox;
import com.hazelcast.jet.core.Outbox;
import com.hazelcast.jet.core.Processor;
import com.hazelcast.jet.core.Watermark;
import io.redward.cluster.cut.Place;
import org.jspecify.annotations.Nullable;

/// The member's end of a fragment in a job: hands what arrives to the engine and what the engine
/// sends to the edges. It never waits: all of a member's run on Jet's one thread, which the engine
/// wakes when there is something to do.
final class FragmentProcessor implements Processor {
  private final Member member;
  private final FragmentRun run;
  private final Wiring wiring;
  private Outbox outbox = new NoOutbox();
  private int receiver;
  private boolean reported;
  private byte @Nullable [] waiting;

  FragmentProcessor(Member member, FragmentRun run, Wiring wiring) {
    this.member = member;
    this.run = run;
    this.wiring = wiring;
  }

  @Override
  public void init(Outbox given, Context context) {
    outbox = given;
    member.start(run, wiring);
  }

  @Override
  public void process(int ordinal, Inbox inbox) {
    FrameQueue queue = run.queue(wiring.inbound(ordinal));
    Object item = inbox.peek();
    while (item != null && take((Frame) item, queue)) {
      inbox.remove();
      item = inbox.peek();
    }
    // What is not taken may wait for what has not been sent.
    boolean unused = push();
  }

  /// False if the frame must be offered again later.
  private boolean take(Frame frame, FrameQueue queue) {
    if (frame.isReport()) {
      member.report(wiring.query().id(), frame.bytes());
      return true;
    }
    return run.done() || queue.offer(frame.bytes());
  }

  @Override
  public boolean tryProcess() {
    return push();
  }

  @Override
  public boolean completeEdge(int ordinal) {
    run.queue(wiring.inbound(ordinal)).finish();
    return true;
  }

  @Override
  public boolean complete() {
    // Asked before frames are given away, since after it none comes.
    boolean done = run.done();
    if (!push() || !done) {
      return false;
    }
    failIfFailed();
    if (!reported && run.fragment().place() == Place.NODES) {
      member.keep(wiring.here(), run.report(wiring.here().place()));
      reported = true;
    }
    return sendReports();
  }

  @Override
  public boolean tryProcessWatermark(Watermark watermark) {
    return true;
  }

  /// Gives frames to the edges as long as these take them.
  ///
  /// @return false if a frame must be offered again later
  private boolean push() {
    run.movedBy(Thread.currentThread());
    failIfFailed();
    FragmentRun.Outgoing next = run.outgoing();
    while (next != null) {
      int ordinal = wiring.outbound(next.exchange().id());
      int[] partitions = wiring.receivers(next.exchange());
      if (next.node() >= 0) {
        if (!outbox.offer(ordinal, new Frame(partitions[next.node()], next.frame()))) {
          return false;
        }
      } else {
        for (; receiver < partitions.length; receiver++) {
          if (!outbox.offer(ordinal, new Frame(partitions[receiver], next.frame()))) {
            return false;
          }
        }
        receiver = 0;
      }
      run.sent();
      next = run.outgoing();
    }
    return true;
  }

  /// Reports of this node's fragments go with the last rows for the leader: by then those fragments
  /// have ended which these rows came from, and every fragment's rows get to the leader at last.
  private boolean sendReports() {
    int ordinal = wiring.toLeader();
    if (ordinal < 0) {
      return true;
    }
    byte[] report = waiting == null ? wiring.here().reports().poll() : waiting;
    while (report != null) {
      if (!outbox.offer(ordinal, Frame.report(wiring.leader(), report))) {
        waiting = report;
        return false;
      }
      report = wiring.here().reports().poll();
    }
    waiting = null;
    return true;
  }

  private void failIfFailed() {
    if (run.failure().isPresent()) {
      throw new JetException(FailureText.of(run.failure().get()));
    }
  }

  @Override
  public void close() {
    run.close();
  }

  /// The outbox before there is one.
  private record NoOutbox() implements Outbox {
    @Override
    public int bucketCount() {
      return 0;
    }

    @Override
    public boolean offer(int ordinal, Object item) {
      return false;
    }

    @Override
    public boolean offer(int[] ordinals, Object item) {
      return false;
    }

    @Override
    public boolean offerToSnapshot(Object key, Object value) {
      return false;
    }

    @Override
    public boolean hasUnfinishedItem() {
      return false;
    }
  }
}
