package io.redward.cluster.node;

import com.hazelcast.jet.JetException;
import com.hazelcast.jet.core.Processor;
import com.hazelcast.jet.core.ProcessorSupplier;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a fragment's processor on the member that it has been sent to. One of a query's on each
/// member brings the query's description for all of them: all are initialised before any makes a
/// processor.
final class FragmentSupplier implements ProcessorSupplier, IdentifiedDataSerializable {
  private static final long serialVersionUID = 1L;
  private static final byte[] NONE = new byte[0];

  private long query;
  private int fragment;
  private byte[] description = NONE;
  private transient @Nullable Member member;

  FragmentSupplier() {}

  /// @param description sealed; empty if another brings it
  FragmentSupplier(long query, int fragment, byte[] description) {
    this.query = query;
    this.fragment = fragment;
    this.description = description;
  }

  static FragmentSupplier described(long query, int fragment) {
    return new FragmentSupplier(query, fragment, NONE);
  }

  @Override
  public boolean initIsCooperative() {
    return true;
  }

  @Override
  public void init(Context context) {
    Member here = Member.of(context.hazelcastInstance());
    member = here;
    try {
      if (description.length > 0) {
        here.enter(query, description, context.partitionAssignment());
      } else {
        here.enterLed(query, context.partitionAssignment());
      }
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  private static JetException failed(RuntimeException e) {
    return e instanceof JetException jet ? jet : new JetException(FailureText.of(e));
  }

  @Override
  public Collection<? extends Processor> get(int count) {
    Member here = member;
    if (here == null) {
      throw new IllegalStateException("not initialised");
    }
    try {
      return List.of(here.processor(query, fragment));
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  @Override
  public boolean closeIsCooperative() {
    return true;
  }

  @Override
  public void close(@Nullable Throwable error) {
    Member here = member;
    if (here != null) {
      here.leave(query);
    }
  }

  @Override
  public int getFactoryId() {
    return JobParts.FACTORY;
  }

  @Override
  public int getClassId() {
    return JobParts.FRAGMENT;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeLong(query);
    out.writeInt(fragment);
    out.writeByteArray(description);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    query = in.readLong();
    fragment = in.readInt();
    byte[] read = in.readByteArray();
    description = read == null ? NONE : read;
  }
}
