package io.redward.cluster.node;

import com.hazelcast.jet.core.Partitioner;

/// Frames say themselves which partition they are for.
final class ByPartition implements Partitioner<Integer> {
  private static final long serialVersionUID = 1L;

  @Override
  public int getPartition(Integer partition, int partitionCount) {
    return partition;
  }
}
