package io.redward.compute.node;

import io.redward.compute.step.BatchSource;
import io.redward.plan.step.Field;
import io.redward.plan.step.SinkStep;
import io.redward.runtime.aggregate.AggregatePart;
import io.redward.runtime.aggregate.AggregateTable;
import io.redward.runtime.segment.Parallel;
import io.redward.runtime.spill.SpillPartitions;
import java.util.ArrayList;
import java.util.List;

/// An aggregation on disk: groups with what has been added up so far, split by hash.
final class GroupsSpill extends StateSpill {
  private final SinkStep.Aggregate step;
  private final AggregateTable state;
  private final SpillPartitions partitions;

  GroupsSpill(SinkStep.Aggregate step, AggregateTable state, QueryMemory memory) {
    super(memory);
    this.step = step;
    this.state = state;
    partitions = new SpillPartitions(state.form(), memory.file());
  }

  @Override
  long rows(Object part) {
    return ((AggregatePart) part).rows.rows();
  }

  @Override
  Object newPart() {
    return state.newPart();
  }

  @Override
  void move(Object part) {
    state.spill((AggregatePart) part, partitions);
  }

  @Override
  BatchSource source(List<Field> fields) {
    List<PartitionSource.Loader> loaders = new ArrayList<>();
    long bytes = memory().partitionBytes() / 2;
    for (SpillPartitions.Leaf leaf : partitions.leaves(bytes, !state.collects())) {
      if (leaf.run().rows() > 0) {
        loaders.add(() -> load(leaf));
      }
    }
    return new PartitionSource(loaders, fields);
  }

  private PartitionSource.Loaded load(SpillPartitions.Leaf leaf) {
    AggregateTable table = AggregateTable.of(step, memory().budget());
    table.load(leaf.run());
    table.seal(List.of(), Parallel.SEQUENTIAL);
    return new PartitionSource.Loaded(table.scan(), table);
  }
}
