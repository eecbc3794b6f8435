package io.redward.functions.datetime;

import static io.redward.functions.signature.ParameterType.DATE;
import static io.redward.functions.signature.ParameterType.DATE_PART;
import static io.redward.functions.signature.ParameterType.INTERVAL_MICROS;
import static io.redward.functions.signature.ParameterType.INTERVAL_MONTHS;
import static io.redward.functions.signature.ParameterType.STRING;
import static io.redward.functions.signature.ParameterType.TIME;
import static io.redward.functions.signature.ParameterType.TIMESTAMP;
import static io.redward.functions.signature.ParameterType.TIMESTAMPTZ;
import static io.redward.functions.signature.ParameterType.TIMETZ;

import io.redward.foundation.types.SqlType;
import io.redward.functions.signature.Family;
import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.signature.ParameterType;
import java.util.ArrayList;
import java.util.List;

/// EXTRACT and DATE_PART (the parser makes the one into the other), DATE_TRUNC.
///
/// **Differs:** a part of a date or timestamp is a BIGINT, so that `extract(epoch from t) * 1000`
/// does not overflow; documented is INTEGER for EXTRACT and DOUBLE PRECISION for DATE_PART.
final class PartTable {
  private static final String TRUNCATE =
      "The beginning of the part that a time lies in; weeks begin on Monday.";

  private PartTable() {}

  static List<FunctionDefinition> definitions() {
    List<FunctionDefinition> all = new ArrayList<>(dateParts());
    all.addAll(truncation());
    return all;
  }

  private static List<FunctionDefinition> dateParts() {
    Family f = new Family("datetime", Parts.class);
    extracted(f);
    parted(f);
    f.function("date_part_year")
        .takes(DATE)
        .gives(SqlType.INTEGER)
        .by("year")
        .says("The year of a date.")
        .example("date_part_year(date '2022-05-02')", "2022");
    return f.definitions();
  }

  private static void extracted(Family f) {
    extract(f, TIMESTAMP, SqlType.BIGINT, "ofTimestamp")
        .example("extract(hour from timestamp '1998-09-02 17:05:06.789')", "17")
        .example("extract(epoch from timestamp '2050-01-01 00:00:00')", "2524608000");
    extract(f, DATE, SqlType.BIGINT, "ofDays")
        .example("extract(year from date '1998-09-02')", "1998");
    extract(f, TIME, SqlType.INTEGER, "integerOfTime")
        .example("extract(ms from time '18:25:33.123456')", "123");
    extract(f, TIMETZ, SqlType.INTEGER, "integerOfTimetz")
        .example("extract(timezone_hour from timetz '07:37:16 PDT')", "-7");
    extract(f, INTERVAL_MONTHS, SqlType.INTEGER, "integerOfMonths")
        .example("extract(year from interval '30 months' year to month)", "2");
    extract(f, INTERVAL_MICROS, SqlType.INTEGER, "integerOfMicros")
        .example("extract(day from interval '36 hours' day to second)", "1");
    f.function("extract", "datepart")
        .takes(DATE_PART, TIMESTAMPTZ)
        .gives(SqlType.DOUBLE)
        .withZone()
        .by("doubleOfTimestamptz")
        .says("One part of an instant, in the session's time zone.")
        .example("extract(day from timestamptz '1998-09-02 17:05:06+00')", "2");
    f.function("extract", "datepart")
        .takes(STRING, TIMESTAMP)
        .gives(SqlType.BIGINT)
        .by("named")
        .says("One part of a time, where the part is no constant.")
        .example("datepart(lower('MONTH'), timestamp '2022-05-02 00:00:00')", "5");
  }

  private static Family.Entry extract(Family f, ParameterType type, SqlType result, String method) {
    return f.function("extract", "datepart")
        .takes(DATE_PART, type)
        .gives(result)
        .by(method)
        .says("One part of a date or time.");
  }

  private static void parted(Family f) {
    part(f, TIMESTAMP, "doubleOfTimestamp")
        .example("date_part(century, timestamp '2022-05-02 04:05:06.789')", "21")
        .example("date_part(week, timestamp '2008-09-17 00:00:00')", "38")
        .example("date_part(sec, timestamp '2009-09-21 11:10:03.189717')", "3.189717");
    part(f, DATE, "doubleOfDays")
        .example("date_part('dow', date '2022-05-02')", "1")
        .example("date_part(decade, date '1999-02-16')", "200");
    part(f, TIME, "doubleOfTime").example("date_part(minute, time '18:25:33')", "25");
    part(f, TIMETZ, "doubleOfTimetz").example("date_part(hour, timetz '18:25:33 EST')", "18");
    part(f, INTERVAL_MONTHS, "doubleOfMonths")
        .example("date_part(year, interval '30 months' year to month)", "2");
    part(f, INTERVAL_MICROS, "doubleOfMicros")
        .example("date_part(day, interval '36 hours' day to second)", "1");
    part(f, TIMESTAMPTZ, "partOfTimestamptz")
        .withZone()
        .example("date_part(epoch, timestamptz '1970-01-02 00:00:01+00')", "86401");
    f.function("date_part", "pgdate_part")
        .takes(STRING, TIMESTAMP)
        .gives(SqlType.DOUBLE)
        .by("namedDouble")
        .says("One part of a time, where the part is no constant.")
        .example("date_part(lower('MONTH'), timestamp '2022-05-02 00:00:00')", "5");
  }

  private static Family.Entry part(Family f, ParameterType type, String method) {
    return f.function("date_part", "pgdate_part")
        .takes(DATE_PART, type)
        .gives(SqlType.DOUBLE)
        .by(method)
        .says("One part of a date or time, as a DOUBLE PRECISION.");
  }

  private static List<FunctionDefinition> truncation() {
    Family f = new Family("datetime", Parts.class);
    f.function("date_trunc")
        .takes(DATE_PART, TIMESTAMP)
        .gives(SqlType.TIMESTAMP)
        .by("truncate")
        .says(TRUNCATE)
        .example("date_trunc('hour', timestamp '2020-04-30 04:05:06.789')", "2020-04-30 04:00:00")
        .example("date_trunc('week', timestamp '2022-04-30 04:05:06.789')", "2022-04-25 00:00:00");
    f.function("date_trunc")
        .takes(DATE_PART, DATE)
        .gives(SqlType.TIMESTAMP)
        .by("truncateDays")
        .says(TRUNCATE)
        .example("date_trunc('quarter', date '2020-05-30')", "2020-04-01 00:00:00")
        .example("date_trunc('millennium', date '2020-05-30')", "2001-01-01 00:00:00");
    f.function("date_trunc")
        .takes(DATE_PART, TIMESTAMPTZ)
        .gives(SqlType.TIMESTAMPTZ)
        .withZone()
        .by("truncateInstant")
        .says(TRUNCATE)
        .example(
            "date_trunc('day', timestamptz '2020-04-30 04:05:06+00')", "2020-04-30 00:00:00+00");
    f.function("date_trunc")
        .takes(STRING, TIMESTAMP)
        .gives(SqlType.TIMESTAMP)
        .by("truncateNamed")
        .says("The same where the part is no constant.")
        .example(
            "date_trunc(lower('YEAR'), timestamp '2020-04-30 04:05:06')", "2020-01-01 00:00:00");
    return f.definitions();
  }
}
