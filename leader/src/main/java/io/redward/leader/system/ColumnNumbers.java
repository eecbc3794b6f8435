package io.redward.leader.system;

import io.redward.foundation.types.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The numbers `information_schema.columns` gives of a type; null where it has none.
///
/// @param length of strings, in bytes
/// @param precision of numbers: bits, or digits of decimals
public record ColumnNumbers(
    @Nullable Integer length,
    @Nullable Integer precision,
    @Nullable Integer radix,
    @Nullable Integer scale,
    @Nullable Integer datetimePrecision) {
  public static ColumnNumbers of(SqlType type) {
    return switch (type.kind()) {
      case CHAR, VARCHAR -> new ColumnNumbers(type.precision(), null, null, null, null);
      case SMALLINT -> new ColumnNumbers(null, 16, 2, 0, null);
      case INTEGER -> new ColumnNumbers(null, 32, 2, 0, null);
      case BIGINT -> new ColumnNumbers(null, 64, 2, 0, null);
      case DECIMAL -> new ColumnNumbers(null, type.precision(), 10, type.scale(), null);
      case REAL -> new ColumnNumbers(null, 24, 2, null, null);
      case DOUBLE -> new ColumnNumbers(null, 53, 2, null, null);
      case TIME, TIMETZ, TIMESTAMP, TIMESTAMPTZ -> new ColumnNumbers(null, null, null, null, 6);
      default -> new ColumnNumbers(null, null, null, null, null);
    };
  }

  /// Length, precision and scale as SHOW prints them, an empty text where the type has none.
  public List<String> shown() {
    return List.of(shown(length), shown(precision), shown(scale));
  }

  private static String shown(@Nullable Integer number) {
    return number == null ? "" : number.toString();
  }
}
