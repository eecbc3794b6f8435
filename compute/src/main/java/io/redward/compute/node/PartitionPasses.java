package io.redward.compute.node;

import io.redward.plan.step.Segment;
import io.redward.plan.step.TransformStep;
import io.redward.runtime.join.JoinTable;
import io.redward.runtime.segment.Parallel;
import java.util.ArrayList;
import java.util.List;

/// How often a segment is run: once, or once for every combination of partitions of the joins on
/// disk that it probes.
final class PartitionPasses implements AutoCloseable {
  private final Segment segment;
  private final States states;
  private final Parallel parallel;
  private final List<Join> joins = new ArrayList<>();
  private boolean started;

  /// A join on disk and the partition of it that is loaded.
  private static final class Join {
    private final int stateId;
    private final BuildSpill spill;
    private int number;
    private JoinTable table;

    Join(int stateId, BuildSpill spill, Parallel parallel) {
      this.stateId = stateId;
      this.spill = spill;
      table = spill.load(0, parallel);
    }
  }

  private PartitionPasses(Segment segment, States states, Parallel parallel) {
    this.segment = segment;
    this.states = states;
    this.parallel = parallel;
  }

  static PartitionPasses of(Segment segment, States states, Parallel parallel) {
    PartitionPasses passes = new PartitionPasses(segment, states, parallel);
    for (TransformStep step : segment.transforms()) {
      if (step instanceof TransformStep.Probe probe) {
        states.spilled(probe.stateId()).ifPresent(spill -> passes.add(probe.stateId(), spill));
      }
    }
    return passes;
  }

  private void add(int stateId, StateSpill spill) {
    BuildSpill build = (BuildSpill) spill;
    build.partitionCount();
    Join join = new Join(stateId, build, parallel);
    joins.add(join);
    states.load(stateId, join.table);
  }

  boolean partitioned() {
    return !joins.isEmpty();
  }

  /// The segment with probes that look at partitions.
  Segment segment() {
    List<TransformStep> steps = new ArrayList<>();
    for (TransformStep step : segment.transforms()) {
      boolean onDisk =
          step instanceof TransformStep.Probe probe && states.spilled(probe.stateId()).isPresent();
      steps.add(onDisk ? ((TransformStep.Probe) step).ofPartitions() : step);
    }
    return new Segment(segment.id(), segment.source(), steps, segment.sink(), segment.label());
  }

  /// Goes to the next combination; false if all have been.
  boolean next() {
    if (!started) {
      started = true;
      return true;
    }
    for (Join join : joins) {
      boolean last = join.number + 1 == join.spill.partitionCount();
      join.spill.unload(join.number, join.table);
      join.number = last ? 0 : join.number + 1;
      join.table = join.spill.load(join.number, parallel);
      states.load(join.stateId, join.table);
      if (!last) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    joins.forEach(join -> join.spill.unload(join.number, join.table));
  }
}
