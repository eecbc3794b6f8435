package io.redward.cluster.node;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import java.io.IOException;

/// Frames as they are: two numbers and the bytes.
final class FrameSerializer implements StreamSerializer<Frame> {
  private static final int TYPE_ID = 7_107;

  @Override
  public int getTypeId() {
    return TYPE_ID;
  }

  @Override
  public void write(ObjectDataOutput out, Frame frame) throws IOException {
    out.writeInt(frame.address());
    out.writeByteArray(frame.bytes());
  }

  @Override
  public Frame read(ObjectDataInput in) throws IOException {
    int address = in.readInt();
    byte[] bytes = in.readByteArray();
    if (bytes == null) {
      throw new IOException("a frame without bytes");
    }
    return new Frame(address, bytes);
  }
}
