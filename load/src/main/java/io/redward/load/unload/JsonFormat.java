package io.redward.load.unload;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.SqlType;
import io.redward.spi.ValueText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// One JSON object a line: numbers and SUPER values as they are, booleans as `true` and `false`,
/// all else as strings.
final class JsonFormat implements RowFormat {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  @Override
  public void header(Fields fields, ByteArrayOutputStream out) {
    throw new IllegalStateException("JSON files have no header");
  }

  @Override
  public void row(Fields fields, Batch batch, int row, ValueText text, ByteArrayOutputStream out) {
    out.write('{');
    for (int i = 0; i < fields.indexes().length; i++) {
      if (i > 0) {
        out.write(',');
      }
      byte[] name = fields.columns().get(i).name().getBytes(StandardCharsets.UTF_8);
      string(name, name.length, out);
      out.write(':');
      Vector vector = batch.vectors[fields.indexes()[i]];
      if (vector.isNull(row)) {
        out.write(NULL, 0, NULL.length);
      } else {
        SqlType type = fields.columns().get(i).type();
        int length = text.put(type, vector, row);
        value(type, text.bytes(), length, out);
      }
    }
    out.write('}');
    out.write('\n');
  }

  private static void value(SqlType type, byte[] bytes, int length, ByteArrayOutputStream out) {
    switch (type.kind()) {
      case BOOLEAN -> {
        byte[] word = (bytes[0] == 't' ? "true" : "false").getBytes(StandardCharsets.US_ASCII);
        out.write(word, 0, word.length);
      }
      case SMALLINT, INTEGER, BIGINT, DECIMAL, SUPER -> out.write(bytes, 0, length);
      case REAL, DOUBLE -> {
        // NaN and the infinities are no JSON numbers.
        if (bytes[0] == 'N' || bytes[length - 1] == 'y') {
          string(bytes, length, out);
        } else {
          out.write(bytes, 0, length);
        }
      }
      default -> string(bytes, length, out);
    }
  }

  static void string(byte[] bytes, int length, ByteArrayOutputStream out) {
    out.write('"');
    for (int i = 0; i < length; i++) {
      byte b = bytes[i];
      switch (b) {
        case '"', '\\' -> {
          out.write('\\');
          out.write(b);
        }
        case '\n' -> escaped('n', out);
        case '\r' -> escaped('r', out);
        case '\t' -> escaped('t', out);
        default -> {
          if (b >= 0 && b < ' ') {
            escaped('u', out);
            out.write('0');
            out.write('0');
            out.write(HEX[b >> 4]);
            out.write(HEX[b & 15]);
          } else {
            out.write(b);
          }
        }
      }
    }
    out.write('"');
  }

  private static void escaped(char letter, ByteArrayOutputStream out) {
    out.write('\\');
    out.write(letter);
  }
}
