package io.redward.load.orc;

import io.redward.foundation.batch.Vector;
import io.redward.load.columnar.ColumnConverter;
import io.redward.load.columnar.FieldReader;
import io.redward.load.columnar.ValueBuffer;

/// Reads one column of one stripe, which has no parts, into vectors.
final class OrcColumnReader implements FieldReader {
  private final OrcColumn column;
  private final ColumnConverter converter;
  private final ValueBuffer values;
  private final int[] rows = new int[ValueBuffer.SIZE];

  OrcColumnReader(OrcColumn column, ColumnConverter converter) {
    this.column = column;
    this.converter = converter;
    this.values = column.buffer(ValueBuffer.SIZE);
  }

  @Override
  public void read(Vector out, int count) {
    int present = 0;
    for (int row = 0; row < count; row++) {
      if (column.nextPresent()) {
        rows[present++] = row;
      } else {
        converter.requireNullable();
        out.setNull(row);
      }
    }
    if (present > 0) {
      column.decode(values, present);
      converter.convert(values, present, rows, out);
    }
  }
}
