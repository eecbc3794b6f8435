package io.redward.leader.session;

import java.util.regex.Pattern;

/// The words that a conversion to a date or a time takes for a moment: `'today'::date` is a
/// constant of the statement's execution only.
final class ClockWords {
  private static final Pattern WORDS =
      Pattern.compile("\\b(now|today|tomorrow|yesterday)\\b", Pattern.CASE_INSENSITIVE);

  private ClockWords() {}

  /// True if such a word is in the text, whatever it stands there for.
  static boolean in(String text) {
    return WORDS.matcher(text).find();
  }
}
