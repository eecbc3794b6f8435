package io.redward.storage.commit;

import java.util.Locale;
import java.util.OptionalLong;

/// Names of the log's objects. Positions count from 1. Those of whole stretches are in [Stretch].
final class LogNames {
  static final String PREFIX = "log/";
  static final String COMMIT = ".commit";
  static final String CHECKPOINT = ".checkpoint";
  static final String NEWEST = PREFIX + "newest";

  private static final int DIGITS = 20;

  private LogNames() {}

  static String commit(long position) {
    return PREFIX + digits(position) + COMMIT;
  }

  static String checkpoint(long position) {
    return PREFIX + digits(position) + CHECKPOINT;
  }

  /// The position in a key that ends in `suffix`; empty for any other key.
  static OptionalLong position(String key, String suffix) {
    if (!key.endsWith(suffix) || key.length() != PREFIX.length() + DIGITS + suffix.length()) {
      return OptionalLong.empty();
    }
    String digits = key.substring(PREFIX.length(), PREFIX.length() + DIGITS);
    return digits.chars().allMatch(c -> c >= '0' && c <= '9')
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }

  private static String digits(long number) {
    return String.format(Locale.ROOT, "%020d", number);
  }
}
