package io.redward.functions.datetime;

import static io.redward.functions.signature.ParameterType.BIGINT;
import static io.redward.functions.signature.ParameterType.DATE;
import static io.redward.functions.signature.ParameterType.DATE_PART;
import static io.redward.functions.signature.ParameterType.STRING;
import static io.redward.functions.signature.ParameterType.TIME;
import static io.redward.functions.signature.ParameterType.TIMESTAMP;
import static io.redward.functions.signature.ParameterType.TIMESTAMPTZ;
import static io.redward.functions.signature.ParameterType.TIMETZ;

import io.redward.foundation.types.SqlType;
import io.redward.functions.cast.DatetimeCasts;
import io.redward.functions.signature.Family;
import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.signature.ParameterType;
import io.redward.functions.signature.Placement;
import java.util.ArrayList;
import java.util.List;

/// DATEADD, DATEDIFF, months, and comparisons.
final class ShiftTable {
  private static final String ADD = "A time some parts later, or earlier for a negative number.";
  private static final String DIFFERENCE =
      "How many boundaries of a part lie between two times; weeks begin on Sunday.";

  private ShiftTable() {}

  static List<FunctionDefinition> definitions() {
    List<FunctionDefinition> all = new ArrayList<>(additions());
    all.addAll(differences());
    all.addAll(months());
    all.addAll(comparisons());
    return all;
  }

  private static List<FunctionDefinition> additions() {
    Family f = new Family("datetime", Shifts.class);
    f.function("dateadd", "date_add")
        .takes(DATE_PART, BIGINT, TIMESTAMP)
        .gives(SqlType.TIMESTAMP)
        .by("add")
        .says(ADD)
        .example("dateadd(month, 18, '2008-02-28')", "2009-08-28 00:00:00")
        .example("dateadd(month, 1, '2008-01-31')", "2008-02-29 00:00:00")
        .example("dateadd(m, -90, '2008-02-28 00:30:00')", "2008-02-27 23:00:00");
    f.function("dateadd", "date_add")
        .takes(DATE_PART, BIGINT, DATE)
        .gives(SqlType.TIMESTAMP)
        .by("addToDate")
        .says(ADD)
        .example("dateadd(day, 30, date '2008-11-01')", "2008-12-01 00:00:00");
    f.function("dateadd", "date_add")
        .takes(DATE_PART, BIGINT, TIMESTAMPTZ)
        .gives(SqlType.TIMESTAMPTZ)
        .withZone()
        .by("addToInstant")
        .says(ADD)
        .example(
            "dateadd(hour, 2, timestamptz '2008-02-28 23:00:00+00')", "2008-02-29 01:00:00+00");
    f.function("dateadd", "date_add")
        .takes(DATE_PART, BIGINT, TIME)
        .gives(SqlType.TIME)
        .by("addToTime")
        .says(ADD)
        .example("dateadd(hour, 12, time '13:24:55')", "01:24:55");
    f.function("dateadd", "date_add")
        .takes(DATE_PART, BIGINT, TIMETZ)
        .gives(SqlType.TIMETZ)
        .by("addToTimetz")
        .says(ADD)
        .example("dateadd(hour, 2, timetz '13:24:55 PST')", "23:24:55+00");
    return f.definitions();
  }

  private static List<FunctionDefinition> differences() {
    Family f = new Family("datetime", Shifts.class);
    f.function("datediff", "date_diff")
        .takes(DATE_PART, TIMESTAMP, TIMESTAMP)
        .gives(SqlType.BIGINT)
        .by("difference")
        .says(DIFFERENCE)
        .example("datediff(week, '2009-01-01', '2009-12-31')", "52")
        .example("datediff(hour, '2023-01-01', '2023-01-03 05:04:03')", "53")
        .example("datediff(year, '2008-12-31', '2009-01-01')", "1");
    f.function("datediff", "date_diff")
        .takes(DATE_PART, DATE, DATE)
        .gives(SqlType.BIGINT)
        .by("differenceOfDates")
        .says(DIFFERENCE)
        .example("datediff(qtr, date '1998-07-01', date '2008-06-05')", "39")
        .example("datediff(day, date '2009-01-01', date '2009-03-23')", "81");
    f.function("datediff", "date_diff")
        .takes(DATE_PART, TIMESTAMPTZ, TIMESTAMPTZ)
        .gives(SqlType.BIGINT)
        .withZone()
        .by("differenceOfInstants")
        .says(DIFFERENCE)
        .example(
            "datediff(day, timestamptz '2008-06-01 09:59:59 EST',"
                + " timestamptz '2008-07-04 09:59:59 EST')",
            "33");
    f.function("datediff", "date_diff")
        .takes(DATE_PART, TIME, TIME)
        .gives(SqlType.BIGINT)
        .by("differenceOfTimes")
        .says(DIFFERENCE)
        .example("datediff(minute, time '20:00:00', time '21:00:00')", "60");
    f.function("datediff", "date_diff")
        .takes(DATE_PART, TIMETZ, TIMETZ)
        .gives(SqlType.BIGINT)
        .by("differenceOfTimetz")
        .says(DIFFERENCE)
        .example("datediff(hours, timetz '20:00:00 PST', timetz '00:58:00 EST')", "1");
    return f.definitions();
  }

  private static List<FunctionDefinition> months() {
    Family f = new Family("datetime", Shifts.class);
    f.function("add_months")
        .takes(TIMESTAMP, BIGINT)
        .gives(SqlType.TIMESTAMP)
        .by("addMonthsToEnd")
        .says("Some months later; from the last day of a month to the last day of another.")
        .example("add_months('2008-04-30', 1)", "2008-05-31 00:00:00");
    f.function("add_months")
        .takes(DATE, BIGINT)
        .gives(SqlType.TIMESTAMP)
        .by("addMonthsToDate")
        .says("Some months later; from the last day of a month to the last day of another.")
        .example("add_months(date '2008-01-15', -2)", "2007-11-15 00:00:00");
    f.function("age")
        .takes(TIMESTAMP, TIMESTAMP)
        .gives(SqlType.varchar(Ages.LONGEST))
        .by(Ages.class, "between")
        .on(Placement.LEADER_ONLY)
        .says(
            "The years, months, days and time from the second timestamp to the first, as a text:"
                + " an interval has months or seconds, not both.")
        .example("age(timestamp '2001-04-10', timestamp '1957-06-13')", "43 years 9 mons 27 days")
        .example(
            "age(timestamp '2020-01-31 10:00:00', timestamp '2020-03-01')", "-1 mon -14:00:00");
    f.function("months_between")
        .takes(TIMESTAMP, TIMESTAMP)
        .gives(SqlType.DOUBLE)
        .by("monthsBetween")
        .says("The months from the second date to the first, a rest counting 31 days a month.")
        .example("months_between('1969-01-18', '1969-03-18')", "-2")
        .example("months_between('2014-08-31', '2014-09-30')", "-1");
    f.function("last_day")
        .takes(TIMESTAMP)
        .gives(SqlType.DATE)
        .by("lastDayOfTimestamp")
        .says("The last day of the month.")
        .example("last_day(timestamp '2008-02-10 12:00:00')", "2008-02-29");
    f.function("last_day")
        .takes(DATE)
        .gives(SqlType.DATE)
        .by("lastDay")
        .says("The last day of the month.")
        .example("last_day(date '2009-02-10')", "2009-02-28");
    f.function("next_day")
        .takes(DATE, STRING)
        .gives(SqlType.DATE)
        .by("nextDay")
        .says("The first day of a name after a date.")
        .example("next_day('2014-08-20', 'Tuesday')", "2014-08-26");
    f.function("next_day")
        .takes(TIMESTAMP, STRING)
        .gives(SqlType.DATE)
        .by("nextDayOfTimestamp")
        .says("The first day of a name after a date.")
        .example("next_day(timestamp '2014-08-20 10:00:00', 'We')", "2014-08-27");
    f.function("trunc")
        .takes(TIMESTAMP)
        .gives(SqlType.DATE)
        .by(DatetimeCasts.class, "timestampToDate")
        .says("The date of a timestamp.")
        .example("trunc(timestamp '2011-07-21 10:32:38.248109')", "2011-07-21");
    return f.definitions();
  }

  private static List<FunctionDefinition> comparisons() {
    Family f = new Family("datetime", Shifts.class);
    f.function("date_cmp")
        .takes(DATE, DATE)
        .gives(SqlType.INTEGER)
        .by("compareDates")
        .says("-1, 0 or 1 as the first date is earlier, equal or later.")
        .example("date_cmp('2008-01-01', '2008-01-04')", "-1");
    compare(f, "date_cmp_timestamp", DATE, TIMESTAMP);
    compare(f, "timestamp_cmp", TIMESTAMP, TIMESTAMP);
    compare(f, "timestamp_cmp_date", TIMESTAMP, DATE);
    compare(f, "date_cmp_timestamptz", DATE, TIMESTAMPTZ);
    compare(f, "timestamp_cmp_timestamptz", TIMESTAMP, TIMESTAMPTZ);
    compare(f, "timestamptz_cmp", TIMESTAMPTZ, TIMESTAMPTZ);
    compare(f, "timestamptz_cmp_date", TIMESTAMPTZ, DATE);
    compare(f, "timestamptz_cmp_timestamp", TIMESTAMPTZ, TIMESTAMP);
    f.function("interval_cmp")
        .takes(STRING, STRING)
        .gives(SqlType.INTEGER)
        .by(Operators.class, "compareIntervals")
        .says("-1, 0 or 1 as the first interval is shorter, equal or longer.")
        .example("interval_cmp('3 days', '1 year')", "-1");
    return f.definitions();
  }

  /// Both arguments are converted to the one type that holds both.
  private static void compare(Family f, String name, ParameterType a, ParameterType b) {
    boolean isZoned = a == TIMESTAMPTZ || b == TIMESTAMPTZ;
    ParameterType common = isZoned ? TIMESTAMPTZ : TIMESTAMP;
    f.function(name)
        .takes(common, common)
        .gives(SqlType.INTEGER)
        .by("compare")
        .says("-1, 0 or 1 as the first moment is earlier, equal or later.")
        .example(name + "(" + literal(a) + ", " + literal(b) + ")", "0");
  }

  private static String literal(ParameterType type) {
    return type == DATE
        ? "date '2008-01-24'"
        : type == TIMESTAMP
            ? "timestamp '2008-01-24 00:00:00'"
            : "timestamptz '2008-01-24 00:00:00+00'";
  }
}
