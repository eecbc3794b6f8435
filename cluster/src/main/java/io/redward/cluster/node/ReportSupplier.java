package io.redward.cluster.node;

import com.hazelcast.jet.core.Inbox;
import com.hazelcast.jet.core.Processor;
import com.hazelcast.jet.core.ProcessorSupplier;
import com.hazelcast.jet.core.Watermark;
import io.redward.cluster.wire.FragmentReport;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the processor that takes reports.
final class ReportSupplier implements ProcessorSupplier {
  private static final long serialVersionUID = 1L;

  private final long query;
  private transient @Nullable Member member;

  ReportSupplier(long query) {
    this.query = query;
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
    return List.of(new Reports(here, query));
  }

  private record Reports(Member member, long query) implements Processor {
    @Override
    public void process(int ordinal, Inbox inbox) {
      Object item = inbox.poll();
      while (item != null) {
        member.report(query, FragmentReport.read(((Frame) item).bytes()));
        item = inbox.poll();
      }
    }

    @Override
    public boolean tryProcessWatermark(Watermark watermark) {
      return true;
    }
  }
}
