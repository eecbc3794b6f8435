package io.redward.cluster.node;

import com.hazelcast.jet.JetException;
import com.hazelcast.jet.core.Processor;
import com.hazelcast.jet.core.ProcessorSupplier;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a fragment's processor on the member that it has been sent to.
final class FragmentSupplier implements ProcessorSupplier {
  private static final long serialVersionUID = 1L;

  private final byte[] query;
  private final String signature;
  private final int fragment;
  private final int[] nodes;
  private final int leader;
  private transient @Nullable Member member;

  FragmentSupplier(byte[] query, String signature, int fragment, int[] nodes, int leader) {
    this.query = query;
    this.signature = signature;
    this.fragment = fragment;
    this.nodes = nodes;
    this.leader = leader;
  }

  @Override
  public void init(Context context) {
    member = Member.of(context.hazelcastInstance());
  }

  @Override
  public Collection<? extends Processor> get(int count) {
    Member here = member;
    if (here == null) {
      throw new IllegalStateException("not initialised");
    }
    try {
      return List.of(here.processor(query, signature, fragment, nodes, leader));
    } catch (RuntimeException e) {
      throw new JetException(FailureText.of(e));
    }
  }
}
