package io.redward.runtime.row;

import io.redward.foundation.batch.MemoryBudget;
import io.redward.plan.step.Field;
import io.redward.runtime.row.RowLayout.Member;
import io.redward.runtime.segment.Parallel;
import io.redward.runtime.segment.SinkState;
import java.util.ArrayList;
import java.util.List;

/// Rows in no order, or in the order that a sort has given: the state of Materialize, Sort and
/// Window steps. Generated code fills the first fields of each row; a window step writes the rest.
///
/// Its parts are [RowWriter]s.
public final class RowBuffer implements SinkState {
  private final RowLayout layout;
  private final RowPages pages;
  private final BytesArena arena;
  private int[] refs = new int[0];
  private int from;
  private int to;

  private RowBuffer(RowLayout layout, MemoryBudget budget) {
    this.layout = layout;
    pages = new RowPages(layout.rowWords(), budget);
    arena = new BytesArena(budget);
  }

  private RowBuffer(RowLayout layout, RowPages pages, BytesArena arena) {
    this.layout = layout;
    this.pages = pages;
    this.arena = arena;
  }

  public static RowBuffer of(List<Field> fields, MemoryBudget budget) {
    return new RowBuffer(layout(fields), budget);
  }

  /// Where the fields of a buffer's rows are; generated code and the buffer agree on it.
  public static RowLayout layout(List<Field> fields) {
    List<Member> members = new ArrayList<>();
    for (Field field : fields) {
      members.add(new Member(field.physical(), field.nullable()));
    }
    return RowLayout.of(0, members);
  }

  /// The rows of one part as a buffer of their own; closing it closes nothing.
  public RowBuffer ofPart(RowWriter part) {
    RowBuffer rows = new RowBuffer(layout, pages, arena);
    rows.refs = part.refs();
    rows.to = rows.refs.length;
    return rows;
  }

  @Override
  public RowWriter newPart() {
    return new RowWriter(pages, arena);
  }

  /// All rows, worker by worker.
  @Override
  public void seal(List<Object> parts, Parallel parallel) {
    for (Object part : parts) {
      ((RowWriter) part).finish();
    }
    refs = RowScan.allRefs(pages);
    from = 0;
    to = refs.length;
  }

  /// Replaces the order of rows: `refs[from .. to)` are the rows that count.
  public void order(int[] refs, int from, int to) {
    this.refs = refs;
    this.from = from;
    this.to = to;
  }

  /// The rows' names in their order; those that count are `[from, to)`.
  public int[] refs() {
    return refs;
  }

  public int from() {
    return from;
  }

  public int to() {
    return to;
  }

  public RowLayout layout() {
    return layout;
  }

  public RowPages pages() {
    return pages;
  }

  public BytesArena arena() {
    return arena;
  }

  public RowScan scan() {
    return new RowScan(layout.slots(), pages, arena, refs, from, to);
  }

  @Override
  public long rowCount() {
    return (long) to - from;
  }

  @Override
  public long bytes() {
    return pages.bytes() + arena.bytes();
  }

  @Override
  public void close() {
    pages.close();
    arena.close();
  }
}
