package io.redward.server;

import io.redward.cluster.node.ClusterOptions;
import io.redward.cluster.node.ClusterRunner;
import io.redward.cluster.node.Member;
import io.redward.cluster.node.NodeSnapshots;
import io.redward.compute.node.LocalRunner;
import io.redward.plan.run.PlanRunner;
import io.redward.storage.table.Namespace;
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
  static ServerCluster none(LocalRunner local) {
    return new ServerCluster(local, () -> 0, () -> 0, () -> {});
  }
}
