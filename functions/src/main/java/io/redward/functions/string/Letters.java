package io.redward.functions.string;

import io.redward.foundation.batch.ValueOut;
import io.redward.functions.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/// Upper and lower case, quoting, and how words sound.
public final class Letters {
  /// Reserved words, which quoting must keep from being read as such.
  private static final Set<String> RESERVED =
      Set.of(
          "all",
          "analyze",
          "and",
          "any",
          "array",
          "as",
          "asc",
          "between",
          "both",
          "case",
          "cast",
          "check",
          "collate",
          "column",
          "constraint",
          "create",
          "cross",
          "current_date",
          "current_time",
          "current_timestamp",
          "current_user",
          "default",
          "deferrable",
          "desc",
          "distinct",
          "do",
          "else",
          "end",
          "except",
          "false",
          "for",
          "foreign",
          "freeze",
          "from",
          "full",
          "grant",
          "group",
          "having",
          "ilike",
          "in",
          "initially",
          "inner",
          "intersect",
          "into",
          "is",
          "isnull",
          "join",
          "leading",
          "left",
          "like",
          "limit",
          "localtime",
          "localtimestamp",
          "natural",
          "new",
          "not",
          "notnull",
          "null",
          "off",
          "offset",
          "old",
          "on",
          "only",
          "or",
          "order",
          "outer",
          "overlaps",
          "placing",
          "primary",
          "references",
          "right",
          "select",
          "session_user",
          "similar",
          "some",
          "table",
          "then",
          "to",
          "trailing",
          "true",
          "union",
          "unique",
          "user",
          "using",
          "verbose",
          "when",
          "where",
          "with");

  private Letters() {}

  public static void lower(byte[] page, int offset, int length, ValueOut out) {
    if (!Utf8.isAscii(page, offset, length)) {
      String text = new String(page, offset, length, StandardCharsets.UTF_8);
      all(text.toLowerCase(Locale.ROOT), out);
      return;
    }
    byte[] buffer = out.scratch(length);
    for (int i = 0; i < length; i++) {
      byte letter = page[offset + i];
      buffer[i] = (byte) (letter >= 'A' && letter <= 'Z' ? letter + 32 : letter);
    }
    out.bytes(buffer, 0, length);
  }

  public static void upper(byte[] page, int offset, int length, ValueOut out) {
    if (!Utf8.isAscii(page, offset, length)) {
      String text = new String(page, offset, length, StandardCharsets.UTF_8);
      all(upper(text), out);
      return;
    }
    byte[] buffer = out.scratch(length);
    for (int i = 0; i < length; i++) {
      byte letter = page[offset + i];
      buffer[i] = (byte) (letter >= 'a' && letter <= 'z' ? letter - 32 : letter);
    }
    out.bytes(buffer, 0, length);
  }

  /// Letter by letter, so that no letter becomes two.
  private static String upper(String text) {
    StringBuilder upper = new StringBuilder(text.length());
    text.codePoints().map(Character::toUpperCase).forEach(upper::appendCodePoint);
    return upper.toString();
  }

  /// The first letter of each word in upper case, the others in lower; words are runs of letters
  /// and digits.
  public static void initcap(byte[] page, int offset, int length, ValueOut out) {
    String text = new String(page, offset, length, StandardCharsets.UTF_8);
    StringBuilder result = new StringBuilder(text.length());
    boolean inWord = false;
    for (int i = 0; i < text.length(); ) {
      int letter = text.codePointAt(i);
      result.appendCodePoint(
          inWord ? Character.toLowerCase(letter) : Character.toUpperCase(letter));
      inWord = Character.isLetterOrDigit(letter);
      i += Character.charCount(letter);
    }
    all(result.toString(), out);
  }

  /// Without accents, and what is not ASCII then as question marks.
  public static void toAscii(byte[] page, int offset, int length, ValueOut out) {
    String text = new String(page, offset, length, StandardCharsets.UTF_8);
    String plain = Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    all(plain.replaceAll("[^\\p{ASCII}]", "?"), out);
  }

  /// As an identifier: in double quotes unless it is a plain lower-case name.
  public static void quoteIdent(byte[] page, int offset, int length, ValueOut out) {
    if (isPlainName(page, offset, length)) {
      out.bytes(page, offset, length);
    } else {
      quote(page, offset, length, '"', out);
    }
  }

  private static boolean isPlainName(byte[] page, int offset, int length) {
    for (int i = 0; i < length; i++) {
      byte letter = page[offset + i];
      boolean starts = letter >= 'a' && letter <= 'z' || letter == '_';
      if (!starts && (i == 0 || (letter < '0' || letter > '9') && letter != '$')) {
        return false;
      }
    }
    return length > 0
        && !RESERVED.contains(new String(page, offset, length, StandardCharsets.US_ASCII));
  }

  /// As a string literal.
  public static void quoteLiteral(byte[] page, int offset, int length, ValueOut out) {
    quote(page, offset, length, '\'', out);
  }

  private static void quote(byte[] page, int offset, int length, char mark, ValueOut out) {
    byte[] buffer = out.scratch(length * 2 + 2);
    int at = 0;
    buffer[at++] = (byte) mark;
    for (int i = offset; i < offset + length; i++) {
      if (page[i] == mark || mark == '\'' && page[i] == '\\') {
        buffer[at++] = page[i];
      }
      buffer[at++] = page[i];
    }
    buffer[at++] = (byte) mark;
    out.bytes(buffer, 0, at);
  }

  // The digit of each letter from A; H and W are passed over, vowels part equal digits.
  private static final String SOUNDS = "01230120022455012623010202";

  /// American Soundex: a letter and three digits; empty if there is no letter.
  public static void soundex(byte[] page, int offset, int length, ValueOut out) {
    byte[] buffer = out.scratch(4);
    out.bytes(buffer, 0, putSoundex(page, offset, length, buffer) ? 4 : 0);
  }

  private static boolean putSoundex(byte[] page, int offset, int length, byte[] buffer) {
    int at = 0;
    int last = '0';
    for (int i = offset; i < offset + length && at < 4; i++) {
      int letter = page[i] & 0xDF;
      if (letter < 'A' || letter > 'Z') {
        continue;
      }
      int sound = SOUNDS.charAt(letter - 'A');
      if (at == 0) {
        buffer[at++] = (byte) letter;
      } else if (sound != '0' && sound != last) {
        buffer[at++] = (byte) sound;
      }
      if (letter != 'H' && letter != 'W') {
        last = sound;
      }
    }
    boolean found = at > 0;
    while (at < 4) {
      buffer[at++] = '0';
    }
    return found;
  }

  /// How many of the four characters of two Soundex codes agree.
  public static int difference(
      byte[] page, int offset, int length, byte[] page2, int offset2, int length2) {
    byte[] one = new byte[4];
    byte[] two = new byte[4];
    if (!putSoundex(page, offset, length, one) | !putSoundex(page2, offset2, length2, two)) {
      return 0;
    }
    int same = 0;
    for (int i = 0; i < 4; i++) {
      same += one[i] == two[i] ? 1 : 0;
    }
    return same;
  }

  /// -1, 0 or 1 as the first string is less, equal or greater; blanks at the end do not count.
  public static int compare(
      byte[] page, int offset, int length, byte[] page2, int offset2, int length2) {
    int order =
        java.util.Arrays.compareUnsigned(
            page,
            offset,
            offset + Utf8.withoutTrailingBlanks(page, offset, length),
            page2,
            offset2,
            offset2 + Utf8.withoutTrailingBlanks(page2, offset2, length2));
    return Integer.signum(order);
  }

  static void all(String text, ValueOut out) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.bytes(bytes, 0, bytes.length);
  }
}
