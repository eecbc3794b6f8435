package io.redward.cluster.node;

import com.hazelcast.jet.config.ProcessingGuarantee;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import java.io.IOException;

/// A part of every job's description, which Jet would leave to Java's serialisation: slower than
/// reading all the rest.
final class GuaranteeSerializer implements StreamSerializer<ProcessingGuarantee> {
  private static final int TYPE_ID = 7_108;

  @Override
  public int getTypeId() {
    return TYPE_ID;
  }

  @Override
  public void write(ObjectDataOutput out, ProcessingGuarantee guarantee) throws IOException {
    out.writeByte(guarantee.ordinal());
  }

  @Override
  public ProcessingGuarantee read(ObjectDataInput in) throws IOException {
    return ProcessingGuarantee.values()[in.readByte()];
  }
}
