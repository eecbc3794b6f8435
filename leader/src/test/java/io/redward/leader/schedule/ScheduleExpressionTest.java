package io.redward.leader.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleExpressionTest {
  private static final Instant SINCE = Instant.parse("2026-11-20T10:00:30Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "at(2026-12-01T06:00:00) | 2026-11-22T00:00:00Z | 2026-12-01T06:00:00Z",
        "at(2026-12-01T06:00:00) | 2026-12-01T06:00:00Z |",
        "rate(15 minutes) | 2026-11-20T10:00:30Z | 2026-11-20T10:15:30Z",
        "rate(15 minutes) | 2026-11-20T10:15:29Z | 2026-11-20T10:15:30Z",
        "rate(1 hour) | 2026-11-22T23:59:59Z | 2026-11-23T00:00:30Z",
        "Rate( 2 days ) | 2026-11-20T10:00:00Z | 2026-11-22T10:00:30Z",
        "cron(0 10 ? * MON-FRI *) | 2026-11-20T10:00:00Z | 2026-11-23T10:00:00Z",
        "cron(0 10 ? * MON-FRI *) | 2026-11-23T09:59:59Z | 2026-11-23T10:00:00Z",
        "cron(*/20 8,12 * * ? *) | 2026-11-22T08:40:00Z | 2026-11-22T12:00:00Z",
        "cron(5/20 * * * ? *) | 2026-11-22T08:45:00Z | 2026-11-22T09:05:00Z",
        "cron(30 23 31 12 ? *) | 2026-12-31T23:30:00Z | 2027-12-31T23:30:00Z",
        "cron(0 0 29 2 ? *) | 2026-11-22T00:00:00Z | 2028-02-29T00:00:00Z",
        "cron(0 0 1 JAN ? 2026) | 2026-11-22T00:00:00Z |",
        "cron(0 0 31 2 ? *) | 2026-11-22T00:00:00Z |",
        "cron(0 0 ? * 1 *) | 2026-11-22T00:00:00Z | 2026-11-29T00:00:00Z",
      })
  void isDue(String text, Instant after, Instant next) {
    assertThat(ScheduleExpression.parse(text).next(after, SINCE).orElse(null)).isEqualTo(next);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "every day",
        "rate(0 minutes)",
        "rate(5)",
        "rate(5 seconds)",
        "at(tomorrow)",
        "cron(0 10 * * *)",
        "cron(0 10 * * * *)",
        "cron(60 1 * * ? *)",
        "cron(0 10 ? * FOO *)",
        "cron(5-1 1 * * ? *)",
        "cron(*/0 1 * * ? *)",
        "cron(0 0 0 * ? *)",
        "cron(, 1 * * ? *)"
      })
  void whatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> ScheduleExpression.parse(text))
        .isInstanceOf(SqlException.class)
        .hasMessage("invalid schedule expression \"" + text + "\"");
  }
}
