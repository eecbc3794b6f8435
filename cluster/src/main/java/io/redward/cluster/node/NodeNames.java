package io.redward.cluster.node;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.jet.JetException;
import io.redward.cluster.wire.QuerySpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The nodes of queries, which every member finds among those that it knows: so a leader needs to
/// send no more than their digest. Thread-safe.
final class NodeNames {
  private static final int KEPT = 32;

  private final Cluster cluster;
  private final Map<Long, List<QuerySpec.Node>> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, List<QuerySpec.Node>> eldest) {
          return size() > KEPT;
        }
      };

  NodeNames(Cluster cluster) {
    this.cluster = cluster;
  }

  /// Those members that compute, understand this version's plans and own partitions, in order.
  ///
  /// @param owners who own partitions
  List<QuerySpec.Node> among(Set<Address> owners) {
    List<QuerySpec.Node> nodes = new ArrayList<>();
    for (Member member : cluster.getMembers()) {
      Optional<String> name = MemberConfig.nodeName(member);
      if (name.isPresent() && owners.contains(member.getAddress())) {
        nodes.add(new QuerySpec.Node(name.get(), FragmentMetaSupplier.text(member.getAddress())));
      }
    }
    nodes.sort(Comparator.comparing(QuerySpec.Node::name));
    return nodes;
  }

  /// The nodes that a leader means by their digest.
  ///
  /// @param owners the members of the job
  /// @throws JetException if other members are known here than the leader knows
  synchronized List<QuerySpec.Node> of(long digest, Set<Address> owners) {
    List<QuerySpec.Node> nodes = known.get(digest);
    if (nodes == null) {
      nodes = among(owners);
      if (QuerySpec.digest(nodes) != digest) {
        throw new JetException("the node and the leader do not know of the same nodes");
      }
      known.put(digest, nodes);
    }
    return nodes;
  }
}
