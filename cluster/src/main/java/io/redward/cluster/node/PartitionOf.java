package io.redward.cluster.node;

import com.hazelcast.function.FunctionEx;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;

/// The partition a frame is for. A class, since descriptions of jobs may hold no lambdas.
final class PartitionOf implements FunctionEx<Frame, Integer>, IdentifiedDataSerializable {
  private static final long serialVersionUID = 1L;

  @Override
  public Integer applyEx(Frame frame) {
    return frame.partition();
  }

  @Override
  public int getFactoryId() {
    return JobParts.FACTORY;
  }

  @Override
  public int getClassId() {
    return JobParts.PARTITION_OF;
  }

  @Override
  public void writeData(ObjectDataOutput out) {}

  @Override
  public void readData(ObjectDataInput in) {}
}
