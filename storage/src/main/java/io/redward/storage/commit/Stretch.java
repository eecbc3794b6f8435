package io.redward.storage.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An aligned stretch of log positions that is closed, or archived, as one. Sixteen positions are
/// a stretch of level 0, and four of one level are one of the next; so any prefix of the log is a
/// few stretches, and which one of a level holds a position needs no looking up.
///
/// @param number among those of its level, from 0
record Stretch(int level, long number) {
  /// The largest stretch that is closed as one: a million positions.
  static final int TOP_LEVEL = 8;

  static final String CLOSED_PREFIX = "epochs/";

  private static final int LEAST = 16;
  private static final int FAN_BITS = 2;
  private static final int FAN = 1 << FAN_BITS;
  private static final Pattern NAME =
      Pattern.compile("(?:epochs/(\\d{20})-(\\d{20})\\.closed|log/(\\d{20})-(\\d{20})\\.archive)");

  static Stretch of(int level, long position) {
    return new Stretch(level, position / span(level));
  }

  private static long span(int level) {
    return (long) LEAST << (FAN_BITS * level);
  }

  /// The largest stretch that begins at `first` and ends at or before `last`; empty if none does.
  static Optional<Stretch> largest(long first, long last, int maxLevel) {
    for (int level = maxLevel; level >= 0; level--) {
      Stretch stretch = of(level, first);
      if (stretch.number * span(level) == first && stretch.last() <= last) {
        return Optional.of(stretch);
      }
    }
    return Optional.empty();
  }

  /// The first position; there is no position 0.
  long first() {
    return Math.max(1, number * span(level));
  }

  long last() {
    return (number + 1) * span(level) - 1;
  }

  boolean holds(long position) {
    return position >= first() && position <= last();
  }

  Stretch parent() {
    return new Stretch(level + 1, number >> FAN_BITS);
  }

  Stretch next() {
    return new Stretch(level, number + 1);
  }

  /// The stretches of the level below that it is made of.
  List<Stretch> parts() {
    List<Stretch> parts = new ArrayList<>();
    for (int i = 0; i < FAN; i++) {
      parts.add(new Stretch(level - 1, (number << FAN_BITS) + i));
    }
    return parts;
  }

  /// Key of the object that says that it is closed.
  String closed() {
    return CLOSED_PREFIX + range() + ".closed";
  }

  /// Key of the object that holds its commits.
  String archive() {
    return LogNames.PREFIX + range() + ".archive";
  }

  private String range() {
    return String.format(Locale.ROOT, "%020d-%020d", first(), last());
  }

  /// The stretch that a key of [#closed] or [#archive] names; empty for any other key.
  static Optional<Stretch> named(String key) {
    Matcher name = NAME.matcher(key);
    if (!name.matches()) {
      return Optional.empty();
    }
    int group = name.group(1) == null ? 3 : 1;
    try {
      long first = Long.parseLong(name.group(group));
      long last = Long.parseLong(name.group(group + 1));
      for (int level = 0; level <= TOP_LEVEL; level++) {
        Stretch stretch = of(level, first);
        if (stretch.first() == first && stretch.last() == last) {
          return Optional.of(stretch);
        }
      }
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
