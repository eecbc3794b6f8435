package io.redward.load.unload;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.Vector;
import io.redward.spi.UnloadRequest.Format;
import io.redward.spi.ValueText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Fields of fixed widths, padded with blanks; a value that does not fit is an error.
final class FixedWidthFormat implements RowFormat {
  private final Format.FixedWidth format;
  private final byte[] nullText;

  FixedWidthFormat(Format.FixedWidth format) {
    this.format = format;
    nullText = format.nullText().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void header(Fields fields, ByteArrayOutputStream out) {
    throw new IllegalStateException("fixed-width files have no header");
  }

  @Override
  public void row(Fields fields, Batch batch, int row, ValueText text, ByteArrayOutputStream out) {
    for (int i = 0; i < fields.indexes().length; i++) {
      Vector vector = batch.vectors[fields.indexes()[i]];
      byte[] bytes = nullText;
      int length = nullText.length;
      if (!vector.isNull(row)) {
        length = text.put(fields.columns().get(i).type(), vector, row);
        bytes = text.bytes();
      }
      int width = format.widths().get(i);
      if (length > width) {
        throw new SqlException(
            SqlState.STRING_DATA_RIGHT_TRUNCATION,
            "a value of column \"%s\" has %d bytes and does not fit its width of %d"
                .formatted(fields.columns().get(i).name(), length, width));
      }
      out.write(bytes, 0, length);
      for (int blanks = width - length; blanks > 0; blanks--) {
        out.write(' ');
      }
    }
    out.write('\n');
  }
}
