package io.redward.load.format;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.text.Dates;
import io.redward.functions.text.Times;
import io.redward.functions.text.Timestamps;
import io.redward.spi.CopyRequest.Conversion;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.Optional;

/// Dates and times of a column: what a cast from text takes, seconds or milliseconds since 1970, or
/// the pattern of DATEFORMAT and TIMEFORMAT. Fields without a zone are UTC.
final class TemporalFields {
  private static final ZoneRules UTC = ZoneOffset.UTC.getRules();

  private final SqlType type;
  private final boolean epochSeconds;
  private final boolean epochMillis;
  private final Optional<FieldPattern> pattern;

  TemporalFields(SqlType type, Conversion conversion) {
    this.type = type;
    String format =
        type.kind() == TypeKind.DATE ? conversion.dateFormat() : conversion.timeFormat();
    String word = format.toLowerCase(Locale.ROOT);
    epochSeconds = word.equals("epochsecs");
    epochMillis = word.equals("epochmillisecs");
    boolean plain = word.isEmpty() || word.equals("auto") || epochSeconds || epochMillis;
    pattern = plain ? Optional.empty() : Optional.of(FieldPattern.of(format));
  }

  /// Days of a DATE, else the `long` of the type.
  long parse(byte[] bytes, int offset, int length) {
    if (epochSeconds || epochMillis) {
      return epoch(bytes, offset, length);
    }
    if (pattern.isPresent()) {
      return pattern.get().parse(type, FieldConverter.ascii(bytes, offset, length));
    }
    try {
      return switch (type.kind()) {
        case DATE -> Dates.parse(bytes, offset, length);
        case TIME -> Times.parse(bytes, offset, length);
        case TIMETZ -> Times.parseZoned(bytes, offset, length, UTC, 0);
        case TIMESTAMP -> Timestamps.parse(bytes, offset, length);
        default -> Timestamps.parseZoned(bytes, offset, length, UTC);
      };
    } catch (SqlException e) {
      throw invalid(type);
    }
  }

  static FieldError invalid(SqlType type) {
    return type.kind() == TypeKind.DATE
        ? new FieldError(FieldError.INVALID_DATE, "Invalid Date Format - length must be 10 or more")
        : new FieldError(FieldError.INVALID_TIMESTAMP, "Invalid timestamp format or value");
  }

  private long epoch(byte[] bytes, int offset, int length) {
    try {
      double units = Double.parseDouble(FieldConverter.ascii(bytes, offset, length));
      return Math.round(units * (epochSeconds ? 1e6 : 1e3));
    } catch (NumberFormatException e) {
      throw invalid(type);
    }
  }
}
