package io.redward.functions.cast;

import static io.redward.foundation.types.Physical.BYTES;
import static io.redward.foundation.types.Physical.INT;
import static io.redward.foundation.types.Physical.LONG;

import io.redward.foundation.batch.ValueOut;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.text.Civil;
import io.redward.functions.text.Dates;
import io.redward.functions.text.Intervals;
import io.redward.functions.text.Times;
import io.redward.functions.text.Timestamps;
import io.redward.functions.text.Zones;
import java.util.Optional;

/// Datetimes and intervals from and to strings and each other, in the time zone UTC.
public final class DatetimeCasts {
  private DatetimeCasts() {}

  static Optional<CastImplementation> toText(TypeKind from, int length, int strict) {
    return switch (from) {
      case DATE -> cast("dateToText", INT, BYTES, length, strict);
      case TIME -> cast("timeToText", LONG, BYTES, length, strict);
      case TIMETZ -> cast("timetzToText", LONG, BYTES, length, strict);
      case TIMESTAMP -> cast("timestampToText", LONG, BYTES, length, strict);
      case TIMESTAMPTZ -> cast("timestamptzToText", LONG, BYTES, length, strict);
      case INTERVAL_YEAR_MONTH -> cast("monthsToText", INT, BYTES, length, strict);
      case INTERVAL_DAY_SECOND -> cast("microsToText", LONG, BYTES, length, strict);
      default -> Optional.empty();
    };
  }

  static Optional<CastImplementation> fromText(TypeKind to) {
    return switch (to) {
      case DATE -> cast("toDate", BYTES, INT);
      case TIME -> cast("toTime", BYTES, LONG);
      case TIMETZ -> cast("toTimetz", BYTES, LONG);
      case TIMESTAMP -> cast("toTimestamp", BYTES, LONG);
      case TIMESTAMPTZ -> cast("toTimestamptz", BYTES, LONG);
      case INTERVAL_YEAR_MONTH -> cast("toMonths", BYTES, INT);
      case INTERVAL_DAY_SECOND -> cast("toMicros", BYTES, LONG);
      default -> Optional.empty();
    };
  }

  /// Between two datetime types, or TIME and INTERVAL DAY TO SECOND.
  static Optional<CastImplementation> implementation(SqlType from, SqlType to) {
    boolean isInstant = to.kind() == TypeKind.TIMESTAMP || to.kind() == TypeKind.TIMESTAMPTZ;
    return switch (from.kind()) {
      case DATE -> isInstant ? cast("dateToTimestamp", INT, LONG) : Optional.empty();
      case TIMESTAMP, TIMESTAMPTZ ->
          switch (to.kind()) {
            case DATE -> cast("timestampToDate", LONG, INT);
            case TIME -> cast("timestampToTime", LONG, LONG);
            case TIMETZ -> cast("timestampToTimetz", LONG, LONG);
            default -> Optional.empty();
          };
      case TIME ->
          to.kind() == TypeKind.TIMETZ ? cast("timeToTimetz", LONG, LONG) : Optional.empty();
      case TIMETZ ->
          to.kind() == TypeKind.TIME ? cast("timetzToTime", LONG, LONG) : Optional.empty();
      case INTERVAL_DAY_SECOND ->
          to.kind() == TypeKind.TIME ? cast("timestampToTime", LONG, LONG) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<CastImplementation> cast(
      String method, Physical from, Physical to, int... trailing) {
    return Optional.of(CastCatalog.cast(DatetimeCasts.class, method, from, to, trailing));
  }

  public static int toDate(byte[] page, int offset, int length) {
    return Dates.parse(page, offset, length);
  }

  public static long toTime(byte[] page, int offset, int length) {
    return Times.parse(page, offset, length);
  }

  public static long toTimetz(byte[] page, int offset, int length) {
    return Times.parseZoned(page, offset, length, Zones.UTC, 0);
  }

  public static long toTimestamp(byte[] page, int offset, int length) {
    return Timestamps.parse(page, offset, length);
  }

  public static long toTimestamptz(byte[] page, int offset, int length) {
    return Timestamps.parseZoned(page, offset, length, Zones.UTC);
  }

  public static int toMonths(byte[] page, int offset, int length) {
    return Intervals.parseMonths(page, offset, length);
  }

  public static long toMicros(byte[] page, int offset, int length) {
    return Intervals.parseMicros(page, offset, length);
  }

  public static void dateToText(int days, int limit, int strict, ValueOut out) {
    byte[] buffer = out.scratch(Dates.LONGEST);
    TextCasts.varchar(buffer, 0, Dates.put(buffer, 0, days), limit, strict, out);
  }

  public static void timeToText(long micros, int limit, int strict, ValueOut out) {
    byte[] buffer = out.scratch(Times.LONGEST);
    TextCasts.varchar(buffer, 0, Times.put(buffer, 0, micros), limit, strict, out);
  }

  public static void timetzToText(long packed, int limit, int strict, ValueOut out) {
    byte[] buffer = out.scratch(Times.LONGEST);
    TextCasts.varchar(buffer, 0, Times.putZoned(buffer, 0, packed), limit, strict, out);
  }

  public static void timestampToText(long micros, int limit, int strict, ValueOut out) {
    byte[] buffer = out.scratch(Timestamps.LONGEST);
    TextCasts.varchar(buffer, 0, Timestamps.put(buffer, 0, micros), limit, strict, out);
  }

  public static void timestamptzToText(long micros, int limit, int strict, ValueOut out) {
    byte[] buffer = out.scratch(Timestamps.LONGEST);
    int length = Timestamps.putZoned(buffer, 0, micros, Zones.UTC);
    TextCasts.varchar(buffer, 0, length, limit, strict, out);
  }

  public static void monthsToText(int months, int limit, int strict, ValueOut out) {
    byte[] buffer = out.scratch(Intervals.LONGEST);
    TextCasts.varchar(buffer, 0, Intervals.putMonths(buffer, 0, months), limit, strict, out);
  }

  public static void microsToText(long micros, int limit, int strict, ValueOut out) {
    byte[] buffer = out.scratch(Intervals.LONGEST);
    TextCasts.varchar(buffer, 0, Intervals.putMicros(buffer, 0, micros), limit, strict, out);
  }

  public static long dateToTimestamp(int days) {
    return days * Civil.MICROS_PER_DAY;
  }

  public static int timestampToDate(long micros) {
    return Civil.dayOf(micros);
  }

  public static long timestampToTime(long micros) {
    return Civil.timeOf(micros);
  }

  public static long timestampToTimetz(long micros) {
    return Times.pack(Civil.timeOf(micros), 0);
  }

  public static long timeToTimetz(long micros) {
    return Times.pack(micros, 0);
  }

  public static long timetzToTime(long packed) {
    return Times.localMicros(packed);
  }
}
