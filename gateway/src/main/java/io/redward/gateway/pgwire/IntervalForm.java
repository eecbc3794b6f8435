package io.redward.gateway.pgwire;

/// Intervals in PostgreSQL's text style: `1 year 2 mons`, `3 days 04:05:06.7`.
final class IntervalForm {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private IntervalForm() {}

  static String months(int months) {
    int years = months / 12;
    int rest = months % 12;
    StringBuilder text = new StringBuilder();
    if (years != 0) {
      text.append(years).append(Math.abs(years) == 1 ? " year" : " years");
    }
    if (rest != 0) {
      text.append(text.isEmpty() ? "" : " ").append(rest);
      text.append(Math.abs(rest) == 1 ? " mon" : " mons");
    }
    return text.isEmpty() ? "0 years 0 mons" : text.toString();
  }

  static String micros(long micros) {
    long days = micros / MICROS_PER_DAY;
    long rest = micros % MICROS_PER_DAY;
    StringBuilder text = new StringBuilder();
    if (days != 0) {
      text.append(days).append(Math.abs(days) == 1 ? " day" : " days");
    }
    if (rest != 0 || days == 0) {
      text.append(text.isEmpty() ? "" : " ").append(rest < 0 ? "-" : "");
      long magnitude = Math.abs(rest);
      text.append(
          String.format(
              "%02d:%02d:%02d",
              magnitude / 3_600_000_000L,
              magnitude / 60_000_000L % 60,
              magnitude / 1_000_000L % 60));
      long fraction = magnitude % 1_000_000L;
      if (fraction != 0) {
        text.append('.').append(String.format("%06d", fraction).replaceAll("0+$", ""));
      }
    }
    return text.toString();
  }
}
