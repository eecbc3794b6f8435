package io.redward.cluster.node;

import io.redward.cluster.cut.Exchange;
import io.redward.cluster.cut.Fragment;
import io.redward.cluster.cut.Place;
import io.redward.cluster.cut.PlanCutter;
import io.redward.cluster.cut.SpreadPlan;
import io.redward.cluster.placement.RangeParts;
import io.redward.cluster.placement.ShareSnapshot;
import io.redward.cluster.placement.Slices;
import io.redward.cluster.wire.FragmentReport;
import io.redward.cluster.wire.QuerySpec;
import io.redward.compute.node.LocalRunner;
import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.BatchConsumer;
import io.redward.plan.expression.Constant;
import io.redward.plan.run.ExecutionResult;
import io.redward.plan.run.PlanRunner;
import io.redward.plan.run.SegmentProfile;
import io.redward.plan.run.TableAccess;
import io.redward.plan.step.PhysicalPlan;
import io.redward.spi.StatementAccess;
import io.redward.storage.table.Snapshot;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// Any number of nodes in one process and without a network: cuts plans for so many, runs every
/// fragment of every node with the node's share of the tables, one after another, and carries the
/// frames between them. Rows, bytes and placement are those of a real cluster; times are not. Used
/// by one thread.
public final class SimulatedCluster implements PlanRunner {
  private static final long PAUSE_NANOS = 50_000;

  private final LocalRunner runner;
  private final Path temporary;
  private final Slices slices;
  private final RangeParts parts = new RangeParts();
  private Optional<Measured> last = Optional.empty();

  /// What a query came to.
  ///
  /// @param fragments parts that its plan was cut into
  /// @param planBytes what all members are told of it, together
  /// @param nodePlanBytes what one node is told
  /// @param exchanged bytes between nodes
  /// @param gathered bytes to the leader
  /// @param reportBytes what members tell the leader of what they have done
  /// @param leaderMemory what the leader's fragments kept, at the most
  /// @param mostRows what the node reads that has most to read, and `rows` what all read
  public record Measured(
      int fragments,
      long planBytes,
      long nodePlanBytes,
      long exchanged,
      long gathered,
      long reportBytes,
      long leaderMemory,
      long mostRows,
      long rows) {}

  /// @param runner runs the fragments
  public SimulatedCluster(LocalRunner runner, int nodes, Path temporary) {
    this.runner = runner;
    this.temporary = temporary;
    slices = Slices.of(IntStream.range(0, nodes).mapToObj("node-%03d"::formatted).toList());
  }

  /// What the last query came to; empty if the leader ran it alone.
  public Optional<Measured> last() {
    return last;
  }

  @Override
  public ExecutionResult run(
      PhysicalPlan plan,
      List<Constant> parameters,
      TableAccess tables,
      CancelToken cancel,
      BatchConsumer rows) {
    StatementAccess access = (StatementAccess) tables;
    PlanCutter.Topology topology =
        new PlanCutter.Topology(slices.nodes().size(), access.snapshot());
    Optional<SpreadPlan> spread =
        access.transaction().isPresent() ? Optional.empty() : PlanCutter.cut(plan, topology);
    last = Optional.empty();
    return spread.isEmpty()
        ? runner.run(plan, parameters, tables, cancel, rows)
        : run(plan, spread.get(), parameters, access, rows);
  }

  private ExecutionResult run(
      PhysicalPlan plan,
      SpreadPlan spread,
      List<Constant> parameters,
      StatementAccess access,
      BatchConsumer rows) {
    QuerySpec query = spec(spread, parameters, access.snapshot());
    List<List<Deque<byte[]>>> waiting = new ArrayList<>();
    for (Exchange exchange : spread.exchanges()) {
      int receivers = exchange.kind() == Exchange.Kind.GATHER ? 1 : slices.nodes().size();
      waiting.add(
          IntStream.range(0, receivers)
              .mapToObj(_ -> (Deque<byte[]>) new ArrayDeque<byte[]>())
              .toList());
    }
    List<FragmentReport> reports = new ArrayList<>();
    long result = 0;
    for (Fragment fragment : spread.fragments()) {
      int hosts = fragment.place() == Place.LEADER ? 1 : slices.nodes().size();
      for (int host = 0; host < hosts; host++) {
        StatementAccess own =
            fragment.place() == Place.LEADER ? access : share(query, access, host);
        int place = fragment.place() == Place.LEADER ? -1 : host;
        FragmentRun run =
            new FragmentRun(query, fragment.id(), slices, place, parts, temporary, Seal.NONE);
        ExecutionResult done = run(run, host, own, rows, waiting);
        result = fragment.id() == spread.root() ? done.rows() : result;
        reports.add(run.report(fragment.place() == Place.LEADER ? -1 : host));
      }
    }
    QueryReport report = new QueryReport(query, reports);
    last = Optional.of(measured(query, spread, report));
    return new ExecutionResult(result, report.profiles(plan), report.moves(), List.of());
  }

  /// Runs one fragment on one node: frames that were sent to it are handed over, those that it
  /// sends are kept for their receivers.
  private ExecutionResult run(
      FragmentRun run,
      int host,
      StatementAccess access,
      BatchConsumer rows,
      List<List<Deque<byte[]>>> waiting) {
    List<Exchange> inbound =
        run.query().exchanges().stream().filter(e -> e.to() == run.fragment().id()).toList();
    List<Optional<ExecutionResult>> done = new ArrayList<>();
    Thread working = Thread.ofPlatform().start(() -> done.add(run.run(runner, access, rows)));
    boolean more = true;
    while (more) {
      more = !run.done();
      boolean moved = false;
      for (Exchange exchange : inbound) {
        Deque<byte[]> frames = waiting.get(exchange.id()).get(host);
        while (!frames.isEmpty() && (run.done() || run.queue(exchange.id()).offer(frames.peek()))) {
          frames.remove();
          moved = true;
        }
        if (frames.isEmpty()) {
          run.queue(exchange.id()).finish();
        }
      }
      moved |= send(run, waiting);
      if (!moved) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    boolean unused = send(run, waiting);
    try {
      working.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    run.close();
    if (run.failure().isPresent()) {
      throw new IllegalStateException(run.failure().get());
    }
    return done.getFirst().orElseThrow();
  }

  private static boolean send(FragmentRun run, List<List<Deque<byte[]>>> waiting) {
    boolean moved = false;
    FragmentRun.Outgoing next = run.outgoing();
    while (next != null) {
      List<Deque<byte[]>> receivers = waiting.get(next.exchange().id());
      if (next.node() >= 0) {
        receivers.get(next.node()).add(next.frame());
      } else {
        for (Deque<byte[]> receiver : receivers) {
          receiver.add(next.frame());
        }
      }
      run.sent();
      moved = true;
      next = run.outgoing();
    }
    return moved;
  }

  private QuerySpec spec(SpreadPlan spread, List<Constant> parameters, Snapshot snapshot) {
    return new QuerySpec(
        0,
        "127.0.0.1:5701",
        slices.nodes().stream().map(name -> new QuerySpec.Node(name, "10.0.0.100:5701")).toList(),
        spread.fragments(),
        spread.exchanges(),
        spread.shares(),
        parameters,
        snapshot.version(),
        QuerySpec.tables(spread.scans(), snapshot),
        OptionalLong.empty());
  }

  private StatementAccess share(QuerySpec query, StatementAccess access, int host) {
    return NodeAccess.reading(
        new ShareSnapshot(access.snapshot(), slices, host, query.shares(), parts), query);
  }

  private Measured measured(QuerySpec query, SpreadPlan spread, QueryReport report) {
    byte[] plans = SpreadPlans.Written.of(spread).plans();
    int nodePlanBytes = query.write(plans).length + Seal.BYTES;
    long leaderMemory = 0;
    long reportBytes = 0;
    long[] read = new long[slices.nodes().size()];
    for (FragmentReport each : report.reports()) {
      reportBytes += each.node() < 0 ? 0 : each.write().length;
      for (SegmentProfile profile : each.profiles()) {
        if (each.node() < 0) {
          leaderMemory = Math.max(leaderMemory, profile.memoryBytes());
        } else {
          read[each.node()] += profile.sourceRows();
        }
      }
    }
    long gathered = report.bytes(Exchange.Kind.GATHER);
    return new Measured(
        query.fragments().size(),
        (long) nodePlanBytes * slices.nodes().size(),
        nodePlanBytes,
        report.bytes() - gathered,
        gathered,
        reportBytes,
        leaderMemory,
        IntStream.range(0, read.length).mapToLong(node -> read[node]).max().orElse(0),
        IntStream.range(0, read.length).mapToLong(node -> read[node]).sum());
  }
}
