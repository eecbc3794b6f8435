package io.redward.load.avro;

import io.redward.load.avro.AvroSchema.Primitive;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.io.JsonStringEncoder;

/// Writes Avro values as JSON: dates and times as their texts, decimals as numbers, bytes as the
/// text they are in UTF-8.
final class AvroText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT);
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);
  private static final long MICROS = 1_000_000;

  private final AvroBytes in;
  private final StringBuilder out;

  AvroText(AvroBytes in, StringBuilder out) {
    this.in = in;
    this.out = out;
  }

  void write(AvroSchema schema) throws IOException {
    switch (schema) {
      case AvroSchema.Plain plain -> plain(plain);
      case AvroSchema.Fixed(int size, String logical, int scale) ->
          bytes(in.take(size), logical, scale);
      case AvroSchema.Symbols(List<String> names) -> string(names.get(index(names.size())));
      case AvroSchema.Union(List<AvroSchema> branches) ->
          write(branches.get(index(branches.size())));
      case AvroSchema.Array(AvroSchema items) -> array(items);
      case AvroSchema.Dictionary(AvroSchema values) -> dictionary(values);
      case AvroSchema.Fields(List<String> names, List<AvroSchema> types) -> {
        for (int i = 0; i < names.size(); i++) {
          out.append(i == 0 ? '{' : ',');
          string(names.get(i));
          out.append(':');
          write(types.get(i));
        }
        out.append(names.isEmpty() ? "{}" : "}");
      }
    }
  }

  private int index(int count) throws IOException {
    long index = in.number();
    if (index < 0 || index >= count) {
      throw new IOException("an Avro value is none of its type's " + count + " alternatives");
    }
    return (int) index;
  }

  private void array(AvroSchema items) throws IOException {
    out.append('[');
    boolean first = true;
    for (long count = in.items(); count > 0; count = in.items()) {
      for (long i = 0; i < count; i++) {
        out.append(first ? "" : ",");
        first = false;
        write(items);
      }
    }
    out.append(']');
  }

  private void dictionary(AvroSchema values) throws IOException {
    out.append('{');
    boolean first = true;
    for (long count = in.items(); count > 0; count = in.items()) {
      for (long i = 0; i < count; i++) {
        out.append(first ? "" : ",");
        first = false;
        string(in.string());
        out.append(':');
        write(values);
      }
    }
    out.append('}');
  }

  private void plain(AvroSchema.Plain plain) throws IOException {
    switch (plain.type()) {
      case NULL -> out.append("null");
      case BOOLEAN -> out.append(in.truth());
      case INT, LONG -> number(in.number(), plain.logical());
      case FLOAT -> floating(in.single(), plain.type());
      case DOUBLE -> floating(in.wide(), plain.type());
      case BYTES -> bytes(in.sized(), plain.logical(), plain.scale());
      case STRING -> string(in.string());
    }
  }

  private void floating(double value, Primitive type) {
    if (!Double.isFinite(value)) {
      string(Double.toString(value));
    } else {
      out.append(type == Primitive.FLOAT ? Float.toString((float) value) : Double.toString(value));
    }
  }

  private void number(long value, String logical) {
    switch (logical) {
      case "date" -> string(LocalDate.ofEpochDay(value).toString());
      case "time-millis" -> string(time(value * 1_000));
      case "time-micros" -> string(time(value));
      case "timestamp-millis", "local-timestamp-millis" ->
          string(timestamp(Math.multiplyExact(value, 1_000L)));
      case "timestamp-micros", "local-timestamp-micros" -> string(timestamp(value));
      default -> out.append(value);
    }
  }

  private static String time(long micros) {
    return LocalTime.ofNanoOfDay(Math.floorMod(micros, 86_400 * MICROS) * 1_000).format(TIME);
  }

  private static String timestamp(long micros) {
    Instant instant =
        Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000);
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC).format(TIMESTAMP);
  }

  private void bytes(byte[] bytes, String logical, int scale) {
    if (logical.equals("decimal")) {
      BigInteger unscaled = bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
      out.append(new BigDecimal(unscaled, scale).toPlainString());
    } else {
      string(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  private void string(String value) {
    out.append('"').append(JsonStringEncoder.getInstance().quoteAsCharArray(value)).append('"');
  }
}
