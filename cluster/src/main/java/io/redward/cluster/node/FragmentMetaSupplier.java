package io.redward.cluster.node;

import com.hazelcast.cluster.Address;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.core.ProcessorSupplier;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Makes a fragment's processors: one on each member where the fragment runs, and on the others one
/// that does nothing.
final class FragmentMetaSupplier implements ProcessorMetaSupplier {
  private static final long serialVersionUID = 1L;

  private final FragmentSupplier supplier;
  private final Set<String> hosts;

  /// @param supplier the same for all members
  /// @param hosts addresses of the members on which the fragment runs
  FragmentMetaSupplier(FragmentSupplier supplier, Set<String> hosts) {
    this.supplier = supplier;
    this.hosts = hosts;
  }

  @Override
  public int preferredLocalParallelism() {
    return 1;
  }

  static String text(Address address) {
    return address.getHost() + ":" + address.getPort();
  }

  @Override
  public Function<? super Address, ? extends ProcessorSupplier> get(List<Address> addresses) {
    return address -> hosts.contains(text(address)) ? supplier : new IdleSupplier();
  }
}
