package io.redward.functions.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatetimeTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2008-01-05 | 2008-01-05",
        "20080105 | 2008-01-05",
        "01/05/2008 | 2008-01-05",
        "1/5/08 | 2008-01-05",
        "01-05-2008 | 2008-01-05",
        "'January 5, 2008' | 2008-01-05",
        "Jan 5 2008 | 2008-01-05",
        "5-Jan-2008 | 2008-01-05",
        "Jan-05-2008 | 2008-01-05",
        "2008-Jan-05 | 2008-01-05",
        "99-Jan-08 | 1999-01-08",
        "080105 | 2008-01-05",
        "2008.005 | 2008-01-05",
        "J2451187 | 1999-01-08",
        "1.12.1997 | 1997-01-12",
        "Sat Jan 5 2008 | 2008-01-05",
        "2008-01-05 10:11:12 | 2008-01-05",
        "'0044-03-15 BC' | '0044-03-15 BC'",
        "2000-02-29 | 2000-02-29"
      })
  void readsDatesInManyForms(String text, String expected) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] buffer = new byte[Dates.LONGEST];
    int end = Dates.put(buffer, 0, Dates.parse(bytes, 0, bytes.length));
    assertThat(new String(buffer, 0, end, StandardCharsets.US_ASCII)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2008-01-05 10:11:12 | 2008-01-05 10:11:12",
        "2008-01-05T10:11:12.5 | 2008-01-05 10:11:12.5",
        "2008-01-05 10:11 | 2008-01-05 10:11:00",
        "2008-01-05 10:11:12.1234567 | 2008-01-05 10:11:12.123457",
        "20080105 101112 | 2008-01-05 10:11:12",
        "20080105T101112 | 2008-01-05 10:11:12",
        "Jan 5 2008 4:05 PM | 2008-01-05 16:05:00",
        "Jan 5 2008 12:05 am | 2008-01-05 00:05:00",
        "2008-01-05 24:00:00 | 2008-01-06 00:00:00",
        "2008-01-05 10:11:12+02 | 2008-01-05 10:11:12",
        "20080305 12:25:29 | 2008-03-05 12:25:29",
        "1969-12-31 23:59:59.999999 | 1969-12-31 23:59:59.999999",
        "epoch | 1970-01-01 00:00:00"
      })
  void readsTimestampsAndIgnoresTheirZone(String text, String expected) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] buffer = new byte[Timestamps.LONGEST];
    int end = Timestamps.put(buffer, 0, Timestamps.parse(bytes, 0, bytes.length));
    assertThat(new String(buffer, 0, end, StandardCharsets.US_ASCII)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2001-02-16 20:38:40-05 | 2001-02-17 01:38:40+00",
        "2001-02-16 20:38:40 -05:30 | 2001-02-17 02:08:40+00",
        "2001-02-16 20:38:40 EST | 2001-02-17 01:38:40+00",
        "2001-07-16 20:38:40 America/New_York | 2001-07-17 00:38:40+00",
        "2001-02-16 20:38:40Z | 2001-02-16 20:38:40+00",
        "2001-02-16 20:38:40 | 2001-02-16 20:38:40+00",
        "'Jun 1,2008 09:59:59 EST' | 2008-06-01 14:59:59+00"
      })
  void readsInstants(String text, String expected) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] buffer = new byte[Timestamps.LONGEST];
    long micros = Timestamps.parseZoned(bytes, 0, bytes.length, Zones.UTC);
    int end = Timestamps.putZoned(buffer, 0, micros, Zones.UTC);
    assertThat(new String(buffer, 0, end, StandardCharsets.US_ASCII)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001-02-29", "2001-13-01", "2001-06-31", "02/30/2001"})
  void refusesDaysThatDoNotExist(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Dates.parse(bytes, 0, bytes.length))
        .isInstanceOf(SqlException.class)
        .hasMessage("date/time field value out of range: \"" + text + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Redward", "2001-02", "12:30", "2001-01-01 nowhere"})
  void refusesWhatIsNoDate(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Dates.parse(bytes, 0, bytes.length))
        .isInstanceOf(SqlException.class)
        .hasMessage("invalid input syntax for type date: \"" + text + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 year 2 months | 14 | 0",
        "3 days 04:05:06.5 | 0 | 273906500000",
        "1-2 | 14 | 0",
        "5 hours ago | 0 | -18000000000",
        "1.5 days | 0 | 129600000000",
        "90 | 0 | 90000000",
        "-1 week | 0 | -604800000000"
      })
  void readsIntervals(String text, int months, long micros) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(Intervals.parse(bytes, 0, bytes.length)).isEqualTo(new Intervals(months, micros));
  }

  @Test
  void countsDaysAsTheCalendarDoes() {
    for (int days = -800_000; days < 800_000; days += 97) {
      LocalDate expected = LocalDate.ofEpochDay(days);
      long date = Civil.date(days);
      assertThat(LocalDate.of(Civil.year(date), Civil.month(date), Civil.day(date)))
          .isEqualTo(expected);
      assertThat(Civil.days(Civil.year(date), Civil.month(date), Civil.day(date))).isEqualTo(days);
      assertThat(Civil.dayOfWeek(days)).isEqualTo(expected.getDayOfWeek().getValue() % 7);
    }
  }

  @Test
  void knowsZonesByNameAbbreviationAndOffset() {
    long noon = 1_400_328_000_000_000L;
    assertThat(offset("GMT+2", noon)).isEqualTo(-2 * 3600);
    assertThat(offset("NEWZONE -2:15", noon)).isEqualTo(2 * 3600 + 15 * 60);
    assertThat(offset("America/Los_Angeles+2", noon)).isEqualTo(-2 * 3600);
    assertThat(offset("europe/berlin", noon)).isEqualTo(2 * 3600);
    assertThat(offset("PST", noon)).isEqualTo(-8 * 3600);
    assertThat(Zones.find("nowhere")).isEmpty();
  }

  private static int offset(String zone, long micros) {
    return Zones.offsetSeconds(Zones.find(zone).orElseThrow(), micros);
  }
}
