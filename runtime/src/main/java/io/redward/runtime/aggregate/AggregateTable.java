package io.redward.runtime.aggregate;

import io.redward.foundation.batch.MemoryBudget;
import io.redward.plan.step.SinkStep.Aggregate;
import io.redward.runtime.row.ArenaWriter;
import io.redward.runtime.row.BytesArena;
import io.redward.runtime.row.RowPages;
import io.redward.runtime.row.RowScan;
import io.redward.runtime.row.RowWriter;
import io.redward.runtime.segment.Parallel;
import io.redward.runtime.segment.SinkState;
import io.redward.runtime.spill.RowForm;
import io.redward.runtime.spill.SpillPartitions;
import io.redward.runtime.spill.SpillRun;
import java.util.ArrayList;
import java.util.List;

/// The groups of an aggregation, of all workers. Its parts are [AggregatePart]s.
public final class AggregateTable implements SinkState {
  private static final int FINISH_ROWS = 1 << 14;

  private final AggregateLayout layout;
  private final MemoryBudget budget;
  private final RowPages pages;
  private final BytesArena arena;
  private final List<AggregatePart> parts = new ArrayList<>();
  private int[] refs = new int[0];

  private AggregateTable(AggregateLayout layout, MemoryBudget budget) {
    this.layout = layout;
    this.budget = budget;
    pages = new RowPages(layout.row().rowWords(), budget);
    arena = new BytesArena(budget);
  }

  public static AggregateTable of(Aggregate step, MemoryBudget budget) {
    return new AggregateTable(AggregateLayout.of(step), budget);
  }

  @Override
  public synchronized AggregatePart newPart() {
    RowWriter writer = new RowWriter(pages, arena);
    AggregatePart part = new AggregatePart(layout, writer, budget, parts.size());
    parts.add(part);
    return part;
  }

  @Override
  public void seal(List<Object> ignored, Parallel parallel) {
    if (layout.keyCount() == 0 && parts.isEmpty()) {
      newPart();
    }
    int filled = 0;
    for (AggregatePart part : parts) {
      part.rows.finish();
      filled += part.groups() > 0 ? 1 : 0;
    }
    refs = RowScan.allRefs(pages);
    if (filled > 1) {
      GroupMerge merge = new GroupMerge(layout, pages, arena, parts);
      merge.run(parallel);
      refs = merge.alive(refs);
    }
    parts.forEach(AggregatePart::closeDirectories);
    if (GroupFinish.needed(layout)) {
      int tasks = (refs.length + FINISH_ROWS - 1) / FINISH_ROWS;
      parallel.run(tasks, this::finish);
    }
    parts.forEach(part -> part.collectors.clear());
  }

  /// The form of spilled groups.
  public RowForm form() {
    return RowForm.of(layout.row());
  }

  /// Whether spilled groups keep anything beside their words.
  public boolean collects() {
    return GroupSpill.collects(layout);
  }

  /// Writes the groups of a part to the partitions of their hashes and gives its memory back.
  public void spill(AggregatePart part, SpillPartitions partitions) {
    new GroupSpill(layout, pages, arena).write(part, partitions);
  }

  /// Adds spilled groups to this table, merging those that are there already.
  public void load(SpillRun run) {
    AggregatePart part = parts.isEmpty() ? newPart() : parts.getFirst();
    GroupMerge merge = new GroupMerge(layout, pages, arena, parts);
    new GroupSpill(layout, pages, arena).read(run, part, merge);
  }

  private void finish(int task) {
    GroupFinish finish = new GroupFinish(layout, pages, new ArenaWriter(arena), parts);
    finish.run(refs, task * FINISH_ROWS, Math.min(refs.length, (task + 1) * FINISH_ROWS));
  }

  /// The groups: keys, then results.
  public RowScan scan() {
    return new RowScan(layout.fieldSlots(), pages, arena, refs, 0, refs.length);
  }

  @Override
  public long rowCount() {
    return refs.length;
  }

  @Override
  public long bytes() {
    return pages.bytes() + arena.bytes();
  }

  @Override
  public void close() {
    parts.forEach(AggregatePart::closeDirectories);
    pages.close();
    arena.close();
  }
}
