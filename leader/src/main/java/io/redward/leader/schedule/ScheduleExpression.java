package io.redward.leader.schedule;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// When something is done, in UTC: `at(2026-01-31T06:00:00)`, `rate(15 minutes)`, or
/// `cron(minutes hours day-of-month month day-of-week year)`, as schedulers of the cloud write it.
public sealed interface ScheduleExpression {
  /// The first time after a moment, if there is one.
  ///
  /// @param since when the schedule was made, from which rates are counted
  Optional<Instant> next(Instant after, Instant since);

  Pattern FORM = Pattern.compile("(?i)\\s*(at|rate|cron)\\s*\\((.*)\\)\\s*");

  /// @throws SqlException 22023 if it is none
  static ScheduleExpression parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw bad(text, "it must be at(…), rate(…) or cron(…)");
    }
    String inner = form.group(2).strip();
    return switch (form.group(1).toLowerCase(Locale.ROOT)) {
      case "at" -> once(text, inner);
      case "rate" -> rate(text, inner);
      default -> Cron.of(text, inner);
    };
  }

  private static ScheduleExpression once(String text, String inner) {
    try {
      return new Once(LocalDateTime.parse(inner).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException _) {
      throw bad(text, "at() takes a moment such as 2026-01-31T06:00:00");
    }
  }

  private static ScheduleExpression rate(String text, String inner) {
    Matcher rate = Pattern.compile("(?i)([1-9][0-9]{0,5})\\s+(minute|hour|day)s?").matcher(inner);
    if (!rate.matches()) {
      throw bad(text, "rate() takes a number of minutes, hours or days");
    }
    long count = Long.parseLong(rate.group(1));
    return new Rate(
        switch (rate.group(2).toLowerCase(Locale.ROOT)) {
          case "minute" -> Duration.ofMinutes(count);
          case "hour" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        });
  }

  private static SqlException bad(String text, String why) {
    return new SqlException(
            SqlState.INVALID_PARAMETER_VALUE, "invalid schedule expression \"" + text + "\"")
        .withDetail(why);
  }

  /// A moment.
  record Once(Instant moment) implements ScheduleExpression {
    @Override
    public Optional<Instant> next(Instant after, Instant since) {
      return moment.isAfter(after) ? Optional.of(moment) : Optional.empty();
    }
  }

  /// Again and again, first one period after the schedule was made.
  record Rate(Duration period) implements ScheduleExpression {
    @Override
    public Optional<Instant> next(Instant after, Instant since) {
      if (after.isBefore(since)) {
        return Optional.of(since.plus(period));
      }
      long done = Duration.between(since, after).dividedBy(period);
      return Optional.of(since.plus(period.multipliedBy(done + 1)));
    }
  }

  /// Whole minutes whose fields are all in these sets.
  ///
  /// @param weekdays 1 is Sunday
  record Cron(
      BitSet minutes, BitSet hours, BitSet days, BitSet months, BitSet weekdays, BitSet years)
      implements ScheduleExpression {
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2199;

    /// Two leap days may be eight years apart, and a weekday's 28 more.
    private static final int MOST_DAYS = 40 * 366;

    private static final List<String> MONTHS =
        List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> WEEKDAYS =
        List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    private static Cron of(String text, String inner) {
      String[] fields = inner.split("\\s+");
      if (fields.length != 6) {
        throw bad(text, "cron() takes minutes hours day-of-month month day-of-week year");
      }
      if (fields[2].equals("?") == fields[4].equals("?")) {
        throw bad(text, "one of day-of-month and day-of-week must be ?, the other not");
      }
      return new Cron(
          field(text, fields[0], 0, 59, List.of()),
          field(text, fields[1], 0, 23, List.of()),
          field(text, fields[2].replace('?', '*'), 1, 31, List.of()),
          field(text, fields[3], 1, 12, MONTHS),
          field(text, fields[4].replace('?', '*'), 1, 7, WEEKDAYS),
          field(text, fields[5], FIRST_YEAR, LAST_YEAR, List.of()));
    }

    /// `*`, numbers or names, ranges `a-b`, steps `a/n` and `a-b/n`, parted by commas.
    private static BitSet field(
        String text, String field, int least, int most, List<String> names) {
      BitSet set = new BitSet(most + 1);
      for (String item : field.split(",", -1)) {
        String[] stepped = item.split("/", 2);
        String[] range = stepped[0].split("-", 2);
        boolean all = stepped[0].equals("*");
        int from = all ? least : number(text, range[0], least, names);
        int to =
            range.length == 2
                ? number(text, range[1], least, names)
                : all || stepped.length == 2 ? most : from;
        int step = stepped.length == 2 ? number(text, stepped[1], least, List.of()) : 1;
        if (from < least || to > most || from > to || step < 1) {
          throw bad(text, "\"" + item + "\" is not within " + least + " to " + most);
        }
        for (int i = from; i <= to; i += step) {
          set.set(i);
        }
      }
      return set;
    }

    private static int number(String text, String word, int least, List<String> names) {
      int name = names.indexOf(word.toUpperCase(Locale.ROOT));
      if (name >= 0) {
        return name + least;
      }
      if (!word.matches("[0-9]{1,4}")) {
        throw bad(text, "\"" + word + "\" is not understood");
      }
      return Integer.parseInt(word);
    }

    @Override
    public Optional<Instant> next(Instant after, Instant since) {
      LocalDateTime start = LocalDateTime.ofInstant(after, ZoneOffset.UTC).plusMinutes(1);
      int minute = start.getHour() * 60 + start.getMinute();
      LocalDate day = start.toLocalDate();
      for (int i = 0; i < MOST_DAYS && day.getYear() <= LAST_YEAR; i++) {
        if (fits(day)) {
          for (int m = minute; m < 24 * 60; m++) {
            if (hours.get(m / 60) && minutes.get(m % 60)) {
              return Optional.of(day.atTime(m / 60, m % 60).toInstant(ZoneOffset.UTC));
            }
          }
        }
        minute = 0;
        day = day.plusDays(1);
      }
      return Optional.empty();
    }

    private boolean fits(LocalDate day) {
      return years.get(day.getYear())
          && months.get(day.getMonthValue())
          && days.get(day.getDayOfMonth())
          && weekdays.get(day.getDayOfWeek().getValue() % 7 + 1);
    }
  }
}
