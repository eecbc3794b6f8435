package io.redward.functions.datetime;

import static io.redward.functions.signature.ParameterType.DATE;
import static io.redward.functions.signature.ParameterType.STRING;
import static io.redward.functions.signature.ParameterType.TIME;
import static io.redward.functions.signature.ParameterType.TIMESTAMP;
import static io.redward.functions.signature.ParameterType.TIMESTAMPTZ;
import static io.redward.functions.signature.ParameterType.TIMETZ;

import io.redward.foundation.types.SqlType;
import io.redward.functions.signature.Family;
import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.signature.ParameterType;
import io.redward.functions.signature.Placement;
import io.redward.functions.signature.ResultRule;
import io.redward.functions.signature.SessionValues;
import io.redward.functions.text.Civil;
import io.redward.functions.text.Times;
import io.redward.functions.text.Zones;
import io.redward.plan.expression.Constant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The clock, time zones, and conversions by a format.
final class ClockTable {
  private static final ResultRule TEXT = ResultRule.always(SqlType.varchar(256));
  private static final DateTimeFormatter TIME_OF_DAY =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss.SSSSSS yyyy", Locale.US);

  private ClockTable() {}

  static List<FunctionDefinition> definitions() {
    List<FunctionDefinition> all = new ArrayList<>(clock());
    all.addAll(zones());
    all.addAll(zonedCasts());
    all.addAll(formats());
    return all;
  }

  private static List<FunctionDefinition> clock() {
    Family f = new Family("datetime", Shifts.class);
    f.function("getdate")
        .of(SqlType.TIMESTAMP, session -> seconds(local(session, session.statementMicros())))
        .says("The time of the statement in the session's time zone, in whole seconds.");
    f.function("sysdate")
        .of(SqlType.TIMESTAMP, session -> micros(local(session, session.transactionMicros())))
        .says("The time of the transaction in the session's time zone.");
    f.function("current_date")
        .of(
            SqlType.DATE,
            session ->
                new Constant.IntValue(Civil.dayOf(local(session, session.transactionMicros()))))
        .says("The date of the transaction in the session's time zone.");
    f.function("now", "current_timestamp", "transaction_timestamp")
        .of(SqlType.TIMESTAMPTZ, session -> micros(session.transactionMicros()))
        .on(Placement.LEADER_ONLY)
        .says("The time of the transaction.");
    f.function("statement_timestamp", "clock_timestamp")
        .of(SqlType.TIMESTAMPTZ, session -> micros(session.statementMicros()))
        .on(Placement.LEADER_ONLY)
        .says("The time of the statement.");
    f.function("localtimestamp")
        .of(SqlType.TIMESTAMP, session -> micros(local(session, session.transactionMicros())))
        .on(Placement.LEADER_ONLY)
        .says("The time of the transaction in the session's time zone.");
    f.function("localtime")
        .of(
            SqlType.TIME,
            session -> micros(Civil.timeOf(local(session, session.transactionMicros()))))
        .on(Placement.LEADER_ONLY)
        .says("The time of day of the transaction in the session's time zone.");
    f.function("current_time")
        .of(SqlType.TIMETZ, ClockTable::timetz)
        .on(Placement.LEADER_ONLY)
        .says("The time of day of the transaction with the session's time zone.");
    f.function("timeofday")
        .of(SqlType.varchar(64), ClockTable::timeOfDay)
        .says("The time of the statement in words.");
    return f.definitions();
  }

  private static ZoneRules rules(SessionValues session) {
    return Zones.find(session.zone()).orElse(Zones.UTC);
  }

  private static long local(SessionValues session, long utcMicros) {
    return Zones.toLocal(rules(session), utcMicros);
  }

  private static Constant micros(long micros) {
    return new Constant.LongValue(micros);
  }

  private static Constant seconds(long micros) {
    return micros(micros - Math.floorMod(micros, Civil.MICROS_PER_SECOND));
  }

  private static Constant timetz(SessionValues session) {
    long utc = session.transactionMicros();
    return micros(
        Times.pack(Civil.timeOf(local(session, utc)), Zones.offsetSeconds(rules(session), utc)));
  }

  private static Constant timeOfDay(SessionValues session) {
    long local = local(session, session.statementMicros());
    ZonedDateTime time =
        ZonedDateTime.ofInstant(
            java.time.Instant.ofEpochSecond(
                Math.floorDiv(local, Civil.MICROS_PER_SECOND),
                Math.floorMod(local, Civil.MICROS_PER_SECOND) * 1_000),
            ZoneOffset.UTC);
    String zone = DatetimeFormat.abbreviation(session.zone(), session.statementMicros());
    return Constant.of(TIME_OF_DAY.format(time) + " " + zone);
  }

  private static List<FunctionDefinition> zones() {
    Family f = new Family("datetime", ZonedTimes.class);
    f.function("convert_timezone")
        .takes(STRING, STRING, TIMESTAMP)
        .gives(SqlType.TIMESTAMP)
        .by("convert")
        .says("The local time of one zone as that of another.")
        .example("convert_timezone('EST', 'PST', '20080305 12:25:29')", "2008-03-05 09:25:29")
        .example(
            "convert_timezone('GMT', 'NEWZONE -2:15', '2014-05-17 12:00:00')",
            "2014-05-17 14:15:00");
    f.function("convert_timezone")
        .takes(STRING, TIMESTAMP)
        .gives(SqlType.TIMESTAMP)
        .by("convert")
        .says("The local time of UTC as that of another zone.")
        .example(
            "convert_timezone('America/New_York', '2013-06-01 08:00:00')", "2013-06-01 04:00:00");
    f.function("timezone")
        .takes(STRING, TIMESTAMP)
        .gives(SqlType.TIMESTAMPTZ)
        .by("toInstant")
        .says("The instant of a local time of a zone; also written AT TIME ZONE.")
        .example("timestamp '2001-02-16 20:38:40' at time zone 'MST'", "2001-02-17 03:38:40+00");
    f.function("timezone")
        .takes(STRING, TIMESTAMPTZ)
        .gives(SqlType.TIMESTAMP)
        .by("toLocal")
        .says("The local time of an instant in a zone; also written AT TIME ZONE.")
        .example("timestamptz '2001-02-16 20:38:40-05' at time zone 'MST'", "2001-02-16 18:38:40");
    f.function("timezone")
        .takes(STRING, TIMETZ)
        .gives(SqlType.TIMETZ)
        .by("shiftTimetz")
        .says("The same moment in another zone; also written AT TIME ZONE.")
        .example("timezone('MST', timetz '20:38:40-05')", "18:38:40-07");
    return f.definitions();
  }

  /// Conversions that depend on the session's time zone. Their names are not for users.
  private static List<FunctionDefinition> zonedCasts() {
    Family f = new Family("", ZonedTimes.class);
    cast(f, "$timestamp", TIMESTAMPTZ, SqlType.TIMESTAMP, "instantToLocal");
    cast(f, "$date", TIMESTAMPTZ, SqlType.DATE, "instantToDate");
    cast(f, "$time", TIMESTAMPTZ, SqlType.TIME, "instantToTime");
    cast(f, "$timetz", TIMESTAMPTZ, SqlType.TIMETZ, "instantToTimetz");
    cast(f, "$timetz", TIME, SqlType.TIMETZ, "timeToTimetz");
    cast(f, "$timetz", STRING, SqlType.TIMETZ, "textToTimetz");
    cast(f, "$timestamptz", TIMESTAMP, SqlType.TIMESTAMPTZ, "localToInstant");
    cast(f, "$timestamptz", DATE, SqlType.TIMESTAMPTZ, "dateToInstant");
    cast(f, "$timestamptz", STRING, SqlType.TIMESTAMPTZ, "textToInstant");
    cast(f, "$text", TIMESTAMPTZ, SqlType.varchar(64), "instantToText");
    return f.definitions();
  }

  private static void cast(Family f, String name, ParameterType from, SqlType to, String method) {
    f.function(name)
        .takes(from)
        .gives(to)
        .withZone()
        .by(method)
        .says("A conversion in the session's time zone.");
  }

  private static List<FunctionDefinition> formats() {
    Family f = new Family("formatting", DatetimeFormat.class);
    f.function("to_char")
        .takes(TIMESTAMP, STRING)
        .gives(TEXT)
        .by("timestamp")
        .says("A timestamp by a format.")
        .example("to_char(timestamp '2009-12-31 23:15:59', 'HH24:MI:SS')", "23:15:59")
        .example(
            "to_char(timestamp '2009-12-31 23:15:59', 'MONTH-DY-DD-YYYY HH12:MIPM')",
            "DECEMBER -THU-31-2009 11:15PM");
    f.function("to_char")
        .takes(DATE, STRING)
        .gives(TEXT)
        .by("date")
        .says("A date by a format.")
        .example("to_char(date '2022-05-16', 'FMDay, DDth FMMonth YYYY')", "Monday, 16th May 2022")
        .example("to_char(date '2009-12-31', 'DDD IW Q CC J')", "365 53 4 21 2455197");
    f.function("to_char")
        .takes(TIMESTAMPTZ, STRING)
        .gives(TEXT)
        .withZone()
        .by("instant")
        .says("An instant by a format, in the session's time zone.")
        .example(
            "to_char(timestamptz '2009-12-31 23:15:59.25+00', 'HH12:MI:SS.MS a.m. TZ OF')",
            "11:15:59.250 p.m. UTC +00");
    Family s = new Family("formatting", DatetimeScan.class);
    s.function("to_date")
        .takes(STRING, STRING)
        .gives(SqlType.DATE)
        .by("date")
        .says("A date from a text by a format.")
        .example("to_date('02 Oct 2001', 'DD Mon YYYY')", "2001-10-02")
        .example("to_date('20010631', 'YYYYMMDD')", "2001-07-01");
    s.function("to_date")
        .takes(STRING, STRING, ParameterType.BOOLEAN)
        .gives(SqlType.DATE)
        .by("date")
        .says("A date from a text by a format; if strict, a day must exist in its month.")
        .example("to_date('124', 'YYYMMDD', false)", "2124-01-01");
    s.function("to_timestamp")
        .takes(STRING, STRING)
        .gives(SqlType.TIMESTAMPTZ)
        .withZone()
        .by("instant")
        .says("An instant from a text by a format, in the session's time zone.")
        .example("to_timestamp('2017', 'YYYY')", "2017-01-01 00:00:00+00")
        .example(
            "to_timestamp('05/01/2008 04:05:06.7 PM', 'DD/MM/YYYY HH12:MI:SS.MS AM')",
            "2008-01-05 16:05:06.7+00");
    s.function("to_timestamp")
        .takes(STRING, STRING, ParameterType.BOOLEAN)
        .gives(SqlType.TIMESTAMPTZ)
        .withZone()
        .by("instant")
        .says("The same; if strict, day and time must exist.")
        .example("to_timestamp('2008-02-30', 'YYYY-MM-DD', false)", "2008-03-01 00:00:00+00");
    List<FunctionDefinition> all = new ArrayList<>(f.definitions());
    all.addAll(s.definitions());
    return all;
  }
}
