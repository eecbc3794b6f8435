package io.redward.compute.step;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Physical;
import io.redward.plan.step.Field;
import io.redward.storage.table.TableShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/// Brings batches of a statement's columns into the table's own order and form, and refuses NULLs
/// in columns that are NOT NULL. One worker's.
final class TableColumns {
  private final List<Field> fields;
  private final int[] vectors;
  private final int[] places;
  private final Batch row;
  private final Vector[] written;
  private final Map<Integer, IdentityColumn> generated = new HashMap<>();

  /// @param fields the written columns as the table declares them, parallel to `columnIds`
  /// @param vectors by written column: its vector in incoming batches
  TableColumns(TableShape shape, int[] columnIds, List<Field> fields, int[] vectors) {
    this.fields = fields;
    this.vectors = vectors;
    written = new Vector[fields.size()];
    places = new int[shape.columns().size()];
    List<Physical> forms = shape.columns().stream().map(c -> c.type().physical()).toList();
    row = new Batch(forms);
    for (int place = 0; place < places.length; place++) {
      places[place] = indexOf(columnIds, shape.columns().get(place).id());
      if (places[place] < 0) {
        Vector absent = row.vectors[place];
        absent.hasNulls = true;
      }
    }
  }

  private static int indexOf(int[] columnIds, int id) {
    for (int i = 0; i < columnIds.length; i++) {
      if (columnIds[i] == id) {
        return i;
      }
    }
    return -1;
  }

  /// Makes written column `index` one whose NULLs are replaced by identity values.
  ///
  /// @param ranges given a count: the first of as many new values, and their step
  void generate(int index, LongFunction<long[]> ranges) {
    generated.put(index, new IdentityColumn(fields.get(index).type(), ranges));
  }

  /// The batch in table form; it shares the vectors of `batch`. Valid until the next call.
  Batch arrange(Batch batch) {
    for (int i = 0; i < written.length; i++) {
      Vector given = batch.vectors[vectors[i]];
      IdentityColumn identity = generated.get(i);
      written[i] = identity == null ? given : identity.fill(given, batch);
      if (!fields.get(i).nullable()) {
        refuseNulls(fields.get(i), written[i], batch);
      }
    }
    for (int place = 0; place < places.length; place++) {
      if (places[place] >= 0) {
        row.vectors[place] = written[places[place]];
      }
    }
    row.dense = batch.dense;
    row.selectedCount = batch.selectedCount;
    if (!batch.dense) {
      System.arraycopy(batch.selection, 0, row.selection, 0, batch.selectedCount);
    }
    return row;
  }

  /// The written columns of the batch that was arranged last, with generated values.
  Vector[] written() {
    return written;
  }

  private static void refuseNulls(Field field, Vector vector, Batch batch) {
    if (!vector.hasNulls) {
      return;
    }
    for (int i = 0; i < batch.selectedCount; i++) {
      if (vector.isNull(batch.row(i))) {
        throw new SqlException(
            SqlState.NOT_NULL_VIOLATION, "Cannot insert a NULL value into column " + field.name());
      }
    }
  }
}
