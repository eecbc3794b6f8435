package io.redward.leader.sql.lex;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.util.List;

/// Walks over the tokens of one text for the parsers, keeps count of depth, and words the errors.
/// Used by one thread.
public final class TokenCursor {
  private static final int LONGEST_EXCERPT = 200;

  private final String text;
  private final Token[] tokens;
  private final ParserOptions options;
  private final ExpectedWords expected;
  private int index;
  private int depth;
  private int height;
  private int[] closings = new int[0];

  /// @param diagnosing remember the words that were looked for, to suggest one in an error
  public TokenCursor(String text, List<Token> tokens, ParserOptions options, boolean diagnosing) {
    this.text = text;
    this.tokens = tokens.toArray(new Token[0]);
    this.options = options;
    this.expected = new ExpectedWords(diagnosing);
  }

  public ParserOptions options() {
    return options;
  }

  public String text() {
    return text;
  }

  // -- looking and moving

  public Token peek() {
    return tokens[index];
  }

  /// The token `ahead` places further on; END behind the end.
  public Token peek(int ahead) {
    return tokens[Math.min(index + ahead, tokens.length - 1)];
  }

  /// Takes the token, whatever it is; stays at END.
  public Token next() {
    Token token = tokens[index];
    if (index < tokens.length - 1) {
      index++;
    }
    return token;
  }

  /// The token last taken; only after one was.
  public Token last() {
    return tokens[index - 1];
  }

  public int position() {
    return tokens[index].position();
  }

  /// Where the cursor stands, for [#returnTo].
  public int mark() {
    return index;
  }

  public void returnTo(int mark) {
    index = mark;
  }

  /// The index of the parenthesis that closes the one at `opening`, or of END if none does.
  public int closing(int opening) {
    if (closings.length == 0) {
      closings = closingParentheses(tokens);
    }
    return closings[opening];
  }

  public Token tokenAt(int index) {
    return tokens[Math.min(index, tokens.length - 1)];
  }

  private static int[] closingParentheses(Token[] tokens) {
    int[] closings = new int[tokens.length];
    int[] open = new int[tokens.length];
    int openCount = 0;
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i].is(TokenKind.LEFT_PAREN)) {
        closings[i] = tokens.length - 1;
        open[openCount++] = i;
      } else if (tokens[i].is(TokenKind.RIGHT_PAREN) && openCount > 0) {
        closings[open[--openCount]] = i;
      }
    }
    return closings;
  }

  // -- kinds

  public boolean at(TokenKind kind) {
    return tokens[index].kind() == kind;
  }

  public boolean accept(TokenKind kind) {
    if (tokens[index].kind() != kind) {
      return false;
    }
    next();
    return true;
  }

  public Token expect(TokenKind kind) {
    if (tokens[index].kind() != kind) {
      throw syntaxError();
    }
    return next();
  }

  public boolean atOperator(String operator) {
    return tokens[index].isOperator(operator);
  }

  public boolean acceptOperator(String operator) {
    if (!atOperator(operator)) {
      return false;
    }
    next();
    return true;
  }

  public void expectOperator(String operator) {
    if (!acceptOperator(operator)) {
      throw syntaxError();
    }
  }

  // -- words, given in lower case

  public boolean atWord(String word) {
    expected.note(index, word);
    return tokens[index].isWord(word);
  }

  /// Says that these words would have been taken here, for a token that passes for something else.
  public void mightBe(String... words) {
    for (String word : words) {
      expected.note(index, word);
    }
  }

  public boolean atWords(String first, String second) {
    return atWord(first) && peek(1).isWord(second);
  }

  public boolean atAnyWord(String... words) {
    for (String word : words) {
      if (atWord(word)) {
        return true;
      }
    }
    return false;
  }

  public boolean acceptWord(String word) {
    if (!atWord(word)) {
      return false;
    }
    next();
    return true;
  }

  /// Takes all the words or none.
  public boolean acceptWords(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (i > 0) {
        expected.note(index + i, words[i]);
      }
      if (i == 0 ? !atWord(words[0]) : !peek(i).isWord(words[i])) {
        return false;
      }
    }
    for (int i = 0; i < words.length; i++) {
      next();
    }
    return true;
  }

  public Token expectWord(String word) {
    if (!atWord(word)) {
      throw syntaxError();
    }
    return next();
  }

  public void expectWords(String... words) {
    for (String word : words) {
      expectWord(word);
    }
  }

  // -- errors

  /// PostgreSQL's words for a token that fits nowhere, at the cursor.
  public SqlException syntaxError() {
    return syntaxErrorAt(index);
  }

  /// The same about the token last taken.
  public SqlException syntaxErrorAtLast() {
    return syntaxErrorAt(index - 1);
  }

  private SqlException syntaxErrorAt(int at) {
    Token token = tokens[at];
    String message =
        token.is(TokenKind.END)
            ? "syntax error at end of input"
            : "syntax error at or near \""
                + shortened(text.substring(token.start(), token.end()))
                + "\"";
    SqlException error =
        new SqlException(SqlState.SYNTAX_ERROR, message).withPosition(token.position());
    return expected
        .suggestion(tokens, at)
        .map(word -> error.withHint("Did you mean \"" + word + "\"?"))
        .orElse(error);
  }

  /// An error of another kind that points at a token.
  public SqlException error(SqlState state, String message, int position) {
    return new SqlException(state, message).withPosition(position);
  }

  static String shortened(String excerpt) {
    return excerpt.length() <= LONGEST_EXCERPT
        ? excerpt
        : excerpt.substring(0, LONGEST_EXCERPT) + "...";
  }

  // -- depth: no tree may be higher than the limit, or those who walk it overflow their stack

  /// Enters a level of the grammar that may contain itself; returns what [#leave] wants back.
  public int enter(int levels) {
    depth += levels;
    int saved = height;
    height = 0;
    check(depth);
    return saved;
  }

  /// Leaves the level: its subtree is as high as what was built within, and these levels more.
  public void leave(int levels, int saved) {
    depth -= levels;
    height = Math.max(saved, height + levels);
  }

  /// A node was put on top of all that was built on this level, as `a + b` becomes `(a + b) + c`.
  public void grow() {
    height++;
    check(depth + height);
  }

  private void check(int levels) {
    if (levels > options.maxDepth()) {
      throw new SqlException(
              SqlState.STATEMENT_TOO_COMPLEX,
              "stack depth limit exceeded: statement is nested too deeply")
          .withPosition(position())
          .withHint("At most " + options.maxDepth() + " levels may be nested.");
    }
  }
}
