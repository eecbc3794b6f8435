package io.redward.cluster.node;

import com.hazelcast.cluster.Address;
import com.hazelcast.jet.JetException;
import io.redward.cluster.placement.Slices;
import io.redward.cluster.wire.QuerySpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What a member knows of a query in which it takes part.
///
/// @param place the member's place among the query's nodes, -1 if it is none of them
/// @param partitions by node: a partition that it owns, by which it is reached
/// @param leader a partition that the leader owns
/// @param reports of fragments that have ended here and wait for the next rows that go to the
///     leader: so they need no edges of their own
record NodeQuery(
    QuerySpec query,
    Slices slices,
    int place,
    int[] partitions,
    int leader,
    Queue<byte[]> reports) {

  /// A query that this member is asked: it reaches nobody but by its answer.
  static NodeQuery asked(QuerySpec query, Slices slices, String name) {
    return new NodeQuery(
        query, slices, slices.nodes().indexOf(name), new int[0], -1, new ConcurrentLinkedQueue<>());
  }

  /// @param name this member's
  /// @param partitions by address: what the members of the job own
  static NodeQuery of(QuerySpec query, Slices slices, String name, Map<Address, int[]> partitions) {
    Map<String, Integer> owned = new HashMap<>();
    partitions.forEach(
        (address, all) -> {
          if (all.length > 0) {
            owned.put(FragmentMetaSupplier.text(address), all[0]);
          }
        });
    List<QuerySpec.Node> nodes = query.nodes();
    int[] reached = new int[nodes.size()];
    int place = -1;
    for (int node = 0; node < reached.length; node++) {
      reached[node] = partition(owned, nodes.get(node).address());
      place = nodes.get(node).name().equals(name) ? node : place;
    }
    return new NodeQuery(
        query,
        slices,
        place,
        reached,
        partition(owned, query.leader()),
        new ConcurrentLinkedQueue<>());
  }

  private static int partition(Map<String, Integer> owned, String address) {
    Integer partition = owned.get(address);
    if (partition == null) {
      throw new JetException("member " + address + " is not part of the job");
    }
    return partition;
  }
}
