package io.redward.functions.text;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Time zones by name: those of the IANA database in any case, abbreviations with a fixed offset
/// (`PST`), offsets (`+02:00`), and POSIX forms: any name and an offset that counts west of
/// Greenwich (`GMT+2`, `NEWZONE -2:15`).
public final class Zones {
  public static final ZoneRules UTC = ZoneOffset.UTC.getRules();

  private static final Map<String, ZoneRules> BY_NAME = new ConcurrentHashMap<>();
  private static final int MAX_CACHED = 4_096;
  private static final Map<String, Integer> ABBREVIATIONS = abbreviations();
  private static final Set<String> SUMMER_TIMES =
      Set.of(
          "west", "bst", "cest", "mest", "mesz", "eest", "idt", "msd", "aedt", "nzdt", "adt", "edt",
          "cdt", "mdt", "pdt", "akdt", "hdt", "brst", "ndt", "acdt");
  private static final int MAX_OFFSET_SECONDS = 15 * 3600;

  /// The zone asked for last, because a statement asks for the same one in every row.
  private static volatile Latest latest = new Latest(new byte[] {'U', 'T', 'C'}, UTC);

  private record Latest(byte[] name, ZoneRules rules) {}

  private Zones() {}

  /// @throws SqlException 22023 if there is no such zone
  public static ZoneRules rules(byte[] page, int offset, int length) {
    Latest seen = latest;
    if (Arrays.equals(seen.name, 0, seen.name.length, page, offset, offset + length)) {
      return seen.rules;
    }
    String name = Numbers.text(page, offset, length);
    ZoneRules rules =
        find(name)
            .orElseThrow(
                () ->
                    SqlException.ofValue(
                        SqlState.INVALID_PARAMETER_VALUE,
                        "time zone \"" + name + "\" not recognized"));
    latest = new Latest(Arrays.copyOfRange(page, offset, offset + length), rules);
    return rules;
  }

  /// The zone of a name, empty if there is none.
  public static Optional<ZoneRules> find(String name) {
    ZoneRules known = BY_NAME.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    ZoneRules made = make(name.strip().toLowerCase(Locale.ROOT));
    if (made != null && BY_NAME.size() < MAX_CACHED) {
      BY_NAME.put(name, made);
    }
    return Optional.ofNullable(made);
  }

  private static @Nullable ZoneRules make(String name) {
    Integer fixed = ABBREVIATIONS.get(name);
    if (fixed != null) {
      return ZoneOffset.ofTotalSeconds(fixed).getRules();
    }
    String id = Ids.BY_LOWER_CASE.get(name);
    if (id != null) {
      try {
        return ZoneId.of(id).getRules();
      } catch (DateTimeException _) {
        return null;
      }
    }
    int sign = signAt(name);
    if (sign < 0) {
      return null;
    }
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    int east = parseOffset(text, sign, text.length - sign);
    if (east == NO_OFFSET) {
      return null;
    }
    return ZoneOffset.ofTotalSeconds(sign == 0 ? east : -east).getRules();
  }

  private static int signAt(String name) {
    for (int i = 0; i + 1 < name.length(); i++) {
      char letter = name.charAt(i);
      if ((letter == '+' || letter == '-') && Character.isDigit(name.charAt(i + 1))) {
        return i;
      }
    }
    return -1;
  }

  static final int NO_OFFSET = Integer.MIN_VALUE;

  /// `+h`, `+hh`, `+hhmm`, `+hh:mm`, `+hh:mm:ss` as seconds east of UTC, or [#NO_OFFSET].
  static int parseOffset(byte[] text, int offset, int length) {
    int[] parts = new int[3];
    int part = 0;
    int digits = 0;
    for (int i = offset + 1; i < offset + length; i++) {
      int digit = text[i] - '0';
      if (digit >= 0 && digit <= 9) {
        if (digits == 2 && part < 2) {
          part++;
          digits = 0;
        }
        parts[part] = parts[part] * 10 + digit;
        digits++;
      } else if (text[i] == ':' && digits > 0 && part < 2) {
        part++;
        digits = 0;
      } else {
        return NO_OFFSET;
      }
    }
    int seconds = (parts[0] * 60 + parts[1]) * 60 + parts[2];
    boolean valid =
        length > 1
            && digits > 0
            && digits <= 2
            && parts[1] < 60
            && parts[2] < 60
            && seconds <= MAX_OFFSET_SECONDS;
    if (!valid) {
      return NO_OFFSET;
    }
    return text[offset] == '-' ? -seconds : seconds;
  }

  /// How far the zone is ahead of UTC at an instant, in microseconds.
  public static long offsetMicros(ZoneRules rules, long utcMicros) {
    return offsetSeconds(rules, utcMicros) * Civil.MICROS_PER_SECOND;
  }

  /// How far the zone is ahead of UTC at an instant, in seconds.
  public static int offsetSeconds(ZoneRules rules, long utcMicros) {
    if (rules == UTC) {
      return 0;
    }
    Instant instant = Instant.ofEpochSecond(Math.floorDiv(utcMicros, Civil.MICROS_PER_SECOND));
    return rules.getOffset(instant).getTotalSeconds();
  }

  /// The local time of an instant.
  public static long toLocal(ZoneRules rules, long utcMicros) {
    return utcMicros + offsetMicros(rules, utcMicros);
  }

  /// The instant of a local time. A time that a change of clocks leaves out counts by the offset
  /// before the change, one that occurs twice by the offset after it.
  public static long toUtc(ZoneRules rules, long localMicros) {
    if (rules == UTC) {
      return localMicros;
    }
    LocalDateTime local =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(localMicros, Civil.MICROS_PER_SECOND), 0, ZoneOffset.UTC);
    ZoneOffsetTransition change = rules.getTransition(local);
    ZoneOffset offset =
        change == null
            ? rules.getOffset(local)
            : change.isGap() ? change.getOffsetBefore() : change.getOffsetAfter();
    return localMicros - offset.getTotalSeconds() * Civil.MICROS_PER_SECOND;
  }

  private static Map<String, Integer> abbreviations() {
    Map<String, Integer> hours = new HashMap<>();
    String table =
        """
        utc 0 gmt 0 z 0 zulu 0 ut 0 uct 0 wet 0 west 1 bst 1 cet 1 met 1 mez 1 cest 2 mest 2 mesz 2
        eet 2 sast 2 ist 2 eest 3 idt 3 msk 3 msd 4 pkt 5 sgt 8 cct 8 awst 8 hkt 8 pht 8 jst 9 kst 9
        aest 10 east 10 aedt 11 nzst 12 nzdt 13 ast -4 adt -3 est -5 edt -4 cst -6 cdt -5 mst -7
        mdt -6 pst -8 pdt -7 akst -9 akdt -8 hst -10 hdt -9 sst -11 brt -3 brst -2 art -3 clt -4
        """;
    String[] words = table.strip().split("\\s+");
    for (int i = 0; i < words.length; i += 2) {
      hours.put(words[i], Integer.parseInt(words[i + 1]) * 3600);
    }
    hours.put("nst", -(3 * 60 + 30) * 60);
    hours.put("ndt", -(2 * 60 + 30) * 60);
    hours.put("acst", (9 * 60 + 30) * 60);
    hours.put("acdt", (10 * 60 + 30) * 60);
    hours.put("npt", (5 * 60 + 45) * 60);
    return Map.copyOf(hours);
  }

  /// The abbreviations, in lower case, with their offsets in seconds east of UTC.
  public static Map<String, Integer> abbreviationOffsets() {
    return ABBREVIATIONS;
  }

  /// Whether an abbreviation stands for summer time.
  public static boolean isSummerTime(String abbreviation) {
    return SUMMER_TIMES.contains(abbreviation.toLowerCase(Locale.ROOT));
  }

  /// The names of the zones that the database knows.
  public static List<String> names() {
    return List.copyOf(Ids.BY_LOWER_CASE.values());
  }

  /// Made when a zone of the database is first named.
  private static final class Ids {
    static final Map<String, String> BY_LOWER_CASE = new HashMap<>();

    static {
      for (String id : ZoneId.getAvailableZoneIds()) {
        BY_LOWER_CASE.put(id.toLowerCase(Locale.ROOT), id);
      }
    }
  }
}
