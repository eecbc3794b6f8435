package io.redward.compute.node;

import io.redward.compute.step.BatchSource;
import io.redward.plan.step.Field;
import io.redward.plan.step.SinkStep;
import io.redward.runtime.row.RowBuffer;
import io.redward.runtime.row.RowWriter;
import io.redward.runtime.segment.Parallel;
import io.redward.runtime.spill.RowHash;
import io.redward.runtime.spill.SpillPartitions;
import io.redward.runtime.window.BufferWindow;
import java.util.ArrayList;
import java.util.List;

/// A window step on disk: rows split by the hash of what they are partitioned by.
final class WindowSpill extends BufferSpill {
  private final SinkStep.Window step;
  private final RowHash hash;
  private final SpillPartitions partitions;

  WindowSpill(SinkStep.Window step, RowBuffer state, QueryMemory memory) {
    super(state, memory);
    this.step = step;
    hash = new RowHash(state.layout(), step.partitionBy());
    partitions = new SpillPartitions(form, memory.file());
  }

  @Override
  void move(Object part) {
    RowWriter writer = (RowWriter) part;
    byte[][] strings = state.arena().pages();
    SpillPartitions.Writers writers = partitions.open();
    for (int ref : writer.refs()) {
      long[] page = state.pages().page(ref);
      int row = state.pages().word(ref);
      writers.add(hash.of(page, row, strings), page, row, strings);
    }
    writers.flush();
    writer.discard();
  }

  @Override
  BatchSource source(List<Field> fields) {
    List<PartitionSource.Loader> loaders = new ArrayList<>();
    for (SpillPartitions.Leaf leaf : partitions.leaves(memory().partitionBytes() / 2, true)) {
      if (leaf.run().rows() > 0) {
        loaders.add(() -> load(leaf));
      }
    }
    return new PartitionSource(loaders, fields);
  }

  private PartitionSource.Loaded load(SpillPartitions.Leaf leaf) {
    RowBuffer buffer = RowBuffer.of(step.fields(), memory().budget());
    RowWriter writer = buffer.newPart();
    for (int block = 0; block < leaf.run().blocks(); block++) {
      leaf.run().block(block, form).appendTo(writer);
    }
    buffer.seal(List.of(writer), Parallel.SEQUENTIAL);
    new BufferWindow(step, buffer, memory().budget()).compute(Parallel.SEQUENTIAL);
    return new PartitionSource.Loaded(buffer.scan(), buffer);
  }
}
