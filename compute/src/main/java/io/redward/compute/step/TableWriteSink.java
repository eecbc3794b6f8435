package io.redward.compute.step;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BatchConsumer;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.plan.step.Field;
import io.redward.plan.step.SinkStep;
import io.redward.runtime.segment.Parallel;
import io.redward.spi.IdentityRanges;
import io.redward.storage.table.RowAppender;
import io.redward.storage.table.TableShape;
import io.redward.storage.table.WriteTransaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Writes rows into a table, deletes rows of it, or both: an UPDATE deletes a row and appends its
/// new version. Each worker has an appender of its own. Rows to delete are collected and handed to
/// the transaction at the end, so that what the statement still scans stays as it was.
///
/// Where an UPDATE finds several new versions of one row, the one that comes first wins, unless
/// that is to be an error. A MERGE also brings rows that replace none.
public final class TableWriteSink implements BatchSink {
  private final Target target;
  private final List<Integer> identities;
  private final WriteTransaction transaction;
  private final long tableId;
  private final Matching matching;
  private final TableShape shape;
  private final int[] columnIds;
  private final List<Field> fields;
  private final int[] vectors;
  private final List<RowAppender> appenders = new ArrayList<>();
  private final RowIdSet deleted = new RowIdSet();
  private final Optional<ChangedRows> returned;

  private TableWriteSink(
      Target target,
      Matching matching,
      int[] columnIds,
      List<Field> fields,
      List<Integer> identities) {
    this.target = target;
    returned = target.returned.map(ChangedRows::new);
    this.identities = identities;
    transaction = target.transaction;
    tableId = target.tableId;
    shape = target.shape;
    this.matching = matching;
    int rowIdVector = matching.rowIdVector;
    this.columnIds = columnIds;
    this.fields = fields;
    vectors = new int[columnIds.length];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = rowIdVector < 0 || i < rowIdVector ? i : i + 1;
    }
  }

  /// What becomes of the rows of the table that incoming rows name.
  ///
  /// @param rowIdVector where the rows' ids are, or -1 if rows name none; NULL is for new rows
  /// @param replaces whether the incoming row takes the place of the one it names
  /// @param unique whether naming a row twice is an error
  private record Matching(int rowIdVector, boolean replaces, boolean unique) {
    static final Matching NONE = new Matching(-1, false, false);
  }

  /// The table that is written.
  ///
  /// @param identities new values for its identity column
  /// @param returned who gets the rows that are written or deleted, if anybody
  public record Target(
      WriteTransaction transaction,
      long tableId,
      TableShape shape,
      IdentityRanges identities,
      Optional<BatchConsumer> returned) {}

  public static TableWriteSink insert(SinkStep.Insert step, Target target) {
    return new TableWriteSink(
        target, Matching.NONE, step.columnIds(), step.fields(), step.identities());
  }

  public static TableWriteSink delete(SinkStep.Delete step, Target target) {
    return new TableWriteSink(
        target, new Matching(step.rowId(), false, false), new int[0], List.of(), List.of());
  }

  /// @param unique whether several new versions of one row are an error
  public static TableWriteSink update(SinkStep.Update step, Target target, boolean unique) {
    return new TableWriteSink(
        target,
        new Matching(step.rowId(), true, unique),
        step.columnIds(),
        step.fields(),
        List.of());
  }

  public static TableWriteSink merge(SinkStep.Merge step, Target target) {
    boolean replaces = step.matched() == SinkStep.Matched.UPDATE;
    boolean unique = step.matched() != SinkStep.Matched.REMOVE;
    return new TableWriteSink(
        target,
        new Matching(step.rowId(), replaces, unique),
        step.columnIds(),
        step.fields(),
        step.identities());
  }

  @Override
  public Part open() {
    int[] gone = new int[returned.isPresent() ? Batch.CAPACITY : 0];
    if (columnIds.length == 0) {
      return batch -> delete(batch, gone);
    }
    RowAppender appender = transaction.append(tableId, shape);
    appenders.add(appender);
    TableColumns columns = new TableColumns(shape, columnIds, fields, vectors);
    for (int column : identities) {
      columns.generate(column, count -> target.identities.reserve(tableId, count));
    }
    return batch -> {
      if (matching.rowIdVector >= 0) {
        delete(batch, gone);
      }
      if (batch.selectedCount > 0) {
        appender.append(columns.arrange(batch));
        returned.ifPresent(rows -> hand(rows, columns.written(), batch));
      }
    };
  }

  /// Notes the rows to delete and leaves those live that are to be appended: new rows, and what
  /// replaces rows that were not noted before.
  ///
  /// @param gone room for the rows that are deleted for good, if these are wanted
  private void delete(Batch batch, int[] gone) {
    LongVector named = (LongVector) batch.vectors[matching.rowIdVector];
    if (!matching.replaces && !matching.unique && gone.length == 0 && !named.hasNulls) {
      synchronized (deleted) {
        deleted.addAll(named.values, selection(batch), batch.selectedCount);
      }
      batch.selectedCount = 0;
      return;
    }
    int count = 0;
    synchronized (deleted) {
      int kept = 0;
      for (int i = 0; i < batch.selectedCount; i++) {
        int row = batch.row(i);
        boolean first = named.isNull(row) || deleteRow(named.values[row]);
        if (first && (matching.replaces || named.isNull(row))) {
          batch.selection[kept++] = row;
        } else if (first && gone.length > 0) {
          gone[count++] = row;
        }
      }
      batch.dense = batch.dense && kept == batch.selectedCount;
      batch.selectedCount = kept;
    }
    if (count > 0) {
      Vector[] vectors = Arrays.copyOfRange(batch.vectors, 1, batch.vectors.length);
      returned.orElseThrow().hand(vectors, gone, count);
    }
  }

  private static int[] selection(Batch batch) {
    if (batch.dense) {
      for (int i = 0; i < batch.selectedCount; i++) {
        batch.selection[i] = i;
      }
    }
    return batch.selection;
  }

  /// Hands over rows that have been appended, and what came along with them.
  private void hand(ChangedRows rows, Vector[] written, Batch batch) {
    int first = written.length + (matching.rowIdVector >= 0 ? 1 : 0);
    Vector[] vectors = Arrays.copyOf(written, written.length + batch.vectors.length - first);
    System.arraycopy(batch.vectors, first, vectors, written.length, batch.vectors.length - first);
    int[] live = new int[batch.selectedCount];
    for (int i = 0; i < live.length; i++) {
      live[i] = batch.row(i);
    }
    rows.hand(vectors, live, live.length);
  }

  /// True if no row has named this one before.
  private boolean deleteRow(long id) {
    boolean first = deleted.add(id);
    if (!first && matching.unique) {
      throw new SqlException(
          SqlState.CARDINALITY_VIOLATION, "Found multiple matches to update the same tuple.");
    }
    return first;
  }

  @Override
  public long finish(Parallel parallel) {
    AtomicLong counted = new AtomicLong();
    parallel.run(appenders.size(), worker -> counted.addAndGet(appenders.get(worker).finish()));
    long appended = counted.get();
    deleted.forEach((rows, rowset) -> transaction.delete(tableId, rowset, rows));
    return matching.replaces ? appended : appended + deleted.size();
  }

  @Override
  public void abort() {
    appenders.forEach(RowAppender::abort);
  }

  @Override
  public boolean satisfied() {
    return false;
  }

  @Override
  public boolean waitsForClient() {
    return false;
  }
}
