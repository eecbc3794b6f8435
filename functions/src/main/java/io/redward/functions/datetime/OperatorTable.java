package io.redward.functions.datetime;

import static io.redward.functions.signature.ParameterType.BIGINT;
import static io.redward.functions.signature.ParameterType.DATE;
import static io.redward.functions.signature.ParameterType.DOUBLE;
import static io.redward.functions.signature.ParameterType.INTEGER;
import static io.redward.functions.signature.ParameterType.INTERVAL_MICROS;
import static io.redward.functions.signature.ParameterType.INTERVAL_MONTHS;
import static io.redward.functions.signature.ParameterType.TIME;
import static io.redward.functions.signature.ParameterType.TIMESTAMP;
import static io.redward.functions.signature.ParameterType.TIMESTAMPTZ;
import static io.redward.functions.signature.ParameterType.TIMETZ;

import io.redward.foundation.types.SqlType;
import io.redward.functions.math.Arithmetic;
import io.redward.functions.signature.Family;
import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.signature.ParameterType;
import java.util.List;

/// `+`, `-`, `*` and `/` over datetimes and intervals.
final class OperatorTable {
  private final Family family = new Family("datetime", Operators.class);

  private OperatorTable() {}

  static List<FunctionDefinition> definitions() {
    OperatorTable table = new OperatorTable();
    table.days();
    table.dates();
    table.timestamps();
    table.times();
    table.intervals();
    return table.family.definitions();
  }

  private Family.Entry binary(
      String operator, ParameterType a, ParameterType b, SqlType result, String method) {
    return family.function(operator).takes(a, b).gives(result).by(method);
  }

  private void days() {
    binary("-", DATE, DATE, SqlType.INTEGER, "dateMinusDate")
        .says("The days from the second date to the first.")
        .example("date '2008-03-01' - date '2008-02-01'", "29");
    binary("+", DATE, INTEGER, SqlType.DATE, "datePlusDays")
        .says("A date some days later.")
        .example("date '2008-02-28' + 2", "2008-03-01");
    binary("+", INTEGER, DATE, SqlType.DATE, "daysPlusDate")
        .says("A date some days later.")
        .example("2 + date '2008-02-28'", "2008-03-01");
    binary("-", DATE, INTEGER, SqlType.DATE, "dateMinusDays")
        .says("A date some days earlier.")
        .example("date '2008-03-01' - 1", "2008-02-29");
    binary("+", TIMESTAMP, INTEGER, SqlType.TIMESTAMP, "timestampPlusDays")
        .says("A timestamp some days later.")
        .example("timestamp '2008-02-28 10:00:00' + 1", "2008-02-29 10:00:00");
    binary("-", TIMESTAMP, INTEGER, SqlType.TIMESTAMP, "timestampMinusDays")
        .says("A timestamp some days earlier.")
        .example("timestamp '2008-03-01 10:00:00' - 1", "2008-02-29 10:00:00");
  }

  private void dates() {
    binary("+", DATE, TIME, SqlType.TIMESTAMP, "dateAndTime")
        .says("A date with a time.")
        .example("date '2000-01-02' + time '12:00:00'", "2000-01-02 12:00:00");
    binary("+", TIME, DATE, SqlType.TIMESTAMP, "timeAndDate")
        .says("A date with a time.")
        .example("time '12:00:00' + date '2000-01-02'", "2000-01-02 12:00:00");
    binary("+", DATE, TIMETZ, SqlType.TIMESTAMPTZ, "dateAndTimetz")
        .says("A date with a time of a zone.")
        .example("date '2000-01-02' + timetz '12:00:00-05'", "2000-01-02 17:00:00+00");
    binary("+", DATE, INTERVAL_MONTHS, SqlType.TIMESTAMP, "datePlusMonths")
        .says("A date some months later.")
        .example("date '2000-01-31' + interval '1 month'", "2000-02-29 00:00:00");
    binary("-", DATE, INTERVAL_MONTHS, SqlType.TIMESTAMP, "dateMinusMonths")
        .says("A date some months earlier.")
        .example("date '2000-03-31' - interval '1 month'", "2000-02-29 00:00:00");
    binary("+", INTERVAL_MONTHS, DATE, SqlType.TIMESTAMP, "monthsPlusDate")
        .says("A date some months later.")
        .example("interval '1 year' + date '2000-02-29'", "2001-02-28 00:00:00");
    binary("+", DATE, INTERVAL_MICROS, SqlType.TIMESTAMP, "datePlus")
        .says("A date and some hours.")
        .example("date '2000-01-02' + interval '36 hours'", "2000-01-03 12:00:00");
    binary("-", DATE, INTERVAL_MICROS, SqlType.TIMESTAMP, "dateMinus")
        .says("A date less some hours.")
        .example("date '1998-12-01' - interval '90 days'", "1998-09-02 00:00:00");
    binary("+", INTERVAL_MICROS, DATE, SqlType.TIMESTAMP, "plusDate")
        .says("A date and some hours.")
        .example("interval '1 day' + date '2000-01-02'", "2000-01-03 00:00:00");
  }

  private void timestamps() {
    binary("-", TIMESTAMP, TIMESTAMP, SqlType.INTERVAL_DAY_SECOND, "minus")
        .says("The interval from the second timestamp to the first.")
        .example(
            "timestamp '2000-01-03 12:00:00' - timestamp '2000-01-02 00:00:00'", "1 day 12:00:00");
    binary("-", TIMESTAMPTZ, TIMESTAMPTZ, SqlType.INTERVAL_DAY_SECOND, "minus")
        .says("The interval from the second instant to the first.")
        .example(
            "timestamptz '2000-01-03 12:00:00+00' - timestamptz '2000-01-03 10:00:00-01'",
            "01:00:00");
    for (ParameterType type : List.of(TIMESTAMP, TIMESTAMPTZ)) {
      SqlType result = type == TIMESTAMP ? SqlType.TIMESTAMP : SqlType.TIMESTAMPTZ;
      String literal =
          type == TIMESTAMP
              ? "timestamp '2000-01-02 12:00:00'"
              : "timestamptz '2000-01-02 12:00:00+00'";
      String zone = type == TIMESTAMP ? "" : "+00";
      binary("+", type, INTERVAL_MICROS, result, "plus")
          .says("A time some hours later.")
          .example(literal + " + interval '1 hour'", "2000-01-02 13:00:00" + zone);
      binary("-", type, INTERVAL_MICROS, result, "minus")
          .says("A time some hours earlier.")
          .example(literal + " - interval '1 hour'", "2000-01-02 11:00:00" + zone);
      binary("+", INTERVAL_MICROS, type, result, "plus")
          .says("A time some hours later.")
          .example("interval '1 hour' + " + literal, "2000-01-02 13:00:00" + zone);
    }
    binary("+", TIMESTAMP, INTERVAL_MONTHS, SqlType.TIMESTAMP, "plusMonths")
        .says("A timestamp some months later.")
        .example("timestamp '2000-01-31 10:00:00' + interval '1 month'", "2000-02-29 10:00:00");
    binary("-", TIMESTAMP, INTERVAL_MONTHS, SqlType.TIMESTAMP, "minusMonths")
        .says("A timestamp some months earlier.")
        .example("timestamp '2000-03-31 10:00:00' - interval '1 month'", "2000-02-29 10:00:00");
    binary("+", INTERVAL_MONTHS, TIMESTAMP, SqlType.TIMESTAMP, "monthsPlus")
        .says("A timestamp some months later.")
        .example("interval '1 month' + timestamp '2000-01-31 10:00:00'", "2000-02-29 10:00:00");
    binary("+", TIMESTAMPTZ, INTERVAL_MONTHS, SqlType.TIMESTAMPTZ, "instantPlusMonths")
        .withZone()
        .says("An instant some months later in the session's time zone.")
        .example(
            "timestamptz '2000-01-31 10:00:00+00' + interval '1 month'", "2000-02-29 10:00:00+00");
    binary("-", TIMESTAMPTZ, INTERVAL_MONTHS, SqlType.TIMESTAMPTZ, "instantMinusMonths")
        .withZone()
        .says("An instant some months earlier in the session's time zone.")
        .example(
            "timestamptz '2000-03-31 10:00:00+00' - interval '1 month'", "2000-02-29 10:00:00+00");
  }

  private void times() {
    binary("-", TIME, TIME, SqlType.INTERVAL_DAY_SECOND, "minus")
        .says("The interval from the second time to the first.")
        .example("time '12:30:00' - time '11:00:00'", "01:30:00");
    binary("+", TIME, INTERVAL_MICROS, SqlType.TIME, "timePlus")
        .says("A time of day some hours later, round the clock.")
        .example("time '23:30:00' + interval '1 hour'", "00:30:00");
    binary("+", INTERVAL_MICROS, TIME, SqlType.TIME, "timePlus")
        .says("A time of day some hours later, round the clock.")
        .example("interval '1 hour' + time '23:30:00'", "00:30:00");
    binary("-", TIME, INTERVAL_MICROS, SqlType.TIME, "timeMinus")
        .says("A time of day some hours earlier, round the clock.")
        .example("time '00:30:00' - interval '1 hour'", "23:30:00");
    binary("+", TIMETZ, INTERVAL_MICROS, SqlType.TIMETZ, "timetzPlus")
        .says("A time of day some hours later, round the clock.")
        .example("timetz '23:30:00+02' + interval '1 hour'", "00:30:00+02");
    binary("-", TIMETZ, INTERVAL_MICROS, SqlType.TIMETZ, "timetzMinus")
        .says("A time of day some hours earlier, round the clock.")
        .example("timetz '00:30:00+02' - interval '1 hour'", "23:30:00+02");
  }

  private void intervals() {
    SqlType months = SqlType.INTERVAL_YEAR_MONTH;
    SqlType micros = SqlType.INTERVAL_DAY_SECOND;
    binary("+", INTERVAL_MONTHS, INTERVAL_MONTHS, months, "monthsPlusMonths")
        .says("Two intervals together.")
        .example("interval '1 year' + interval '2 months'", "1 year 2 mons");
    binary("-", INTERVAL_MONTHS, INTERVAL_MONTHS, months, "monthsMinusMonths")
        .says("One interval less another.")
        .example("interval '1 year' - interval '2 months'", "10 mons");
    binary("*", INTERVAL_MONTHS, DOUBLE, months, "monthsTimes")
        .says("An interval some times over.")
        .example("interval '1 year' * 1.5", "1 year 6 mons");
    binary("*", DOUBLE, INTERVAL_MONTHS, months, "timesMonths")
        .says("An interval some times over.")
        .example("2 * interval '7 months'", "1 year 2 mons");
    binary("/", INTERVAL_MONTHS, DOUBLE, months, "monthsOver")
        .says("A fraction of an interval.")
        .example("interval '1 year' / 4", "3 mons");
    binary("+", INTERVAL_MICROS, INTERVAL_MICROS, micros, "plus")
        .says("Two intervals together.")
        .example("interval '1 day' + interval '2 hours'", "1 day 02:00:00");
    binary("-", INTERVAL_MICROS, INTERVAL_MICROS, micros, "minus")
        .says("One interval less another.")
        .example("interval '1 day' - interval '2 hours'", "22:00:00");
    binary("*", INTERVAL_MICROS, DOUBLE, micros, "microsTimes")
        .says("An interval some times over.")
        .example("interval '1 hour' * 36", "1 day 12:00:00");
    binary("*", DOUBLE, INTERVAL_MICROS, micros, "timesMicros")
        .says("An interval some times over.")
        .example("0.5 * interval '1 hour'", "00:30:00");
    binary("/", INTERVAL_MICROS, DOUBLE, micros, "microsOver")
        .says("A fraction of an interval.")
        .example("interval '1 day' / 2", "12:00:00");
    number("$interval_number", INTERVAL_MONTHS, SqlType.INTEGER);
    number("$interval_number", INTERVAL_MICROS, SqlType.BIGINT);
    number("$number_interval", INTEGER, months);
    number("$number_interval", BIGINT, micros);
  }

  /// An interval as the number it is, and back.
  private void number(String name, ParameterType from, SqlType to) {
    family
        .function(name)
        .takes(from)
        .gives(to)
        .by(Arithmetic.class, "same")
        .says("An interval and its number; not for users.");
  }
}
