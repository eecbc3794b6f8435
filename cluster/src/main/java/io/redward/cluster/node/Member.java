package io.redward.cluster.node;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.redward.cluster.cut.Place;
import io.redward.cluster.placement.RangeParts;
import io.redward.cluster.placement.ShareSnapshot;
import io.redward.cluster.placement.Slices;
import io.redward.cluster.wire.FragmentReport;
import io.redward.cluster.wire.PlanMemory;
import io.redward.cluster.wire.QuerySpec;
import io.redward.compute.node.LocalRunner;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.spi.StatementAccess;
import io.redward.storage.table.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// This process as a member of a cluster. Thread-safe.
public final class Member implements AutoCloseable {
  private static final String CONTEXT = "redward.member";

  /// A job may arrive before the instance is known here.
  private static final int START_LOOKS = 100;

  private static final long START_PAUSE_NANOS = 20_000_000;

  private final ClusterOptions options;
  private final LocalRunner runner;
  private final NodeSnapshots snapshots;
  private final HazelcastInstance instance;
  private final NodeReports reports = new NodeReports();
  private final PlanMemory plans = new PlanMemory();
  private final Map<Long, LeaderRun> led = new ConcurrentHashMap<>();
  private final RangeParts parts = new RangeParts();
  private final AtomicReference<Slices> lastSlices = new AtomicReference<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("fragment-", 1).factory());

  private Member(
      ClusterOptions options,
      LocalRunner runner,
      NodeSnapshots snapshots,
      HazelcastInstance instance) {
    this.options = options;
    this.runner = runner;
    this.snapshots = snapshots;
    this.instance = instance;
  }

  /// Joins the cluster, or starts it.
  ///
  /// @param runner runs fragments
  /// @param snapshots what of the store is read
  public static Member join(ClusterOptions options, LocalRunner runner, NodeSnapshots snapshots) {
    HazelcastInstance instance = Hazelcast.newHazelcastInstance(MemberConfig.of(options));
    Member member = new Member(options, runner, snapshots, instance);
    instance.getUserContext().put(CONTEXT, member);
    return member;
  }

  static Member of(HazelcastInstance instance) {
    Object member = instance.getUserContext().get(CONTEXT);
    for (int look = 0; member == null && look < START_LOOKS; look++) {
      LockSupport.parkNanos(START_PAUSE_NANOS);
      member = instance.getUserContext().get(CONTEXT);
    }
    if (member == null) {
      throw new IllegalStateException("the member does not start");
    }
    return (Member) member;
  }

  HazelcastInstance instance() {
    return instance;
  }

  ClusterOptions options() {
    return options;
  }

  LocalRunner runner() {
    return runner;
  }

  /// Where other members reach this one.
  public String address() {
    return FragmentMetaSupplier.text(instance.getCluster().getLocalMember().getAddress());
  }

  /// Members of the cluster, this one included.
  public int memberCount() {
    return instance.getCluster().getMembers().size();
  }

  void lead(long query, LeaderRun run) {
    led.put(query, run);
  }

  void forget(long query) {
    led.remove(query);
  }

  /// This member's place among a query's nodes, -1 if it is none of them.
  int place(QuerySpec query) {
    for (int node = 0; node < query.nodes().size(); node++) {
      if (query.nodes().get(node).name().equals(options.name())) {
        return node;
      }
    }
    return -1;
  }

  /// Takes what a fragment of a query that is led here has done.
  void report(long query, FragmentReport report) {
    LeaderRun run = led.get(query);
    if (run != null) {
      run.report(report);
    }
  }

  /// Keeps what a fragment has done here until it is sent to the leader; the leader's own is there.
  void keep(QuerySpec query, FragmentReport report) {
    if (query.leader().equals(address())) {
      report(query.id(), report);
    } else {
      reports.of(query.id()).add(report.write());
    }
  }

  /// A report that is to be sent to the leader; null if there is none now.
  byte @Nullable [] kept(QuerySpec query) {
    return reports.of(query.id()).poll();
  }

  /// One of the fragments of a query needs its place here no more.
  void closed(QuerySpec query) {
    reports.leave(query.id());
  }

  /// The slices of the nodes of a query.
  Slices slices(List<String> names) {
    Slices last = lastSlices.get();
    if (last != null && last.nodes().equals(names)) {
      return last;
    }
    Slices slices = Slices.of(names);
    lastSlices.set(slices);
    return slices;
  }

  String signature(byte[] query) {
    return options.secret().map(secret -> MemberConfig.sign(secret, query)).orElse("");
  }

  /// The processor of one fragment here.
  ///
  /// @throws SecurityException if the description is not from somebody who knows the secret
  FragmentProcessor processor(
      byte[] bytes, String signature, int fragment, int[] nodes, int leader) {
    if (!signature.equals(signature(bytes))) {
      throw new SecurityException("a query from somebody who does not know the cluster's secret");
    }
    QuerySpec query = QuerySpec.read(bytes, plans);
    Slices slices = slices(query.nodes().stream().map(QuerySpec.Node::name).toList());
    reports.enter(query.id());
    FragmentRun run = new FragmentRun(query, fragment, slices, parts, options.temporary());
    return new FragmentProcessor(this, run, new Wiring(query, fragment, nodes, leader));
  }

  /// Has a fragment run on a thread of its own.
  void start(FragmentRun run, Wiring wiring) {
    QuerySpec query = wiring.query();
    if (run.fragment().place() == Place.LEADER) {
      LeaderRun led = this.led.get(query.id());
      if (led == null) {
        run.fail(new SqlException(SqlState.QUERY_CANCELED, "the query has ended already"));
      } else {
        threads.execute(() -> led.run(run, place(query), runner));
      }
      return;
    }
    threads.execute(
        () -> {
          try {
            StatementAccess access = access(query);
            Object unused =
                run.run(
                    runner,
                    access,
                    _ -> {
                      throw new IllegalStateException("a node returns no rows");
                    });
          } catch (RuntimeException | Error e) {
            run.fail(e);
          }
        });
  }

  /// What a fragment may read on this node.
  private StatementAccess access(QuerySpec query) {
    Snapshot stored = snapshots.at(query.version(), query.tables());
    Snapshot filled = NodeAccess.filled(stored, query);
    Slices slices = slices(query.nodes().stream().map(QuerySpec.Node::name).toList());
    Snapshot share =
        new ShareSnapshot(
            filled, slices, slices.nodes().indexOf(options.name()), query.shares(), parts);
    return NodeAccess.reading(share, query);
  }

  @Override
  public void close() {
    instance.getLifecycleService().terminate();
    threads.shutdownNow();
  }
}
