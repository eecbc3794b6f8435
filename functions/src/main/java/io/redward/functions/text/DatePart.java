package io.redward.functions.text;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The parts of dates and times that DATEADD, DATEDIFF, DATE_PART, DATE_TRUNC, EXTRACT and interval
/// literals name. Plans carry a part as its [#code()].
public enum DatePart {
  MILLENNIUM("millennium millennia mil mils"),
  CENTURY("century centuries c cent cents"),
  DECADE("decade decades dec decs"),
  YEAR("year years y yr yrs"),
  QUARTER("quarter quarters qtr qtrs"),
  MONTH("month months mon mons"),
  WEEK("week weeks w"),
  DAY("day days d"),
  HOUR("hour hours h hr hrs"),
  MINUTE("minute minutes m min mins"),
  SECOND("second seconds s sec secs"),
  MILLISECOND(
      "millisecond milliseconds ms msec msecs msecond mseconds millisec millisecs millisecon"),
  MICROSECOND("microsecond microseconds microsec microsecs usecond useconds us usec usecs"),
  DAY_OF_WEEK("dayofweek dow dw weekday"),
  DAY_OF_YEAR("dayofyear doy dy yearday"),
  EPOCH("epoch"),
  ISO_YEAR("isoyear"),
  ISO_WEEK("isoweek"),
  TIMEZONE("timezone"),
  TIMEZONE_HOUR("timezone_hour"),
  TIMEZONE_MINUTE("timezone_minute"),
  ISO_DAY_OF_WEEK("isodow");

  private static final DatePart[] VALUES = values();
  private static final Map<String, DatePart> BY_NAME = new HashMap<>();

  static {
    for (DatePart part : VALUES) {
      for (String name : part.names) {
        BY_NAME.put(name, part);
      }
    }
  }

  private final List<String> names;

  DatePart(String names) {
    this.names = List.of(names.split(" "));
  }

  /// All names, the full one first.
  public List<String> names() {
    return names;
  }

  /// The part with a name or abbreviation, in any case.
  public static Optional<DatePart> of(String name) {
    return Optional.ofNullable(BY_NAME.get(name.strip().toLowerCase(Locale.ROOT)));
  }

  /// How plans name the part.
  public int code() {
    return ordinal();
  }

  public static DatePart of(int code) {
    return VALUES[code];
  }

  /// How many months one of this part is; 0 if it is not a number of months.
  public int months() {
    return switch (this) {
      case MILLENNIUM -> 12_000;
      case CENTURY -> 1_200;
      case DECADE -> 120;
      case YEAR -> 12;
      case QUARTER -> 3;
      case MONTH -> 1;
      default -> 0;
    };
  }

  /// How many microseconds one of this part is; 0 if it has no fixed length.
  public long micros() {
    return switch (this) {
      case WEEK -> 7 * Civil.MICROS_PER_DAY;
      case DAY, DAY_OF_WEEK, DAY_OF_YEAR, ISO_DAY_OF_WEEK -> Civil.MICROS_PER_DAY;
      case HOUR -> Civil.MICROS_PER_HOUR;
      case MINUTE -> Civil.MICROS_PER_MINUTE;
      case SECOND, EPOCH -> Civil.MICROS_PER_SECOND;
      case MILLISECOND -> 1_000;
      case MICROSECOND -> 1;
      default -> 0;
    };
  }
}
