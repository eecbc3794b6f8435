package io.redward.cluster.node;

import io.redward.cluster.cut.Exchange;
import io.redward.cluster.cut.Fragment;
import io.redward.cluster.placement.KeyRanges;
import io.redward.cluster.placement.RangeParts;
import io.redward.cluster.placement.Slices;
import io.redward.cluster.wire.BatchCodec;
import io.redward.cluster.wire.FragmentReport;
import io.redward.cluster.wire.QuerySpec;
import io.redward.compute.node.Exchanges;
import io.redward.compute.node.LocalRunner;
import io.redward.compute.step.BatchSink;
import io.redward.compute.step.BatchSource;
import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.BatchConsumer;
import io.redward.plan.run.ExecutionResult;
import io.redward.plan.run.SegmentProfile;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import io.redward.spi.StatementAccess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One fragment at work on one member: the engine runs it on a thread of its own, the job's edges
/// bring batches and take them.
final class FragmentRun implements Exchanges, SendSink.Outbound {
  private static final int WAITING_FRAMES = 16;
  private static final long WAIT_MILLIS = 50;

  private final QuerySpec query;
  private final Fragment fragment;
  private final Slices slices;
  private final int place;
  private final RangeParts parts;
  private final Seal seal;
  private final CancelToken cancel = new CancelToken();
  private final Map<Integer, FrameQueue> inbound = new HashMap<>();
  private final ArrayBlockingQueue<Outgoing> outbound = new ArrayBlockingQueue<>(WAITING_FRAMES);
  private final Map<Integer, Traffic> sent = new ConcurrentHashMap<>();
  private volatile List<SegmentProfile> profiles = List.of();
  private volatile boolean done;
  private volatile @Nullable Thread mover;
  private volatile boolean abandoned;
  private volatile @Nullable Throwable failure;

  /// What has gone out by one exchange.
  private record Traffic(LongAdder rows, LongAdder bytes) {}

  /// A frame on its way out.
  record Outgoing(Exchange exchange, int node, byte[] frame) {}

  /// @param place of this node among the query's, -1 of the leader
  /// @param seal seals what goes to other members and opens what comes from them
  FragmentRun(
      QuerySpec query,
      int fragment,
      Slices slices,
      int place,
      RangeParts parts,
      Path temporary,
      Seal seal) {
    this.seal = seal;
    this.place = place;
    this.parts = parts;
    this.query = query;
    this.fragment = query.fragments().get(fragment);
    this.slices = slices;
    long sources = query.exchanges().stream().filter(e -> e.to() == fragment).count();
    for (Exchange exchange : query.exchanges()) {
      if (exchange.to() == fragment) {
        inbound.put(
            exchange.id(),
            new FrameQueue(sources > 1 ? Optional.of(temporary) : Optional.empty(), this::wake));
      }
    }
  }

  QuerySpec query() {
    return query;
  }

  Fragment fragment() {
    return fragment;
  }

  CancelToken cancelToken() {
    return cancel;
  }

  /// Runs the fragment on the caller's thread.
  ///
  /// @return empty if it failed; see [#failure]
  Optional<ExecutionResult> run(LocalRunner runner, StatementAccess access, BatchConsumer rows) {
    try {
      ExecutionResult result =
          runner.run(
              fragment.plan(),
              query.parameters(),
              access,
              cancel,
              new LocalRunner.Ends(rows, this));
      profiles = result.profiles();
      return Optional.of(result);
    } catch (RuntimeException | Error e) {
      failure = e;
      return Optional.empty();
    } finally {
      done = true;
      wake();
    }
  }

  /// Tells who moves frames, and is to be woken when there may be some.
  void movedBy(Thread thread) {
    mover = thread;
  }

  private void wake() {
    LockSupport.unpark(mover);
  }

  /// Has the run end without a result.
  void fail(Throwable reason) {
    failure = reason;
    done = true;
    wake();
  }

  @Override
  public BatchSource receive(SourceStep.Receive step) {
    int exchange = step.exchange();
    return new ReceiveSource(
        step, queue(exchange), cancel, frame -> seal.open(frame, query.id(), exchange));
  }

  @Override
  public BatchSink send(SinkStep.Send step) {
    Exchange exchange = query.exchanges().get(step.exchange());
    return new SendSink(exchange, step.fields(), division(exchange), this);
  }

  private SendSink.Division division(Exchange exchange) {
    if (exchange.kind() != Exchange.Kind.RANGE) {
      return RowDivision.byHash(exchange, slices, place);
    }
    KeyRanges ranges = query.shares().ranges().get(exchange.ranges());
    int[] owners = parts.owners(slices.nodes(), ranges.count());
    return RowDivision.byRange(ranges, owners, slices.nodes().size());
  }

  @Override
  public void send(Exchange exchange, int node, byte[] batch) {
    byte[] frame = seal.seal(batch, query.id(), exchange.id());
    Outgoing outgoing = new Outgoing(exchange, node, frame);
    Traffic traffic =
        sent.computeIfAbsent(exchange.id(), _ -> new Traffic(new LongAdder(), new LongAdder()));
    boolean all = node < 0 && exchange.kind() != Exchange.Kind.GATHER;
    int receivers = all ? query.nodes().size() : 1;
    traffic.rows().add(BatchCodec.rows(batch));
    traffic.bytes().add((long) receivers * frame.length);
    try {
      while (!outbound.offer(outgoing, WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
        cancel.check();
      }
      wake();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SqlException(SqlState.QUERY_CANCELED, "interrupted", e);
    }
  }

  @Override
  public boolean closed() {
    return abandoned;
  }

  FrameQueue queue(int exchange) {
    FrameQueue queue = inbound.get(exchange);
    if (queue == null) {
      throw new IllegalStateException("no exchange " + exchange);
    }
    return queue;
  }

  /// The oldest frame that waits to be sent, null if none does.
  @Nullable Outgoing outgoing() {
    return outbound.peek();
  }

  void sent() {
    outbound.poll();
  }

  /// What the run has done, once it has.
  ///
  /// @param node this member's place among the nodes
  FragmentReport report(int node) {
    List<FragmentReport.Sent> traffic = new ArrayList<>();
    sent.forEach(
        (exchange, each) ->
            traffic.add(new FragmentReport.Sent(exchange, each.rows().sum(), each.bytes().sum())));
    return new FragmentReport(fragment.id(), node, traffic, profiles);
  }

  /// True once the engine has ended; frames may still wait.
  boolean done() {
    return done;
  }

  /// Why the engine has failed; empty if it has not.
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /// True if everything that was sent to the fragment has been read.
  boolean exhausted() {
    return inbound.values().stream().allMatch(FrameQueue::exhausted);
  }

  /// Ends the run from outside: nobody waits for it any more.
  void close() {
    abandoned = true;
    if (!done) {
      cancel.cancel(new SqlException(SqlState.QUERY_CANCELED, "the query has ended elsewhere"));
    }
    inbound.values().forEach(FrameQueue::close);
  }
}
