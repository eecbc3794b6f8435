package io.redward.cluster.scaling;

import io.redward.cluster.cut.Fragment;
import io.redward.cluster.cut.Place;
import io.redward.cluster.placement.Shares;
import io.redward.cluster.wire.PlanCodec;
import io.redward.cluster.wire.QuerySpec;
import io.redward.compute.scan.TableScanSource;
import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.BatchConsumer;
import io.redward.plan.expression.Constant;
import io.redward.plan.run.ExecutionResult;
import io.redward.plan.run.ForwardingRunner;
import io.redward.plan.run.PlanRunner;
import io.redward.plan.run.Routing;
import io.redward.plan.run.ScalingUse;
import io.redward.plan.run.TableAccess;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.SourceStep;
import io.redward.spi.StatementAccess;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TableSnapshot;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets so many large queries run on the main cluster at once, and has those that wait too long run
/// on clusters that are added. A query whose cluster is lost before it has returned a row runs on
/// the main cluster.
public final class ScalingRunner implements ForwardingRunner, AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(ScalingRunner.class);

  private final PlanRunner main;
  private final ScalingOptions options;
  private final Predicate<Constant> ofSession;
  private final Fleet fleet;

  /// @param main runs what is not sent elsewhere
  /// @param ofSession whether a parameter names something that this process alone has
  public ScalingRunner(
      PlanRunner main,
      ScalingOptions options,
      Provisioner provisioner,
      Predicate<Constant> ofSession) {
    this.main = main;
    this.options = options;
    this.ofSession = ofSession;
    fleet = new Fleet(options, provisioner);
  }

  @Override
  public PlanRunner runner() {
    return main;
  }

  @Override
  public PlanRunner main() {
    return main;
  }

  @Override
  public int scalingClusters() {
    return options.clusters();
  }

  @Override
  public List<ScalingUse> scalingUse() {
    return fleet.uses();
  }

  @Override
  public ExecutionResult run(
      PhysicalPlan plan,
      List<Constant> parameters,
      TableAccess tables,
      CancelToken cancel,
      BatchConsumer rows) {
    StatementAccess access = (StatementAccess) tables;
    PlanReads reads = PlanReads.of(plan);
    Routing reason = reason(reads, access, parameters);
    if (reason != Routing.MAIN || !isLarge(reads, access, parameters)) {
      ExecutionResult result = main.run(plan, parameters, tables, cancel, rows);
      return result.withRouting(reason);
    }
    Fleet.Seat seat = fleet.take(cancel);
    boolean lost = false;
    try {
      Fleet.@Nullable Cluster cluster = seat.cluster();
      if (cluster != null) {
        RemoteRun remote = new RemoteRun(cancel, rows);
        try {
          byte[] query = query(plan, reads, parameters, access);
          ExecutionResult result = run(remote, cluster, query, plan);
          reads.note(access, parameters);
          return result.withRouting(Routing.SCALING);
        } catch (IOException e) {
          lost = !(e instanceof BehindException);
          LOGGER.warn("a scaling cluster was lost during a query: {}", e.getMessage());
          if (remote.begun()) {
            throw lost(e);
          }
        }
        cancel.check();
      }
      return main.run(plan, parameters, tables, cancel, rows);
    } finally {
      fleet.leave(seat, lost);
    }
  }

  private ExecutionResult run(
      RemoteRun remote, Fleet.Cluster cluster, byte[] query, PhysicalPlan plan) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(cluster.provisioned().host(), cluster.provisioned().port());
    return remote.run(address, options.secret(), query, plan.output());
  }

  private static SqlException lost(IOException cause) {
    return new SqlException(
            SqlState.CONNECTION_FAILURE, "a scaling cluster was lost while the query ran", cause)
        .withDetail(String.valueOf(cause.getMessage()))
        .withHint("Run the query again; nothing has been changed.");
  }

  /// Why a plan is one for the main cluster, [Routing#MAIN] if nothing speaks against
  /// another one.
  private Routing reason(PlanReads reads, StatementAccess access, List<Constant> parameters) {
    if (reads.systemTables()) {
      return Routing.SYSTEM_TABLE;
    }
    if (reads.scans().isEmpty()) {
      return Routing.NO_TABLE;
    }
    if (access.transaction().isPresent() || reads.writes()) {
      return Routing.NOT_A_READ;
    }
    for (SourceStep.TableScan scan : reads.scans()) {
      if (scan.tableId() < 0 || access.snapshot().table(scan.tableId()).contentVersion() < 0) {
        return Routing.OWN_CHANGES;
      }
    }
    return parameters.stream().anyMatch(ofSession) ? Routing.SESSION_FUNCTION : Routing.MAIN;
  }

  private boolean isLarge(PlanReads reads, StatementAccess access, List<Constant> parameters) {
    long rows = 0;
    for (SourceStep.TableScan scan : reads.scans()) {
      TableSnapshot table = access.snapshot().table(scan.tableId());
      rows += TableScanSource.rowsAtMost(scan, table, parameters);
    }
    return rows >= options.leastRows();
  }

  private static byte[] query(
      PhysicalPlan plan, PlanReads reads, List<Constant> parameters, StatementAccess access) {
    Snapshot snapshot = access.snapshot();
    return new QuerySpec(
            0,
            "",
            List.of(),
            List.of(new Fragment(0, Place.LEADER, plan, List.of())),
            List.of(),
            new Shares(List.of(), List.of()),
            parameters,
            snapshot.version(),
            QuerySpec.tables(reads.scans(), snapshot),
            access.memoryBytes())
        .write(PlanCodec.writePlans(List.of(plan)));
  }

  @Override
  public void close() {
    fleet.close();
  }
}
