package io.redward.runtime.string;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.text.Brackets;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A prepared SIMILAR TO or POSIX pattern. Used by one thread. A pattern that backtracks for long
/// looks at the query's cancellation now and then.
public final class RegexMatcher {
  private final Matcher matcher;
  private final boolean whole;
  private final CancelToken cancel;

  private RegexMatcher(Pattern pattern, boolean whole, CancelToken cancel) {
    matcher = pattern.matcher("");
    this.whole = whole;
    this.cancel = cancel;
  }

  /// A POSIX pattern (`~`), which may match anywhere in the string.
  public static RegexMatcher posix(byte[] pattern, boolean ignoreCase, CancelToken cancel) {
    int flags = ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
    return new RegexMatcher(compile(Brackets::toRegex, pattern, flags), false, cancel);
  }

  /// A SIMILAR TO pattern, which must match the whole string.
  public static RegexMatcher similar(byte[] pattern, char escape, CancelToken cancel) {
    return new RegexMatcher(
        compile(text -> SimilarPattern.toRegex(text, escape), pattern, 0), true, cancel);
  }

  private static Pattern compile(UnaryOperator<String> toRegex, byte[] pattern, int flags) {
    try {
      String regex = toRegex.apply(new String(pattern, StandardCharsets.UTF_8));
      return Pattern.compile(regex, Pattern.DOTALL | flags);
    } catch (PatternSyntaxException e) {
      throw new SqlException(
          SqlState.INVALID_REGULAR_EXPRESSION,
          "invalid regular expression: " + e.getDescription(),
          e);
    }
  }

  public boolean matches(byte[] page, int offset, int length) {
    matcher.reset(new Watched(new String(page, offset, length, StandardCharsets.UTF_8), cancel));
    try {
      return whole ? matcher.matches() : matcher.find();
    } catch (StackOverflowError e) {
      throw new SqlException(
          SqlState.STATEMENT_TOO_COMPLEX, "regular expression is too complex for the string", e);
    }
  }

  /// Text that asks for cancellation every so many characters.
  private static final class Watched implements CharSequence {
    private static final int CHECK_EVERY = 1 << 16;

    private final String text;
    private final CancelToken cancel;
    private int reads;

    Watched(String text, CancelToken cancel) {
      this.text = text;
      this.cancel = cancel;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++reads % CHECK_EVERY == 0) {
        cancel.check();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
