package io.redward.leader.system;

import io.redward.foundation.types.SqlType;
import io.redward.spi.SystemTable.Column;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A row of a described view, filled by the columns' names; what is not filled is NULL. Values are
/// made to fit the columns: strings are cut, times become microseconds, truth becomes `t` or `f`.
final class ViewRow {
  private final String view;
  private final List<Column> columns;
  private final Map<String, Integer> places;
  private final @Nullable Object[] cells;

  ViewRow(ViewDefinition definition, Map<String, Integer> places) {
    this.view = definition.name();
    this.columns = definition.columns();
    this.places = places;
    this.cells = new Object[columns.size()];
  }

  /// Fills a column.
  ViewRow set(String column, @Nullable Object value) {
    if (!places.containsKey(column)) {
      throw new IllegalArgumentException(view + " has no column " + column);
    }
    return setIfThere(column, value);
  }

  /// Fills a column if the view has it.
  ViewRow setIfThere(String column, @Nullable Object value) {
    Integer place = places.get(column);
    if (place != null) {
      cells[place] = value == null ? null : fitted(value, columns.get(place).type());
    }
    return this;
  }

  /// The row as it is read.
  @Nullable Object[] cells() {
    return cells;
  }

  private static Object fitted(Object value, SqlType type) {
    return switch (type.kind()) {
      case CHAR, VARCHAR -> cut(text(value), type.precision());
      case TEXT, NAME -> text(value);
      case SMALLINT, INTEGER, OID ->
          (int) Math.clamp(number(value), Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BIGINT -> number(value);
      case DOUBLE -> ((Number) value).doubleValue();
      case TIMESTAMP, TIMESTAMPTZ -> value instanceof Instant at ? micros(at) : value;
      case DECIMAL ->
          BigDecimal.valueOf(((Number) value).doubleValue())
              .setScale(type.scale(), RoundingMode.HALF_UP);
      default -> value;
    };
  }

  private static String text(Object value) {
    return value instanceof Boolean truth ? truth ? "t" : "f" : value.toString();
  }

  private static long number(Object value) {
    return value instanceof Boolean truth ? truth ? 1 : 0 : ((Number) value).longValue();
  }

  /// The longest beginning of at most so many bytes of UTF-8.
  static String cut(String text, int bytes) {
    if (text.length() * 3L <= bytes) {
      return text;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length <= bytes) {
      return text;
    }
    int end = bytes;
    while ((utf8[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(utf8, 0, end, StandardCharsets.UTF_8);
  }

  static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }
}
