package io.redward.load.shapefile;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.load.columnar.MalformedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The rows of a `.dbf` file (dBASE III): fields of fixed widths, as text. Closes its stream.
final class DbfStream implements AutoCloseable {
  private static final int HEADER_BYTES = 32;
  private static final int FIELD_BYTES = 32;
  private static final int END_OF_FIELDS = 0x0D;
  private static final byte DELETED = '*';

  private record Field(char type, int offset, int length) {}

  private final InputStream in;
  private final List<Field> fields = new ArrayList<>();
  private byte[] row = new byte[0];

  DbfStream(InputStream in) throws IOException {
    this.in = in;
    byte[] header = in.readNBytes(HEADER_BYTES);
    if (header.length < HEADER_BYTES) {
      throw new MalformedFile("it is too short");
    }
    ByteBuffer sizes = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    int headerBytes = Short.toUnsignedInt(sizes.getShort(8));
    int rowBytes = Short.toUnsignedInt(sizes.getShort(10));
    byte[] described = in.readNBytes(Math.max(0, headerBytes - HEADER_BYTES));
    int offset = 1;
    for (int at = 0;
        at + FIELD_BYTES <= described.length && described[at] != END_OF_FIELDS;
        at += FIELD_BYTES) {
      char type = (char) described[at + 11];
      int length = Byte.toUnsignedInt(described[at + 16]);
      if ("CNFLD".indexOf(type) < 0) {
        throw new SqlException(
                SqlState.FEATURE_NOT_SUPPORTED,
                "field \"" + name(described, at) + "\" of the dBASE file has the type " + type)
            .withHint("Supported are C, N, F, L and D.");
      }
      fields.add(new Field(type, offset, length));
      offset += length;
    }
    if (described.length < headerBytes - HEADER_BYTES || offset != rowBytes) {
      throw new MalformedFile("its rows are not as long as its fields");
    }
    row = new byte[rowBytes];
  }

  private static String name(byte[] described, int at) {
    return new String(described, at, 11, StandardCharsets.US_ASCII).replaceFirst("\0.*", "");
  }

  int fieldCount() {
    return fields.size();
  }

  /// Goes to the next row.
  void next() throws IOException {
    if (in.readNBytes(row, 0, row.length) < row.length) {
      throw new MalformedFile("it has fewer rows than the geometries");
    }
  }

  /// Whether the row counts no more.
  boolean isDeleted() {
    return row[0] == DELETED;
  }

  /// A field's text as other files would have it; empty for NULL.
  byte[] text(int index) {
    Field field = fields.get(index);
    int from = field.offset();
    int to = from + field.length();
    while (to > from && (row[to - 1] == ' ' || row[to - 1] == 0)) {
      to--;
    }
    while (field.type() != 'C' && from < to && row[from] == ' ') {
      from++;
    }
    byte[] text = Arrays.copyOfRange(row, from, to);
    return switch (field.type()) {
      case 'L' -> truth(text);
      case 'D' -> date(text);
      case 'N', 'F' -> text.length > 0 && text[0] == '*' ? new byte[0] : text;
      default -> text;
    };
  }

  private static byte[] truth(byte[] text) {
    return switch (text.length == 0 ? '?' : (char) text[0]) {
      case 'T', 't', 'Y', 'y' -> new byte[] {'t'};
      case 'F', 'f', 'N', 'n' -> new byte[] {'f'};
      default -> new byte[0];
    };
  }

  private static byte[] date(byte[] text) {
    String digits = new String(text, StandardCharsets.ISO_8859_1);
    if (digits.length() != 8 || digits.equals("00000000")) {
      return digits.equals("00000000") ? new byte[0] : text;
    }
    return (digits.substring(0, 4) + "-" + digits.substring(4, 6) + "-" + digits.substring(6))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
