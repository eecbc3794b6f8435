package io.redward.cluster.node;

import com.hazelcast.cluster.Address;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.core.ProcessorSupplier;
import java.util.List;
import java.util.function.Function;

/// Makes the processor that takes the reports of a query's fragments, on the leader.
final class ReportMetaSupplier implements ProcessorMetaSupplier {
  private static final long serialVersionUID = 1L;

  private final long query;
  private final String leader;

  ReportMetaSupplier(long query, String leader) {
    this.query = query;
    this.leader = leader;
  }

  @Override
  public int preferredLocalParallelism() {
    return 1;
  }

  @Override
  public Function<? super Address, ? extends ProcessorSupplier> get(List<Address> addresses) {
    ReportSupplier supplier = new ReportSupplier(query);
    return address ->
        FragmentMetaSupplier.text(address).equals(leader) ? supplier : new IdleSupplier();
  }
}
