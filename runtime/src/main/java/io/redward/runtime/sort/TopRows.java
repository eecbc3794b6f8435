package io.redward.runtime.sort;

import io.redward.foundation.batch.MemoryBudget;
import io.redward.foundation.batch.Vector;
import io.redward.plan.step.SinkStep.Sort;
import io.redward.runtime.row.RowBuffer;
import io.redward.runtime.row.RowWriter;
import io.redward.runtime.segment.Parallel;
import java.util.List;
import java.util.function.Consumer;

/// One worker's share of a sort of which only the first rows are wanted. Rows are collected until
/// there are several times as many as can be wanted; then all but the best are dropped, so that
/// memory stays bounded whatever comes.
public final class TopRows implements AutoCloseable {
  private static final int SLACK_ROWS = 1 << 14;

  private final Sort sort;
  private final long wanted;
  private final MemoryBudget budget;
  private final Consumer<Vector> lastWanted;
  private RowBuffer buffer;
  private RowWriter writer;

  /// @param lastWanted is told, as one value in a column, the first key of the last row that may
  ///     still be wanted, whenever that becomes known better; rows behind it need not come any more
  public TopRows(Sort sort, MemoryBudget budget, Consumer<Vector> lastWanted) {
    this.sort = sort;
    this.lastWanted = lastWanted;
    this.budget = budget;
    wanted = sort.offset() + sort.limit().orElseThrow();
    buffer = RowBuffer.of(sort.fields(), budget);
    writer = buffer.newPart();
  }

  /// Where rows go until the next `prune` that answers true.
  public RowWriter writer() {
    return writer;
  }

  /// Drops rows that cannot be wanted if many have come; true if the writer is another one now.
  public boolean prune() {
    if (writer.rows() < 4 * wanted + SLACK_ROWS) {
      return false;
    }
    RowBuffer full = buffer;
    full.seal(List.of(writer), Parallel.SEQUENTIAL);
    new BufferSorter(full, sort.keys(), budget).sort(0, wanted, Parallel.SEQUENTIAL);
    buffer = RowBuffer.of(sort.fields(), budget);
    writer = buffer.newPart();
    BufferCopy.append(full, writer);
    int last = full.refs()[full.to() - 1];
    lastWanted.accept(BufferColumns.single(full, sort.keys().getFirst().field(), last));
    full.close();
    return true;
  }

  /// Appends what is left to the sort's own buffer.
  public void moveTo(RowWriter target) {
    buffer.seal(List.of(writer), Parallel.SEQUENTIAL);
    BufferCopy.append(buffer, target);
    close();
  }

  @Override
  public void close() {
    buffer.close();
  }
}
