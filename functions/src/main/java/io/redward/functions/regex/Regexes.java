package io.redward.functions.regex;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.ValueOut;
import io.redward.functions.regex.Matching.Language;
import io.redward.functions.text.Numbers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;

/// REGEXP_COUNT, REGEXP_INSTR, REGEXP_REPLACE, REGEXP_SUBSTR and the operators `~` and SIMILAR TO.
/// Positions count characters from 1. Parameters: `c` and `i` decide on letter case, `e` takes the
/// first group of a match, `p` asks for PCRE, whose constructs are always understood.
public final class Regexes {
  private static final byte[] NONE = new byte[0];

  private Regexes() {}

  private static boolean has(byte[] flags, int offset, int length, char flag) {
    for (int i = offset; i < offset + length; i++) {
      if (flags[i] == flag) {
        return true;
      }
    }
    return false;
  }

  private static Language language(byte[] flags, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if ("ciepnsmx".indexOf(flags[i]) < 0) {
        throw SqlException.ofValue(
            SqlState.INVALID_PARAMETER_VALUE,
            "Invalid regular expression parameter: \"" + (char) flags[i] + "\"");
      }
    }
    return has(flags, offset, length, 'i') ? Language.POSIX_CASE_INSENSITIVE : Language.POSIX;
  }

  /// A position before the string is its begin.
  private static int start(int position) {
    return Math.max(position, 1) - 1;
  }

  public static int matches(byte[] page, int offset, int length, byte[] p, int po, int pl) {
    return found(Matching.of(page, offset, length, p, po, pl, Language.POSIX));
  }

  public static int matchesAnyCase(byte[] page, int offset, int length, byte[] p, int po, int pl) {
    return found(Matching.of(page, offset, length, p, po, pl, Language.POSIX_CASE_INSENSITIVE));
  }

  public static int similar(byte[] page, int offset, int length, byte[] p, int po, int pl) {
    Matching matching = Matching.of(page, offset, length, p, po, pl, Language.SIMILAR_TO);
    return bounded(matching.matcher()::matches) ? 1 : 0;
  }

  private static int found(Matching matching) {
    return bounded(matching.matcher()::find) ? 1 : 0;
  }

  @FunctionalInterface
  private interface Step {
    boolean run();
  }

  /// Deep recursion of the matcher is an error of the user's pattern.
  private static boolean bounded(Step step) {
    try {
      return step.run();
    } catch (StackOverflowError _) {
      throw SqlException.ofValue(
          SqlState.PROGRAM_LIMIT_EXCEEDED, "The pattern matching operation is too complex");
    }
  }

  private static boolean find(Matcher matcher) {
    return bounded(matcher::find);
  }

  public static int count(byte[] page, int offset, int length, byte[] p, int po, int pl) {
    return count(page, offset, length, p, po, pl, 1, NONE, 0, 0);
  }

  public static int count(
      byte[] page, int offset, int length, byte[] p, int po, int pl, int position) {
    return count(page, offset, length, p, po, pl, position, NONE, 0, 0);
  }

  public static int count(
      byte[] page,
      int offset,
      int length,
      byte[] p,
      int po,
      int pl,
      int position,
      byte[] flags,
      int fo,
      int fl) {
    Matching matching = Matching.of(page, offset, length, p, po, pl, language(flags, fo, fl));
    matching.matcher().region(matching.text().indexOf(start(position)), matching.text().length());
    int count = 0;
    while (find(matching.matcher())) {
      count++;
    }
    return count;
  }

  public static int instr(byte[] page, int offset, int length, byte[] p, int po, int pl) {
    return instr(page, offset, length, p, po, pl, 1, 1, 0, NONE, 0, 0);
  }

  public static int instr(
      byte[] page, int offset, int length, byte[] p, int po, int pl, int position) {
    return instr(page, offset, length, p, po, pl, position, 1, 0, NONE, 0, 0);
  }

  public static int instr(
      byte[] page, int offset, int length, byte[] p, int po, int pl, int position, int occurrence) {
    return instr(page, offset, length, p, po, pl, position, occurrence, 0, NONE, 0, 0);
  }

  public static int instr(
      byte[] page,
      int offset,
      int length,
      byte[] p,
      int po,
      int pl,
      int position,
      int occurrence,
      int option) {
    return instr(page, offset, length, p, po, pl, position, occurrence, option, NONE, 0, 0);
  }

  /// @param option 0 for the match's first character, else the one after its last
  public static int instr(
      byte[] page,
      int offset,
      int length,
      byte[] p,
      int po,
      int pl,
      int position,
      int occurrence,
      int option,
      byte[] flags,
      int fo,
      int fl) {
    Matching matching = Matching.of(page, offset, length, p, po, pl, language(flags, fo, fl));
    if (!seek(matching, position, occurrence)) {
      return 0;
    }
    Matcher matcher = matching.matcher();
    int group = group(matcher, flags, fo, fl);
    int index = option == 0 ? matcher.start(group) : matcher.end(group);
    return index < 0 ? 0 : matching.text().charactersBefore(index) + 1;
  }

  private static boolean seek(Matching matching, int position, int occurrence) {
    if (occurrence < 1) {
      throw SqlException.ofValue(
          SqlState.INVALID_PARAMETER_VALUE, "Occurrence must be greater than 0");
    }
    matching.matcher().region(matching.text().indexOf(start(position)), matching.text().length());
    for (int i = 0; i < occurrence; i++) {
      if (!find(matching.matcher())) {
        return false;
      }
    }
    return true;
  }

  private static int group(Matcher matcher, byte[] flags, int fo, int fl) {
    return has(flags, fo, fl, 'e') && matcher.groupCount() > 0 ? 1 : 0;
  }

  public static void substr(
      byte[] page, int offset, int length, byte[] p, int po, int pl, ValueOut out) {
    substr(page, offset, length, p, po, pl, 1, 1, NONE, 0, 0, out);
  }

  public static void substr(
      byte[] page, int offset, int length, byte[] p, int po, int pl, int position, ValueOut out) {
    substr(page, offset, length, p, po, pl, position, 1, NONE, 0, 0, out);
  }

  public static void substr(
      byte[] page,
      int offset,
      int length,
      byte[] p,
      int po,
      int pl,
      int position,
      int occurrence,
      ValueOut out) {
    substr(page, offset, length, p, po, pl, position, occurrence, NONE, 0, 0, out);
  }

  /// A part of the text, the empty string if nothing matches.
  public static void substr(
      byte[] page,
      int offset,
      int length,
      byte[] p,
      int po,
      int pl,
      int position,
      int occurrence,
      byte[] flags,
      int fo,
      int fl,
      ValueOut out) {
    Matching matching = Matching.of(page, offset, length, p, po, pl, language(flags, fo, fl));
    out.bytes(page, offset, 0);
    if (seek(matching, position, occurrence)) {
      Matcher matcher = matching.matcher();
      int group = group(matcher, flags, fo, fl);
      if (matcher.start(group) >= 0) {
        int begin = matching.text().byteAt(matcher.start(group));
        out.bytes(page, begin, matching.text().byteAt(matcher.end(group)) - begin);
      }
    }
  }

  public static void replace(
      byte[] page, int offset, int length, byte[] p, int po, int pl, ValueOut out) {
    replace(page, offset, length, p, po, pl, NONE, 0, 0, 1, NONE, 0, 0, out);
  }

  public static void replace(
      byte[] page,
      int offset,
      int length,
      byte[] p,
      int po,
      int pl,
      byte[] r,
      int ro,
      int rl,
      ValueOut out) {
    replace(page, offset, length, p, po, pl, r, ro, rl, 1, NONE, 0, 0, out);
  }

  public static void replace(
      byte[] page,
      int offset,
      int length,
      byte[] p,
      int po,
      int pl,
      byte[] r,
      int ro,
      int rl,
      int position,
      ValueOut out) {
    replace(page, offset, length, p, po, pl, r, ro, rl, position, NONE, 0, 0, out);
  }

  /// Each match from a position on replaced; `$1` or `\1` in the replacement is a group.
  public static void replace(
      byte[] page,
      int offset,
      int length,
      byte[] p,
      int po,
      int pl,
      byte[] r,
      int ro,
      int rl,
      int position,
      byte[] flags,
      int fo,
      int fl,
      ValueOut out) {
    Matching matching = Matching.of(page, offset, length, p, po, pl, language(flags, fo, fl));
    Matcher matcher = matching.matcher();
    BoundedText text = matching.text();
    matcher.region(text.indexOf(start(position)), text.length());
    if (!find(matcher)) {
      out.bytes(page, offset, length);
      return;
    }
    String replacement = Numbers.text(r, ro, rl);
    StringBuilder result = new StringBuilder(length + replacement.length());
    int copied = 0;
    do {
      result.append(text.subSequence(copied, matcher.start()));
      append(replacement, matcher, result);
      copied = matcher.end();
    } while (find(matcher));
    result.append(text.subSequence(copied, text.length()));
    byte[] bytes = result.toString().getBytes(StandardCharsets.UTF_8);
    out.bytes(bytes, 0, bytes.length);
  }

  private static void append(String replacement, Matcher matcher, StringBuilder result) {
    for (int i = 0; i < replacement.length(); i++) {
      char letter = replacement.charAt(i);
      boolean isEscape = (letter == '$' || letter == '\\') && i + 1 < replacement.length();
      int digit = isEscape ? replacement.charAt(i + 1) - '0' : -1;
      if (digit >= 0 && digit <= 9 && digit <= matcher.groupCount()) {
        String group = matcher.group(digit);
        result.append(group == null ? "" : group);
        i++;
      } else if (isEscape && letter == '\\') {
        result.append(replacement.charAt(++i));
      } else {
        result.append(letter);
      }
    }
  }
}
