package io.redward.cluster.node;

import com.hazelcast.jet.core.Processor;
import com.hazelcast.jet.core.ProcessorSupplier;
import com.hazelcast.jet.core.processor.Processors;
import java.util.Collection;
import java.util.List;

/// Makes the processor of a member on which a fragment does not run.
final class IdleSupplier implements ProcessorSupplier {
  private static final long serialVersionUID = 1L;

  @Override
  public Collection<? extends Processor> get(int count) {
    return List.of(Processors.noopP().get());
  }
}
