package io.redward.load.parquet;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Int128;
import io.redward.storage.table.ReadScope;
import io.redward.storage.table.RowAppender;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TableShape;
import io.redward.storage.table.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/// Keeps what is appended and finished as text, a row `a|b|c`.
final class CollectingTransaction implements WriteTransaction {
  private final List<String> rows = new ArrayList<>();

  synchronized List<String> rows() {
    return rows.stream().sorted().toList();
  }

  private synchronized void add(List<String> finished) {
    rows.addAll(finished);
  }

  @Override
  public RowAppender append(long tableId, TableShape shape) {
    return new RowAppender() {
      private final List<String> mine = new ArrayList<>();

      @Override
      public void append(Batch batch) {
        for (int i = 0; i < batch.selectedCount; i++) {
          List<String> values = new ArrayList<>();
          for (Vector vector : batch.vectors) {
            values.add(text(vector, batch.row(i)));
          }
          mine.add(String.join("|", values));
        }
      }

      @Override
      public long finish() {
        add(mine);
        return mine.size();
      }

      @Override
      public void abort() {
        mine.clear();
      }
    };
  }

  private static String text(Vector vector, int row) {
    if (vector.isNull(row)) {
      return "NULL";
    }
    return switch (vector) {
      case IntVector v -> Integer.toString(v.values[row]);
      case LongVector v -> Long.toString(v.values[row]);
      case DoubleVector v -> Double.toString(v.values[row]);
      case Int128Vector v -> new Int128(v.high[row], v.low[row]).toString();
      case BytesVector v -> new String(v.copy(row), StandardCharsets.UTF_8);
    };
  }

  @Override
  public Snapshot view() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void putEntry(String key, byte[] value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void removeEntry(String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void guard(long tableId, ReadScope scope) {}

  @Override
  public void requireUnchanged(String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void delete(long tableId, int rowsetId, int[] rows) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void truncate(long tableId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void share(long tableId, Snapshot source, long sourceTable) {
    throw new UnsupportedOperationException("no snapshots here");
  }

  @Override
  public boolean move(long tableId, long sourceTable) {
    throw new UnsupportedOperationException("no snapshots here");
  }

  @Override
  public void restore(Snapshot source, Predicate<String> kept) {
    throw new UnsupportedOperationException("no snapshots here");
  }

  @Override
  public boolean hasChanges() {
    return !rows.isEmpty();
  }

  @Override
  public OptionalLong commit() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void rollback() {
    rows.clear();
  }
}
