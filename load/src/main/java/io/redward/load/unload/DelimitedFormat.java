package io.redward.load.unload;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.Vector;
import io.redward.spi.UnloadRequest.Format;
import io.redward.spi.ValueText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Fields between delimiters, all or none of them quoted.
final class DelimitedFormat implements RowFormat {
  private final Format.Delimited format;
  private final byte[] nullText;

  DelimitedFormat(Format.Delimited format) {
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

  private void field(byte[] bytes, int length, ByteArrayOutputStream out) {
    if (format.addQuotes()) {
      out.write('"');
    }
    for (int i = 0; i < length; i++) {
      byte b = bytes[i];
      if (format.escape() && isSpecial(b)) {
        out.write('\\');
      } else if (format.addQuotes() && b == '"') {
        out.write('"');
      }
      out.write(b);
    }
    if (format.addQuotes()) {
      out.write('"');
    }
  }

  private boolean isSpecial(byte b) {
    return b == '\n'
        || b == '\r'
        || b == '\\'
        || b == format.delimiter()
        || format.addQuotes() && (b == '"' || b == '\'');
  }
}
