package io.redward.load.parquet;

import io.redward.foundation.batch.Vector;
import io.redward.load.columnar.ColumnConverter;
import io.redward.load.columnar.FieldReader;
import io.redward.load.columnar.ValueBuffer;

/// Reads one column of one row group, which has at most one value a row, into vectors.
final class ColumnReader implements FieldReader {
  private final PageReader pages;
  private final ColumnConverter converter;
  private final ValueBuffer values;
  private final int[] levels = new int[ValueBuffer.SIZE];
  private final int[] rows = new int[ValueBuffer.SIZE];

  ColumnReader(PageReader pages, ParquetColumn column, ColumnConverter converter) {
    this.pages = pages;
    this.converter = converter;
    this.values = column.buffer(ValueBuffer.SIZE);
  }

  @Override
  public void read(Vector out, int count) {
    int done = 0;
    while (done < count) {
      int step = Math.min(pages.available(), count - done);
      int present = present(out, done, step);
      if (present > 0) {
        pages.decode(values, present);
        converter.convert(values, present, rows, out);
      }
      pages.taken(step);
      done += step;
    }
  }

  /// Marks nulls and finds the rows that have values.
  private int present(Vector out, int first, int count) {
    if (!pages.definitions(levels, count)) {
      for (int i = 0; i < count; i++) {
        rows[i] = first + i;
      }
      return count;
    }
    int present = 0;
    for (int i = 0; i < count; i++) {
      if (levels[i] != 0) {
        rows[present++] = first + i;
      } else {
        converter.requireNullable();
        out.setNull(first + i);
      }
    }
    return present;
  }
}
