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
  private byte[] signature = NONE;
  private @Nullable HazelcastInstance instance;

  Question() {}

  Question(byte[] description, byte[] signature) {
    this.description = description;
    this.signature = signature;
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
    return Member.of(here).answer(description, signature).write();
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
    out.writeByteArray(description);
    out.writeByteArray(signature);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    description = bytes(in);
    signature = bytes(in);
  }

  private static byte[] bytes(ObjectDataInput in) throws IOException {
    byte[] bytes = in.readByteArray();
    return bytes == null ? NONE : bytes;
  }
}
