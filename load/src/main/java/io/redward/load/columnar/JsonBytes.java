package io.redward.load.columnar;

import io.redward.foundation.batch.ValueOut;
import io.redward.functions.json.Json;
import io.redward.functions.json.SuperValue;
import io.redward.load.columnar.SourceColumn.Form;
import io.redward.load.format.Utf8;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/// JSON text being written.
public final class JsonBytes {
  private static final long MICROS_OF_DAY = 86_400_000_000L;
  private static final double WHOLE = 1e15;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final ValueOut parsed = new ValueOut();
  private byte[] bytes = new byte[1 << 10];
  private int length;

  /// Where the text is, from 0 on.
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  public void clear() {
    length = 0;
  }

  /// Writes a character of ASCII.
  public void put(char c) {
    room(1);
    bytes[length++] = (byte) c;
  }

  /// Writes a text of ASCII as it is.
  public void put(String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    raw(ascii, 0, ascii.length);
  }

  /// Writes bytes as they are.
  public void raw(byte[] from, int offset, int count) {
    room(count);
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  /// Writes a text that should be JSON without its blanks, or as a string if it is none.
  public void compact(byte[] from, int offset, int count) {
    if (Json.canParse(from, offset, count) == 0) {
      string(from, offset, count);
      return;
    }
    SuperValue.parse(from, offset, count, parsed);
    raw(parsed.page, parsed.offset, parsed.length);
  }

  /// Makes a string of what has been written from a place on.
  public void quoteFrom(int from) {
    byte[] written = Arrays.copyOfRange(bytes, from, length);
    length = from;
    string(written, 0, written.length);
  }

  /// Writes a string in quotes.
  public void string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    string(utf8, 0, utf8.length);
  }

  /// Writes UTF-8 in quotes.
  public void string(byte[] from, int offset, int count) {
    room(count * 6 + 2);
    bytes[length++] = '"';
    for (int i = offset; i < offset + count; i++) {
      byte b = from[i];
      if (b == '"' || b == '\\') {
        bytes[length++] = '\\';
        bytes[length++] = b;
      } else if (b >= 0 && b < ' ') {
        control(b);
      } else {
        bytes[length++] = b;
      }
    }
    bytes[length++] = '"';
  }

  private void control(byte b) {
    bytes[length++] = '\\';
    switch (b) {
      case '\n' -> bytes[length++] = 'n';
      case '\r' -> bytes[length++] = 'r';
      case '\t' -> bytes[length++] = 't';
      default -> {
        bytes[length++] = 'u';
        bytes[length++] = '0';
        bytes[length++] = '0';
        bytes[length++] = HEX[b >> 4];
        bytes[length++] = HEX[b & 15];
      }
    }
  }

  private void room(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
    }
  }

  /// Writes a value of a column.
  public void value(SourceColumn column, ValueBuffer in, int i) {
    switch (column.meaning()) {
      case BOOLEAN -> put(in.longs[i] != 0 ? "true" : "false");
      case INTEGER -> put(Long.toString(in.longs[i]));
      case UNSIGNED ->
          put(
              column.form() == Form.INT
                  ? Long.toString(in.longs[i] & 0xFFFF_FFFFL)
                  : Long.toUnsignedString(in.longs[i]));
      case DECIMAL -> put(decimal(column, in, i).toPlainString());
      case FLOATING -> floating(in.doubles[i], column.form() == Form.FLOAT);
      case DATE -> string(LocalDate.ofEpochDay(in.longs[i]).toString());
      case TIME -> string(time(micros(column, in.longs[i])));
      case TIMESTAMP -> {
        long micros = micros(column, in.longs[i]);
        long day = Math.floorDiv(micros, MICROS_OF_DAY);
        string(LocalDate.ofEpochDay(day) + " " + time(Math.floorMod(micros, MICROS_OF_DAY)));
      }
      case STRING -> {
        if (Utf8.firstInvalid(in.bytes, in.offsets[i], in.lengths[i]) >= 0) {
          throw new MalformedFile("a string of \"" + column.name() + "\" is not UTF-8");
        }
        string(in.bytes, in.offsets[i], in.lengths[i]);
      }
      case JSON, NESTED -> raw(in.bytes, in.offsets[i], in.lengths[i]);
      case UUID -> string(uuid(in, i));
      case BINARY, OTHER ->
          string(HexFormat.of().formatHex(in.bytes, in.offsets[i], in.offsets[i] + in.lengths[i]));
    }
  }

  private static BigDecimal decimal(SourceColumn column, ValueBuffer in, int i) {
    BigInteger unscaled =
        column.form() == Form.BYTES
            ? new BigInteger(in.bytes, in.offsets[i], in.lengths[i])
            : BigInteger.valueOf(in.longs[i]);
    return new BigDecimal(unscaled, column.scale());
  }

  /// The text of sixteen bytes.
  static String uuid(ValueBuffer in, int i) {
    if (in.lengths[i] != 16) {
      throw new MalformedFile("a UUID has " + in.lengths[i] + " bytes");
    }
    long high = 0;
    long low = 0;
    for (int k = 0; k < 8; k++) {
      high = high << 8 | in.bytes[in.offsets[i] + k] & 0xFF;
      low = low << 8 | in.bytes[in.offsets[i] + 8 + k] & 0xFF;
    }
    return new UUID(high, low).toString();
  }

  private void floating(double value, boolean single) {
    if (!Double.isFinite(value)) {
      string(Double.toString(value));
    } else if (value == Math.rint(value) && Math.abs(value) < WHOLE) {
      put(Long.toString((long) value));
    } else {
      put(single ? Float.toString((float) value) : Double.toString(value));
    }
  }

  private static long micros(SourceColumn column, long value) {
    return switch (column.scale()) {
      case 3 -> Math.multiplyExact(value, 1_000L);
      case 9 -> Math.floorDiv(value, 1_000L);
      default -> value;
    };
  }

  private static String time(long micros) {
    LocalTime time = LocalTime.ofNanoOfDay(Math.floorMod(micros, MICROS_OF_DAY) * 1_000);
    String seconds = "%02d:%02d:%02d".formatted(time.getHour(), time.getMinute(), time.getSecond());
    int fraction = time.getNano() / 1_000;
    return fraction == 0
        ? seconds
        : (seconds + ".%06d".formatted(fraction)).replaceFirst("0+$", "");
  }
}
