package io.redward.functions.json;

/// Walks a JSON text by RFC 8259. Methods that pass over something answer the index after it, or
/// [#INVALID]. Nesting deeper than [#MAX_DEPTH] counts as invalid.
final class JsonScanner {
  static final int INVALID = -1;
  private static final int MAX_DEPTH = 1_000;

  private final byte[] page;
  private final int end;

  JsonScanner(byte[] page, int offset, int length) {
    this.page = page;
    this.end = offset + length;
  }

  int skipBlanks(int at) {
    while (at < end
        && (page[at] == ' ' || page[at] == '\n' || page[at] == '\t' || page[at] == '\r')) {
      at++;
    }
    return at;
  }

  byte peek(int at) {
    return at < end ? page[at] : 0;
  }

  /// True if the text is one value and nothing else.
  boolean isValid(int begin) {
    int at = skipValue(skipBlanks(begin), 0);
    return at != INVALID && skipBlanks(at) == end;
  }

  int skipValue(int at, int depth) {
    if (at >= end || depth > MAX_DEPTH) {
      return INVALID;
    }
    return switch (page[at]) {
      case '{' -> skipMembers(at, depth, '}');
      case '[' -> skipMembers(at, depth, ']');
      case '"' -> skipString(at);
      case 't' -> skipWord(at, "true");
      case 'f' -> skipWord(at, "false");
      case 'n' -> skipWord(at, "null");
      default -> skipNumber(at);
    };
  }

  /// An object or an array.
  private int skipMembers(int begin, int depth, char close) {
    int at = skipBlanks(begin + 1);
    if (peek(at) == close) {
      return at + 1;
    }
    while (true) {
      if (close == '}') {
        at = skipName(at);
        if (at == INVALID) {
          return INVALID;
        }
      }
      at = skipValue(at, depth + 1);
      if (at == INVALID) {
        return INVALID;
      }
      at = skipBlanks(at);
      if (peek(at) == close) {
        return at + 1;
      }
      if (peek(at) != ',') {
        return INVALID;
      }
      at = skipBlanks(at + 1);
    }
  }

  /// A member's name and colon, up to its value.
  int skipName(int at) {
    if (peek(at) != '"') {
      return INVALID;
    }
    int after = skipString(at);
    if (after == INVALID) {
      return INVALID;
    }
    after = skipBlanks(after);
    return peek(after) == ':' ? skipBlanks(after + 1) : INVALID;
  }

  int skipString(int begin) {
    for (int at = begin + 1; at < end; at++) {
      byte letter = page[at];
      if (letter == '"') {
        return at + 1;
      }
      if (letter == '\\') {
        at++;
        if (at >= end || "\"\\/bfnrtu".indexOf(page[at]) < 0) {
          return INVALID;
        }
        if (page[at] == 'u') {
          for (int i = 1; i <= 4; i++) {
            if (at + i >= end || Character.digit(page[at + i], 16) < 0) {
              return INVALID;
            }
          }
          at += 4;
        }
      } else if (letter >= 0 && letter < ' ') {
        return INVALID;
      }
    }
    return INVALID;
  }

  private int skipWord(int at, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (peek(at + i) != word.charAt(i)) {
        return INVALID;
      }
    }
    return at + word.length();
  }

  private int skipNumber(int begin) {
    int at = peek(begin) == '-' ? begin + 1 : begin;
    int digits = skipDigits(at);
    if (digits == at || peek(at) == '0' && digits > at + 1) {
      return INVALID;
    }
    at = digits;
    if (peek(at) == '.') {
      int fraction = skipDigits(at + 1);
      if (fraction == at + 1) {
        return INVALID;
      }
      at = fraction;
    }
    if (peek(at) == 'e' || peek(at) == 'E') {
      int sign = peek(at + 1) == '+' || peek(at + 1) == '-' ? at + 2 : at + 1;
      int exponent = skipDigits(sign);
      if (exponent == sign) {
        return INVALID;
      }
      at = exponent;
    }
    return at;
  }

  private int skipDigits(int at) {
    while (at < end && page[at] >= '0' && page[at] <= '9') {
      at++;
    }
    return at;
  }
}
