package io.redward.compute.node;

import io.redward.compute.step.BatchSource;
import io.redward.plan.step.Field;
import io.redward.runtime.row.RowBuffer;
import io.redward.runtime.row.RowPages;
import io.redward.runtime.row.RowWriter;
import io.redward.runtime.segment.Parallel;
import io.redward.runtime.spill.BlockWriter;
import io.redward.runtime.spill.SpillRun;
import java.util.ArrayList;
import java.util.List;

/// Rows in no order, on disk.
final class RowsSpill extends BufferSpill {
  /// Blocks that a worker reads back at a time.
  private static final int BLOCKS = 16;

  private final List<SpillRun> runs = new ArrayList<>();

  RowsSpill(RowBuffer state, QueryMemory memory) {
    super(state, memory);
  }

  @Override
  void move(Object part) {
    RowWriter writer = (RowWriter) part;
    SpillRun run = new SpillRun(memory().file());
    write(state.ofPart(writer), new BlockWriter(form, run));
    writer.discard();
    synchronized (runs) {
      runs.add(run);
    }
  }

  /// Writes a buffer's rows in its order.
  static void write(RowBuffer rows, BlockWriter writer) {
    RowPages pages = rows.pages();
    byte[][] strings = rows.arena().pages();
    for (int i = rows.from(); i < rows.to(); i++) {
      int ref = rows.refs()[i];
      writer.add(0, pages.page(ref), pages.word(ref), strings);
    }
    writer.flush();
  }

  @Override
  BatchSource source(List<Field> fields) {
    List<PartitionSource.Loader> loaders = new ArrayList<>();
    for (SpillRun run : runs) {
      for (int from = 0; from < run.blocks(); from += BLOCKS) {
        int first = from;
        loaders.add(() -> load(run, first, fields));
      }
    }
    return new PartitionSource(loaders, fields);
  }

  private PartitionSource.Loaded load(SpillRun run, int first, List<Field> fields) {
    RowBuffer buffer = RowBuffer.of(fields, memory().budget());
    RowWriter writer = buffer.newPart();
    for (int block = first; block < Math.min(run.blocks(), first + BLOCKS); block++) {
      run.block(block, form).appendTo(writer);
    }
    buffer.seal(List.of(writer), Parallel.SEQUENTIAL);
    return new PartitionSource.Loaded(buffer.scan(), buffer);
  }
}
