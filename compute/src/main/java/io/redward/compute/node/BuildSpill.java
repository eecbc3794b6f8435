package io.redward.compute.node;

import io.redward.compute.step.BatchSource;
import io.redward.plan.step.Field;
import io.redward.plan.step.SinkStep;
import io.redward.runtime.join.JoinPart;
import io.redward.runtime.join.JoinTable;
import io.redward.runtime.segment.Parallel;
import io.redward.runtime.spill.SpillPartitions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// The build side of a join on disk, split by hash. A segment that probes it is run once for each
/// partition, with that partition in memory, and looks up only those of its rows that belong there:
/// so whatever else the segment does with a row, it does once.
final class BuildSpill extends StateSpill {
  private final SinkStep.Build step;
  private final JoinTable state;
  private final SpillPartitions partitions;
  private final AtomicBoolean nullKeys = new AtomicBoolean();
  private final AtomicLong rows = new AtomicLong();
  private final Map<Integer, byte[]> marks = new HashMap<>();
  private final List<List<SpillPartitions.Leaf>> groups = new ArrayList<>();

  BuildSpill(SinkStep.Build step, JoinTable state, QueryMemory memory) {
    super(memory);
    this.step = step;
    this.state = state;
    partitions = new SpillPartitions(state.form(), memory.file());
  }

  @Override
  long rows(Object part) {
    return ((JoinPart) part).rows.rows();
  }

  @Override
  Object newPart() {
    return state.newPart();
  }

  @Override
  void move(Object part) {
    JoinPart rowsOfPart = (JoinPart) part;
    if (rowsOfPart.nullKeys) {
      nullKeys.set(true);
    }
    rows.addAndGet(rowsOfPart.rows.rows());
    state.spill(rowsOfPart, partitions);
  }

  /// How many partitions there are, small ones put together; settled when first asked for.
  int partitionCount() {
    if (groups.isEmpty()) {
      long most = memory().partitionBytes() * memory().workers() / 2;
      List<SpillPartitions.Leaf> group = new ArrayList<>();
      long bytes = 0;
      for (SpillPartitions.Leaf leaf : partitions.leaves(most, true)) {
        if (!group.isEmpty() && bytes + leaf.run().memory() > most) {
          groups.add(List.copyOf(group));
          group.clear();
          bytes = 0;
        }
        group.add(leaf);
        bytes += leaf.run().memory();
      }
      groups.add(List.copyOf(group));
    }
    return groups.size();
  }

  /// Partition `number` as a join table.
  JoinTable load(int number, Parallel parallel) {
    JoinTable table = JoinTable.of(step, memory().budget());
    JoinTable.Whole whole = new JoinTable.Whole(nullKeys.get(), rows.get() == 0 && !nullKeys.get());
    table.load(groups.get(number), whole, number == 0, parallel);
    byte[] before = marks.get(number);
    if (before != null) {
      System.arraycopy(before, 0, table.marks, 0, before.length);
    }
    return table;
  }

  /// Takes a partition out of memory; which of its rows have been matched is kept.
  void unload(int number, JoinTable table) {
    if (step.marks()) {
      marks.put(number, table.marks.clone());
    }
    table.close();
  }

  /// The rows that some probe has matched, or that none has.
  BatchSource source(List<Field> fields, boolean matched) {
    List<PartitionSource.Loader> loaders = new ArrayList<>();
    for (int i = 0; i < partitionCount(); i++) {
      int number = i;
      loaders.add(
          () -> {
            JoinTable table = load(number, Parallel.SEQUENTIAL);
            return new PartitionSource.Loaded(table.scan(matched), table);
          });
    }
    return new PartitionSource(loaders, fields);
  }

  @Override
  BatchSource source(List<Field> fields) {
    throw new IllegalStateException("a join's rows are those matched or those not matched");
  }
}
