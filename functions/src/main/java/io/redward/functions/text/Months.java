package io.redward.functions.text;

import java.util.List;

/// The names of months and days.
public final class Months {
  public static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");

  /// From Sunday.
  public static final List<String> DAYS =
      List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");

  private Months() {}

  /// True for a month's name in lower case, whole or its first three letters, and `sept`.
  static boolean isName(String word) {
    if (word.length() == 3 || word.equals("sept")) {
      return true;
    }
    for (String month : MONTHS) {
      if (month.equalsIgnoreCase(word)) {
        return true;
      }
    }
    return false;
  }
}
