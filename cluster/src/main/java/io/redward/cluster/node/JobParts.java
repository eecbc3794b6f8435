package io.redward.cluster.node;

import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;

/// What of ours stands in the description of a job, and questions, each named by a number: so it is
/// short, and nothing else can be made of it.
final class JobParts implements DataSerializableFactory {
  static final int FACTORY = 7_107;
  static final int FRAGMENT = 1;
  static final int IDLE = 2;
  static final int PARTITION_OF = 3;
  static final int BY_PARTITION = 4;
  static final int QUESTION = 5;

  @Override
  public IdentifiedDataSerializable create(int part) {
    return switch (part) {
      case FRAGMENT -> new FragmentSupplier();
      case IDLE -> new IdleSupplier();
      case PARTITION_OF -> new PartitionOf();
      case BY_PARTITION -> new ByPartition();
      case QUESTION -> new Question();
      default -> throw new IllegalArgumentException("no part " + part);
    };
  }
}
