package io.redward.cluster.node;

import com.hazelcast.jet.core.Partitioner;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;

/// Frames say themselves which partition they are for.
final class ByPartition implements Partitioner<Integer>, IdentifiedDataSerializable {
  private static final long serialVersionUID = 1L;

  @Override
  public int getPartition(Integer partition, int partitionCount) {
    return partition;
  }

  @Override
  public int getFactoryId() {
    return JobParts.FACTORY;
  }

  @Override
  public int getClassId() {
    return JobParts.BY_PARTITION;
  }

  @Override
  public void writeData(ObjectDataOutput out) {}

  @Override
  public void readData(ObjectDataInput in) {}
}
