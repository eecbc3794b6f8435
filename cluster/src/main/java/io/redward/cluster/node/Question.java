package io.redward.cluster.node;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A short query, sent to a node that answers with all it has to say.
final class Question
    implements Callable<byte[]>, HazelcastInstanceAware, IdentifiedDataSerializable {
  private static final byte[] NONE = new byte[0];

  private byte[] description = NONE;
  private long query;
  private @Nullable HazelcastInstance instance;

  Question() {}

  /// @param description sealed
  Question(long query, byte[] description) {
    this.query = query;
    this.description = description;
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance given) {
    instance = given;
  }

  @Override
  public byte[] call() {
    HazelcastInstance here = instance;
    if (here == null) {
      throw new IllegalStateException("nobody is asked");
    }
    return Member.of(here).answer(query, description);
  }

  @Override
  public int getFactoryId() {
    return JobParts.FACTORY;
  }

  @Override
  public int getClassId() {
    return JobParts.QUESTION;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeLong(query);
    out.writeByteArray(description);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    query = in.readLong();
    byte[] read = in.readByteArray();
    description = read == null ? NONE : read;
  }
}
