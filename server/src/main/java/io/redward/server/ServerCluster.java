package io.redward.server;

import io.redward.cluster.node.ClusterOptions;
import io.redward.cluster.node.ClusterRunner;
import io.redward.cluster.node.Member;
import io.redward.cluster.node.NodeSnapshots;
import io.redward.cluster.scaling.ScalingRunner;
import io.redward.compute.node.LocalRunner;
import io.redward.functions.signature.OpenSessions;
import io.redward.plan.expression.Constant;
import io.redward.plan.run.PlanRunner;
import io.redward.storage.table.Namespace;
import java.util.Optional;
import java.util.function.LongSupplier;

/// A server's place in a cluster. A class of its own so that a server without one loads none of the
/// libraries.
///
/// @param runner runs plans on the cluster's nodes
/// @param spreadQueries how many queries nodes have taken part in
/// @param exchangedBytes what has gone from member to member for them
/// @param leave leaves the cluster
record ServerCluster(
    PlanRunner runner, LongSupplier spreadQueries, LongSupplier exchangedBytes, Runnable leave) {
  static ServerCluster join(ClusterOptions options, LocalRunner local, Namespace namespace) {
    Member member = Member.join(options, local, new NodeSnapshots(namespace));
    ClusterRunner runner = new ClusterRunner(member);
    return new ServerCluster(runner, runner::spreadQueries, runner::exchangedBytes, member::close);
  }

  /// Of a server that is alone.
  static ServerCluster none(PlanRunner local) {
    return new ServerCluster(local, () -> 0, () -> 0, () -> {});
  }

  /// The same with clusters that are added while queries wait.
  ServerCluster with(Optional<Scaling> scaling) {
    if (scaling.isEmpty()) {
      return this;
    }
    ScalingRunner scaled =
        new ScalingRunner(
            runner, scaling.get().options(), scaling.get().provisioner(), ServerCluster::isSession);
    return new ServerCluster(
        scaled,
        spreadQueries,
        exchangedBytes,
        () -> {
          scaled.close();
          leave.run();
        });
  }

  private static boolean isSession(Constant value) {
    return value instanceof Constant.LongValue(long handle)
        && OpenSessions.find(handle).isPresent();
  }
}
