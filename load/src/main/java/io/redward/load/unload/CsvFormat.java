package io.redward.load.unload;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.Vector;
import io.redward.spi.UnloadRequest.Format;
import io.redward.spi.ValueText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Fields quoted where they hold a delimiter, a quote or a line end, quotes doubled.
final class CsvFormat implements RowFormat {
  private final Format.Csv format;
  private final byte[] nullText;

  CsvFormat(Format.Csv format) {
    this.format = format;
    nullText = format.nullText().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void header(Fields fields, ByteArrayOutputStream out) {
    for (int i = 0; i < fields.columns().size(); i++) {
      if (i > 0) {
        out.write(format.delimiter());
      }
      byte[] name = fields.columns().get(i).name().getBytes(StandardCharsets.UTF_8);
      field(name, name.length, out);
    }
    out.write('\n');
  }

  @Override
  public void row(Fields fields, Batch batch, int row, ValueText text, ByteArrayOutputStream out) {
    for (int i = 0; i < fields.indexes().length; i++) {
      if (i > 0) {
        out.write(format.delimiter());
      }
      Vector vector = batch.vectors[fields.indexes()[i]];
      if (vector.isNull(row)) {
        out.write(nullText, 0, nullText.length);
      } else {
        int length = text.put(fields.columns().get(i).type(), vector, row);
        field(text.bytes(), length, out);
      }
    }
    out.write('\n');
  }

  /// What reads like a null text that is not empty is quoted, so that it is not taken for one.
  private void field(byte[] bytes, int length, ByteArrayOutputStream out) {
    boolean quoted =
        length > 0
            && length == nullText.length
            && Arrays.equals(bytes, 0, length, nullText, 0, length);
    for (int i = 0; i < length && !quoted; i++) {
      byte b = bytes[i];
      quoted = b == format.delimiter() || b == format.quote() || b == '\n' || b == '\r';
    }
    if (!quoted) {
      out.write(bytes, 0, length);
      return;
    }
    out.write(format.quote());
    for (int i = 0; i < length; i++) {
      if (bytes[i] == format.quote()) {
        out.write(format.quote());
      }
      out.write(bytes[i]);
    }
    out.write(format.quote());
  }
}
