package io.redward.cluster.node;

import com.hazelcast.cluster.Address;
import com.hazelcast.jet.Job;
import com.hazelcast.jet.core.DAG;
import com.hazelcast.jet.core.Edge;
import com.hazelcast.jet.core.Vertex;
import io.redward.cluster.cut.Exchange;
import io.redward.cluster.cut.Fragment;
import io.redward.cluster.cut.Place;
import io.redward.cluster.cut.PlanCutter;
import io.redward.cluster.cut.SpreadPlan;
import io.redward.cluster.placement.Slices;
import io.redward.cluster.wire.QuerySpec;
import io.redward.compute.scan.TableScanSource;
import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.BatchConsumer;
import io.redward.plan.expression.Constant;
import io.redward.plan.run.ExecutionResult;
import io.redward.plan.run.JoinMoves;
import io.redward.plan.run.PlanRunner;
import io.redward.plan.run.TableAccess;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.SourceStep;
import io.redward.spi.StatementAccess;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TableSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs plans on the nodes of a cluster where that can be and pays, and on this process otherwise.
/// A query whose nodes are lost before it has returned a row is run once more on those that are
/// left.
public final class ClusterRunner implements PlanRunner {
  private static final Logger LOGGER = LoggerFactory.getLogger(ClusterRunner.class);
  private static final long LOOK_MILLIS = 20;

  /// Up to so many rows to look at a job may cost more than the query.
  private static final long SHORT_ROWS = 2_000_000;

  private final Member member;
  private final SpreadPlans spreadPlans = new SpreadPlans();
  private final LongAdder spreadQueries = new LongAdder();
  private final LongAdder exchangedBytes = new LongAdder();

  public ClusterRunner(Member member) {
    this.member = member;
  }

  /// Bytes that have gone from member to member for queries.
  public long exchangedBytes() {
    return exchangedBytes.sum();
  }

  /// How many queries nodes have taken part in.
  public long spreadQueries() {
    return spreadQueries.sum();
  }

  @Override
  public boolean spreads() {
    return true;
  }

  @Override
  public JoinMoves joins(PhysicalPlan plan, TableAccess tables) {
    return spread(plan, (StatementAccess) tables)
        .map(written -> written.plan().joins())
        .orElse(JoinMoves.NONE);
  }

  @Override
  public JoinMoves lastJoins(PhysicalPlan plan) {
    return spreadPlans.last(plan).map(SpreadPlan::joins).orElse(JoinMoves.NONE);
  }

  /// Empty if the leader must run the plan.
  private Optional<SpreadPlans.Written> spread(PhysicalPlan plan, StatementAccess access) {
    PlanCutter.Topology topology =
        new PlanCutter.Topology(member.nodes().size(), access.snapshot());
    return topology.nodes() == 0 ? Optional.empty() : spreadPlans.of(plan, topology);
  }

  @Override
  public List<Integer> slices() {
    List<String> names = member.nodes().stream().map(QuerySpec.Node::name).toList();
    if (names.isEmpty()) {
      return member.runner().slices();
    }
    Slices slices = member.slices(names);
    return IntStream.range(0, names.size()).map(slices::held).boxed().toList();
  }

  @Override
  public ExecutionResult run(
      PhysicalPlan plan,
      List<Constant> parameters,
      TableAccess tables,
      CancelToken cancel,
      BatchConsumer rows) {
    StatementAccess access = (StatementAccess) tables;
    Optional<SpreadPlans.Written> spread = spread(plan, access);
    long left = spread.map(cut -> rowsLeft(cut.plan(), access, parameters)).orElse(-1L);
    if (spread.isEmpty() || left < member.options().leastRows()) {
      return member.runner().run(plan, parameters, tables, cancel, rows);
    }
    for (SourceStep.TableScan scan : spread.get().plan().scans()) {
      access.reads().read(scan.tableId(), TableScanSource.scope(scan, parameters));
    }
    spreadQueries.increment();
    boolean isShort = left <= SHORT_ROWS && AskedQuery.fits(spread.get().plan());
    Attempt attempt = new Attempt(plan, spread.get(), parameters, access, cancel, rows, isShort);
    boolean behind;
    try {
      return run(attempt);
    } catch (LostNodeException lost) {
      LOGGER.warn("a node was lost during a query: {}", lost.getMessage());
      behind = NodeSnapshots.isBehind(lost.getCause());
      if (lost.begun() || access.transaction().isPresent()) {
        throw lost.error();
      }
    }
    cancel.check();
    if (behind || member.nodes().isEmpty()) {
      return member.runner().run(plan, parameters, tables, cancel, rows);
    }
    try {
      return run(attempt);
    } catch (LostNodeException lost) {
      LOGGER.warn("the second run of a query has lost a node, too: {}", lost.getMessage());
      if (lost.begun()) {
        throw lost.error();
      }
    }
    cancel.check();
    return member.runner().run(plan, parameters, tables, cancel, rows);
  }

  private record Attempt(
      PhysicalPlan plan,
      SpreadPlans.Written written,
      List<Constant> parameters,
      StatementAccess access,
      CancelToken cancel,
      BatchConsumer rows,
      boolean isShort) {
    SpreadPlan spread() {
      return written.plan();
    }
  }

  /// How much the query reads once zone maps have told what need not be read; negative if it reads
  /// what others cannot see.
  private static long rowsLeft(SpreadPlan plan, StatementAccess access, List<Constant> parameters) {
    long rows = 0;
    for (SourceStep.TableScan scan : plan.scans()) {
      TableSnapshot table = access.snapshot().table(scan.tableId());
      if (scan.tableId() < 0 || table.contentVersion() < 0) {
        return -1;
      }
      rows += TableScanSource.rowsAtMost(scan, table, parameters);
    }
    return rows;
  }

  private ExecutionResult run(Attempt attempt) {
    QuerySpec query = spec(ThreadLocalRandom.current().nextLong(), attempt);
    Optional<ExecutionResult> answered = attempt.isShort() ? ask(attempt, query) : Optional.empty();
    return answered.isPresent() ? answered.get() : runJob(attempt, query);
  }

  /// Empty if there is more to answer than fits into answers.
  private Optional<ExecutionResult> ask(Attempt attempt, QuerySpec query) {
    LeaderRun led = new LeaderRun(query, attempt.spread().root(), attempt.access(), attempt.rows());
    byte[] description = sealed(query, attempt.written().plans());
    AskedQuery asked = new AskedQuery(member, led, description, attempt.cancel());
    try {
      return asked.run().map(result -> reported(result, attempt, led));
    } catch (ExecutionException e) {
      attempt.cancel().check();
      throw failure(e.getCause() == null ? e : e.getCause(), led);
    } catch (com.hazelcast.core.HazelcastException
        | IllegalStateException
        | RejectedExecutionException e) {
      throw failure(e, led);
    } finally {
      led.end(new SqlException(SqlState.QUERY_CANCELED, "the query has ended"));
    }
  }

  private ExecutionResult reported(ExecutionResult result, Attempt attempt, LeaderRun led) {
    QueryReport report = new QueryReport(led.query(), led.reports());
    exchangedBytes.add(report.bytes());
    return new ExecutionResult(
        result.rows(),
        report.profiles(attempt.plan()),
        report.moves(),
        report.parts(attempt.plan(), slices()));
  }

  private ExecutionResult runJob(Attempt attempt, QuerySpec query) {
    long id = query.id();
    LeaderRun led = new LeaderRun(query, attempt.spread().root(), attempt.access(), attempt.rows());
    member.lead(led);
    try {
      Job job = member.instance().getJet().newLightJob(dag(query, attempt.written().plans()));
      CompletableFuture<Void> unused =
          job.getFuture()
              .whenComplete(
                  (_, failure) -> {
                    if (failure != null) {
                      led.result().completeExceptionally(failure);
                    }
                  });
      return reported(await(job, led, attempt.cancel()), attempt, led);
    } catch (com.hazelcast.core.HazelcastException | IllegalStateException e) {
      throw failure(e, led);
    } finally {
      member.forget(id);
      led.end(new SqlException(SqlState.QUERY_CANCELED, "the query has ended"));
    }
  }

  private static ExecutionResult await(Job job, LeaderRun led, CancelToken cancel) {
    while (true) {
      try {
        ExecutionResult result = led.result().get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (led.early()) {
          cancel(job);
        }
        return result;
      } catch (TimeoutException _) {
        if (cancel.canceled()) {
          cancel(job);
          cancel.check();
        }
      } catch (InterruptedException e) {
        cancel(job);
        Thread.currentThread().interrupt();
        throw new SqlException(SqlState.QUERY_CANCELED, "interrupted", e);
      } catch (ExecutionException e) {
        cancel(job);
        cancel.check();
        throw failure(e.getCause() == null ? e : e.getCause(), led);
      }
    }
  }

  private static void cancel(Job job) {
    try {
      job.cancel();
    } catch (RuntimeException e) {
      LOGGER.debug("the job has ended by itself", e);
    }
  }

  private static RuntimeException failure(Throwable thrown, LeaderRun led) {
    if (thrown instanceof SqlException sql) {
      return sql;
    }
    Optional<SqlException> named = FailureText.read(thrown);
    return named.isPresent() && !NodeSnapshots.isBehind(named.get())
        ? named.get()
        : new LostNodeException(named.isPresent() ? named.get() : thrown, !led.rows().withdraw());
  }

  private QuerySpec spec(long id, Attempt attempt) {
    Snapshot snapshot = attempt.access().snapshot();
    return new QuerySpec(
        id,
        member.address(),
        member.nodes(),
        attempt.spread().fragments(),
        attempt.spread().exchanges(),
        attempt.spread().shares(),
        attempt.parameters(),
        snapshot.version(),
        QuerySpec.tables(attempt.spread().scans(), snapshot),
        attempt.access().memoryBytes());
  }

  private byte[] sealed(QuerySpec query, byte[] plans) {
    return member.seal().seal(query.write(plans), query.id(), Seal.DESCRIPTION);
  }

  /// @param plans the fragments', written
  private DAG dag(QuerySpec query, byte[] plans) {
    Set<String> nodes =
        query.nodes().stream().map(QuerySpec.Node::address).collect(Collectors.toSet());
    Address leader = member.instance().getCluster().getLocalMember().getAddress();
    byte[] description = sealed(query, plans);
    DAG dag = new DAG();
    List<Vertex> vertices = new ArrayList<>();
    boolean described = false;
    for (Fragment fragment : query.fragments()) {
      boolean brings = !described && fragment.place() == Place.NODES;
      described |= brings;
      FragmentSupplier supplier =
          brings
              ? new FragmentSupplier(query.id(), fragment.id(), description)
              : FragmentSupplier.described(query.id(), fragment.id());
      Set<String> hosts = fragment.place() == Place.LEADER ? Set.of(query.leader()) : nodes;
      vertices.add(
          dag.newVertex("f" + fragment.id(), new FragmentMetaSupplier(supplier, hosts))
              .localParallelism(1));
    }
    for (Exchange exchange : query.exchanges()) {
      int from = Wiring.outbound(query.exchanges(), exchange.from()).indexOf(exchange);
      int to = Wiring.inbound(query.exchanges(), exchange.to()).indexOf(exchange);
      Edge edge = Edge.from(vertices.get(exchange.from()), from);
      edge.to(vertices.get(exchange.to()), to).partitioned(new PartitionOf(), new ByPartition());
      dag.edge(
          exchange.kind() == Exchange.Kind.GATHER ? edge.distributeTo(leader) : edge.distributed());
    }
    return dag;
  }
}
