package io.redward.cluster.node;

import com.hazelcast.cluster.Address;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.JetException;
import com.hazelcast.partition.Partition;
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
import io.redward.plan.step.PhysicalPlan;
import io.redward.spi.StatementAccess;
import io.redward.storage.table.Snapshot;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

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
  private final NodeNames names;
  private final Seal seal;
  private final PlanMemory plans = new PlanMemory();
  private final Map<Long, LeaderRun> led = new ConcurrentHashMap<>();
  private final Map<Long, NodeQuery> here = new ConcurrentHashMap<>();
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
    seal = new Seal(options.secret());
    names = new NodeNames(instance.getCluster());
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

  /// Members that have a share in the cluster already.
  private Set<Address> owners() {
    Set<Address> owners = new HashSet<>();
    for (Partition partition : instance.getPartitionService().getPartitions()) {
      if (partition.getOwner() != null) {
        owners.add(partition.getOwner().getAddress());
      }
    }
    return owners;
  }

  /// The compute nodes that understand this leader and have a share in the cluster already.
  List<QuerySpec.Node> nodes() {
    Set<Address> owners = owners();
    Address here = instance.getCluster().getLocalMember().getAddress();
    return owners.contains(here) ? names.among(owners) : List.of();
  }

  void lead(LeaderRun run) {
    led.put(run.query().id(), run);
  }

  void forget(long query) {
    led.remove(query);
  }

  /// Takes what a fragment of a query that is led here has done elsewhere.
  void report(long query, byte[] report) {
    report(query, FragmentReport.read(seal.open(report, query, Seal.REPORT)));
  }

  private void report(long query, FragmentReport report) {
    LeaderRun run = led.get(query);
    if (run != null) {
      run.report(report);
    }
  }

  /// Keeps what a fragment has done here until it is sent to the leader; the leader's own is there.
  void keep(NodeQuery here, FragmentReport report) {
    if (here.query().leader().equals(address())) {
      report(here.query().id(), report);
    } else {
      here.reports().add(seal.seal(report.write(), here.query().id(), Seal.REPORT));
    }
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

  Seal seal() {
    return seal;
  }

  /// Takes the description of a query in which this member takes part. One that is led here is
  /// known better already.
  ///
  /// @param partitions by address: what the members of the job own
  /// @throws SecurityException if the description is not from somebody who knows the secret
  void enter(long id, byte[] sealed, Map<Address, int[]> partitions) {
    byte[] description = seal.open(sealed, id, Seal.DESCRIPTION);
    if (!led.containsKey(id)) {
      Known known = new Known(names, plans, partitions.keySet());
      enter(QuerySpec.read(description, known), partitions);
    }
    enterLed(id, partitions);
  }

  /// Runs a query's fragments here and gathers what they have for the leader.
  ///
  /// @throws JetException if other nodes are known here than the leader knows
  byte[] answer(long id, byte[] sealed) {
    return seal.seal(answerOf(id, sealed).write(), id, Seal.ANSWER);
  }

  private Answer answerOf(long id, byte[] sealed) {
    try {
      byte[] description = seal.open(sealed, id, Seal.DESCRIPTION);
      QuerySpec query = QuerySpec.read(description, new Known(names, plans, owners()));
      NodeQuery asked = NodeQuery.asked(query, slices(query), options.name());
      return new Answering(this, asked).answer();
    } catch (JetException e) {
      throw e;
    } catch (RuntimeException e) {
      return Answer.failed(e);
    }
  }

  /// Begins a fragment of a node.
  FragmentRun run(NodeQuery query, int fragment) {
    FragmentRun run = run(query, fragment, Seal.NONE);
    start(run, query);
    return run;
  }

  private FragmentRun run(NodeQuery query, int fragment, Seal sealing) {
    return new FragmentRun(
        query.query(),
        fragment,
        query.slices(),
        query.place(),
        parts,
        options.temporary(),
        sealing);
  }

  /// Begins a fragment of the leader.
  FragmentRun runLed(LeaderRun run, int fragment) {
    QuerySpec query = run.query();
    FragmentRun begun =
        new FragmentRun(query, fragment, slices(query), -1, parts, options.temporary(), Seal.NONE);
    threads.execute(() -> run.run(begun, -1, runner));
    return begun;
  }

  private Slices slices(QuerySpec query) {
    return slices(query.nodes().stream().map(QuerySpec.Node::name).toList());
  }

  /// Prepares for the leader's fragments of a query if it is led here.
  void enterLed(long id, Map<Address, int[]> partitions) {
    LeaderRun run = led.get(id);
    if (run != null && !here.containsKey(id)) {
      enter(run.query(), partitions);
    }
  }

  private void enter(QuerySpec query, Map<Address, int[]> partitions) {
    here.put(query.id(), NodeQuery.of(query, slices(query), options.name(), partitions));
  }

  /// The query needs this member no more.
  void leave(long id) {
    here.remove(id);
  }

  /// The processor of one fragment here.
  FragmentProcessor processor(long id, int fragment) {
    NodeQuery query = here.get(id);
    if (query == null) {
      throw new JetException("a fragment of a query that is not known");
    }
    return new FragmentProcessor(this, run(query, fragment, seal), new Wiring(query, fragment));
  }

  /// What this member needs not be told with every query.
  private record Known(NodeNames names, PlanMemory memory, Set<Address> owners)
      implements QuerySpec.Known {
    @Override
    public List<QuerySpec.Node> nodes(long digest) {
      return names.of(digest, owners);
    }

    @Override
    public List<PhysicalPlan> plans(byte[] bytes) {
      return memory.read(bytes);
    }
  }

  /// Has a fragment run on a thread of its own.
  void start(FragmentRun run, Wiring wiring) {
    QuerySpec query = wiring.query();
    if (run.fragment().place() == Place.LEADER) {
      LeaderRun led = this.led.get(query.id());
      if (led == null) {
        run.fail(new SqlException(SqlState.QUERY_CANCELED, "the query has ended already"));
      } else {
        threads.execute(() -> led.run(run, wiring.here().place(), runner));
      }
      return;
    }
    start(run, wiring.here());
  }

  private void start(FragmentRun run, NodeQuery query) {
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
  private StatementAccess access(NodeQuery here) {
    QuerySpec query = here.query();
    Snapshot stored = snapshots.at(query.version(), query.tables());
    Snapshot filled = NodeAccess.filled(stored, query);
    return NodeAccess.reading(
        new ShareSnapshot(filled, here.slices(), here.place(), query.shares(), parts), query);
  }

  @Override
  public void close() {
    instance.getLifecycleService().terminate();
    threads.shutdownNow();
  }
}
