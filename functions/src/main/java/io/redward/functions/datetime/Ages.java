package io.redward.functions.datetime;

import io.redward.foundation.batch.ValueOut;
import io.redward.functions.text.Civil;
import io.redward.functions.text.Intervals;

/// What AGE says: a difference by the calendar.
public final class Ages {
  static final int LONGEST = 2 * Intervals.LONGEST;

  private static final int MONTHS_PER_YEAR = 12;

  private Ages() {}

  public static void between(long later, long earlier, ValueOut out) {
    boolean turned = later < earlier;
    int sign = turned ? -1 : 1;
    long from = turned ? later : earlier;
    long to = turned ? earlier : later;
    long fromDate = Civil.date(Civil.dayOf(from));
    long toDate = Civil.date(Civil.dayOf(to));
    long time = Civil.timeOf(to) - Civil.timeOf(from);
    int days = Civil.day(toDate) - Civil.day(fromDate);
    int months =
        (Civil.year(toDate) - Civil.year(fromDate)) * MONTHS_PER_YEAR
            + Civil.month(toDate)
            - Civil.month(fromDate);
    if (time < 0) {
      time += Civil.MICROS_PER_DAY;
      days--;
    }
    // A month is as long as that of the earlier one, as in PostgreSQL.
    if (days < 0) {
      days += Civil.daysInMonth(Civil.year(fromDate), Civil.month(fromDate));
      months--;
    }
    put(sign * months, sign * (days * Civil.MICROS_PER_DAY + time), out);
  }

  private static void put(int months, long micros, ValueOut out) {
    byte[] buffer = out.scratch(LONGEST);
    int end = months == 0 ? 0 : Intervals.putMonths(buffer, 0, months);
    if (micros != 0 || months == 0) {
      if (end > 0) {
        buffer[end++] = ' ';
      }
      end = Intervals.putMicros(buffer, end, micros);
    }
    out.bytes(buffer, 0, end);
  }
}
