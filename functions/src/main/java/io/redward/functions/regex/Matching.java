package io.redward.functions.regex;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.text.Brackets;
import io.redward.functions.text.Numbers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A thread's matcher and the patterns it has seen. The pattern of the match before is compared by
/// its bytes, so a constant pattern costs no lookup.
///
/// POSIX patterns are translated: `[[:alpha:]]` classes, and brackets in brackets. **Differs:** of
/// alternatives the first that matches is taken, not the longest.
final class Matching {
  private static final int MAX_PATTERNS = 64;
  private static final ThreadLocal<Matching> OF_THREAD = ThreadLocal.withInitial(Matching::new);

  /// How the bytes of a pattern are to be read.
  enum Language {
    POSIX,
    POSIX_CASE_INSENSITIVE,
    SIMILAR_TO
  }

  private record Key(String pattern, Language language) {}

  private final Map<Key, Matcher> matchers =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Matcher> eldest) {
          return size() > MAX_PATTERNS;
        }
      };
  private final BoundedText text = new BoundedText();
  private byte[] latestPattern = new byte[0];
  private Language latestLanguage = Language.POSIX;
  private Matcher latest = Pattern.compile("").matcher("");

  private Matching() {}

  /// The thread's instance, its matcher set to a pattern and a text.
  static Matching of(
      byte[] page,
      int offset,
      int length,
      byte[] pattern,
      int patternOffset,
      int patternLength,
      Language language) {
    Matching matching = OF_THREAD.get();
    matching.text.fill(page, offset, length);
    boolean isLatest =
        matching.latestLanguage == language
            && Arrays.equals(
                matching.latestPattern,
                0,
                matching.latestPattern.length,
                pattern,
                patternOffset,
                patternOffset + patternLength);
    if (!isLatest) {
      matching.latest =
          matching.matchers.computeIfAbsent(
              new Key(Numbers.text(pattern, patternOffset, patternLength), language),
              Matching::compiled);
      matching.latestPattern =
          Arrays.copyOfRange(pattern, patternOffset, patternOffset + patternLength);
      matching.latestLanguage = language;
    }
    matching.latest.reset(matching.text);
    return matching;
  }

  Matcher matcher() {
    return latest;
  }

  BoundedText text() {
    return text;
  }

  private static Matcher compiled(Key key) {
    int caseFlags =
        key.language == Language.POSIX_CASE_INSENSITIVE
            ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE
            : 0;
    try {
      String translated =
          key.language == Language.SIMILAR_TO
              ? "(?:" + similar(key.pattern) + ")"
              : Brackets.toRegex(key.pattern);
      return Pattern.compile(translated, Pattern.DOTALL | caseFlags).matcher("");
    } catch (PatternSyntaxException e) {
      throw SqlException.ofValue(
          SqlState.INVALID_REGULAR_EXPRESSION,
          "Invalid regular expression: \"" + key.pattern + "\": " + e.getDescription());
    }
  }

  /// SIMILAR TO: `%` and `_` are any string and any character, a dot and anchors are themselves.
  private static String similar(String pattern) {
    StringBuilder out = new StringBuilder(pattern.length() * 2);
    for (int i = 0; i < pattern.length(); i++) {
      char letter = pattern.charAt(i);
      switch (letter) {
        case '%' -> out.append(".*");
        case '_' -> out.append('.');
        case '.', '^', '$' -> out.append('\\').append(letter);
        case '\\' -> {
          out.append('\\');
          if (++i < pattern.length()) {
            out.append(pattern.charAt(i));
          }
        }
        case '[' -> i = Brackets.translate(pattern, i, '\\', false, out);
        default -> out.append(letter);
      }
    }
    return out.toString();
  }
}
