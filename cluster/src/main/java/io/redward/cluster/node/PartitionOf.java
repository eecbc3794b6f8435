package io.redward.cluster.node;

import com.hazelcast.function.FunctionEx;

/// The partition a frame is for. A class, since descriptions of jobs may hold no lambdas.
final class PartitionOf implements FunctionEx<Frame, Integer> {
  private static final long serialVersionUID = 1L;

  @Override
  public Integer applyEx(Frame frame) {
    return frame.partition();
  }
}
