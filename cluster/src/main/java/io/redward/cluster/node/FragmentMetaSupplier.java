package io.redward.cluster.node;

import com.hazelcast.cluster.Address;
import com.hazelcast.jet.JetException;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.core.ProcessorSupplier;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Makes a fragment's processors: one on each member where the fragment runs, and on the others one
/// that does nothing.
final class FragmentMetaSupplier implements ProcessorMetaSupplier {
  private static final long serialVersionUID = 1L;

  private final byte[] query;
  private final String signature;
  private final int fragment;
  private final String[] hosts;
  private final String[] nodes;
  private final String leader;
  private int[] nodePartitions = new int[0];
  private int leaderPartition;

  /// @param query the description of the query
  /// @param signature proof that it comes from the leader
  /// @param hosts addresses of the members on which the fragment runs
  FragmentMetaSupplier(
      byte[] query, String signature, int fragment, String[] hosts, String[] nodes, String leader) {
    this.query = query;
    this.signature = signature;
    this.fragment = fragment;
    this.hosts = hosts;
    this.nodes = nodes;
    this.leader = leader;
  }

  @Override
  public int preferredLocalParallelism() {
    return 1;
  }

  @Override
  public void init(Context context) {
    nodePartitions = new int[nodes.length];
    for (int node = 0; node < nodes.length; node++) {
      nodePartitions[node] = partition(context, nodes[node]);
    }
    leaderPartition = partition(context, leader);
  }

  private static int partition(Context context, String address) {
    for (Map.Entry<Address, int[]> entry : context.partitionAssignment().entrySet()) {
      if (text(entry.getKey()).equals(address) && entry.getValue().length > 0) {
        return entry.getValue()[0];
      }
    }
    throw new JetException("member " + address + " is not part of the job");
  }

  static String text(Address address) {
    return address.getHost() + ":" + address.getPort();
  }

  @Override
  public Function<? super Address, ? extends ProcessorSupplier> get(List<Address> addresses) {
    FragmentSupplier supplier =
        new FragmentSupplier(query, signature, fragment, nodePartitions, leaderPartition);
    return address -> List.of(hosts).contains(text(address)) ? supplier : new IdleSupplier();
  }
}
