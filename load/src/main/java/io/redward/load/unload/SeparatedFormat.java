package io.redward.load.unload;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.Vector;
import io.redward.spi.ValueText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A record a line, a delimiter between fields.
abstract sealed class SeparatedFormat implements RowFormat permits CsvFormat, DelimitedFormat {
  final byte[] nullText;
  private final byte delimiter;

  SeparatedFormat(byte delimiter, String nullText) {
    this.delimiter = delimiter;
    this.nullText = nullText.getBytes(StandardCharsets.UTF_8);
  }

  /// Writes a value's text so that it is read back as one field.
  abstract void field(byte[] bytes, int length, ByteArrayOutputStream out);

  @Override
  public void header(Fields fields, ByteArrayOutputStream out) {
    for (int i = 0; i < fields.columns().size(); i++) {
      if (i > 0) {
        out.write(delimiter);
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
        out.write(delimiter);
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
}
