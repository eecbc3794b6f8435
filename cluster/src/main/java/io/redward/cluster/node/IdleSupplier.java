package io.redward.cluster.node;

import com.hazelcast.jet.core.Processor;
import com.hazelcast.jet.core.ProcessorSupplier;
import com.hazelcast.jet.core.processor.Processors;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.util.Collection;
import java.util.List;

/// Makes the processor of a member on which a fragment does not run.
final class IdleSupplier implements ProcessorSupplier, IdentifiedDataSerializable {
  private static final long serialVersionUID = 1L;

  @Override
  public boolean initIsCooperative() {
    return true;
  }

  @Override
  public Collection<? extends Processor> get(int count) {
    return List.of(Processors.noopP().get());
  }

  @Override
  public int getFactoryId() {
    return JobParts.FACTORY;
  }

  @Override
  public int getClassId() {
    return JobParts.IDLE;
  }

  @Override
  public void writeData(ObjectDataOutput out) {}

  @Override
  public void readData(ObjectDataInput in) {}
}
