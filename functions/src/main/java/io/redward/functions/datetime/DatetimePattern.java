package io.redward.functions.datetime;

import io.redward.functions.text.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A datetime format such as `YYYY-MM-DD HH24:MI:SS`, cut into its items. Patterns are kept by
/// their text: a statement uses the same one in every row.
final class DatetimePattern {
  /// What an item stands for. Names that begin alike are matched longest first.
  enum Field {
    AD_DOTS("A.D."),
    BC_DOTS("B.C."),
    AM_DOTS("A.M."),
    PM_DOTS("P.M."),
    AD("AD"),
    BC("BC"),
    AM("AM"),
    PM("PM"),
    CENTURY("CC"),
    DAY_NAME("DAY"),
    DAY_OF_YEAR("DDD"),
    DAY("DD"),
    DAY_ABBREVIATION("DY"),
    DAY_OF_WEEK("D"),
    HOUR_24("HH24"),
    HOUR_12("HH12"),
    HOUR("HH"),
    ISO_DAY_OF_YEAR("IDDD"),
    ISO_DAY_OF_WEEK("ID"),
    ISO_WEEK("IW"),
    ISO_YEAR("IYYY"),
    ISO_YEAR_3("IYY"),
    ISO_YEAR_2("IY"),
    ISO_YEAR_1("I"),
    JULIAN("J"),
    MINUTE("MI"),
    MONTH("MM"),
    MONTH_NAME("MONTH"),
    MONTH_ABBREVIATION("MON"),
    MILLISECOND("MS"),
    OFFSET("OF"),
    QUARTER("Q"),
    ROMAN_MONTH("RM"),
    SECOND_OF_DAY("SSSS"),
    SECOND("SS"),
    ZONE("TZ"),
    MICROSECOND("US"),
    WEEK_OF_YEAR("WW"),
    WEEK_OF_MONTH("W"),
    YEAR_COMMA("Y,YYY"),
    YEAR("YYYY"),
    YEAR_3("YYY"),
    YEAR_2("YY"),
    YEAR_1("Y"),
    /// Text that stands for itself.
    LITERAL("");

    private final String name;

    Field(String name) {
      this.name = name;
    }

    /// True if the item is a number, so that one after another must be told apart by width.
    boolean isNumber() {
      return switch (this) {
        case AD_DOTS,
            BC_DOTS,
            AM_DOTS,
            PM_DOTS,
            AD,
            BC,
            AM,
            PM,
            DAY_NAME,
            DAY_ABBREVIATION,
            MONTH_NAME,
            MONTH_ABBREVIATION,
            ROMAN_MONTH,
            ZONE,
            OFFSET,
            LITERAL ->
            false;
        default -> true;
      };
    }
  }

  /// @param text as written in the pattern, whose letter case decides that of names
  /// @param fill false after FM: no padding
  /// @param ordinal "TH", "th" or empty
  record Item(Field field, String text, boolean fill, String ordinal) {}

  private static final List<Field> LONGEST_FIRST =
      Arrays.stream(Field.values())
          .filter(field -> field != Field.LITERAL)
          .sorted((a, b) -> Integer.compare(b.name.length(), a.name.length()))
          .toList();

  private static volatile Latest latest = new Latest(new byte[0], new DatetimePattern(""));

  private record Latest(byte[] text, DatetimePattern pattern) {}

  private final List<Item> items = new ArrayList<>();

  private DatetimePattern(String pattern) {
    String upper = pattern.toUpperCase(Locale.ROOT);
    boolean fill = true;
    for (int at = 0; at < pattern.length(); ) {
      if (upper.startsWith("FM", at)) {
        fill = false;
        at += 2;
      } else if (upper.startsWith("FX", at)) {
        at += 2;
      } else if (pattern.charAt(at) == '"') {
        int end = pattern.indexOf('"', at + 1);
        int stop = end < 0 ? pattern.length() : end;
        items.add(new Item(Field.LITERAL, pattern.substring(at + 1, stop), true, ""));
        at = stop + 1;
      } else {
        at = addItem(pattern, upper, at, fill);
        fill = true;
      }
    }
  }

  private int addItem(String pattern, String upper, int at, boolean fill) {
    for (Field field : LONGEST_FIRST) {
      if (upper.startsWith(field.name, at)) {
        int end = at + field.name.length();
        boolean hasOrdinal = upper.startsWith("TH", end) && field.isNumber();
        String ordinal = hasOrdinal ? pattern.substring(end, end + 2) : "";
        items.add(new Item(field, pattern.substring(at, end), fill, ordinal));
        return end + ordinal.length();
      }
    }
    items.add(new Item(Field.LITERAL, pattern.substring(at, at + 1), true, ""));
    return at + 1;
  }

  static DatetimePattern of(byte[] page, int offset, int length) {
    Latest seen = latest;
    if (Arrays.equals(seen.text, 0, seen.text.length, page, offset, offset + length)) {
      return seen.pattern;
    }
    DatetimePattern pattern = new DatetimePattern(Numbers.text(page, offset, length));
    latest = new Latest(Arrays.copyOfRange(page, offset, offset + length), pattern);
    return pattern;
  }

  List<Item> items() {
    return items;
  }
}
