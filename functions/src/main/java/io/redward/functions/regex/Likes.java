package io.redward.functions.regex;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.functions.text.Utf8;

/// LIKE and ILIKE with a pattern that varies by row: `%` is any string, `_` any character.
public final class Likes {
  private static final int NO_ESCAPE = -1;

  private Likes() {}

  public static int like(byte[] page, int offset, int length, byte[] p, int po, int pl) {
    return match(page, offset, offset + length, p, po, po + pl, '\\', false) ? 1 : 0;
  }

  public static int ilike(byte[] page, int offset, int length, byte[] p, int po, int pl) {
    return match(page, offset, offset + length, p, po, po + pl, '\\', true) ? 1 : 0;
  }

  public static int like(
      byte[] page, int offset, int length, byte[] p, int po, int pl, byte[] e, int eo, int el) {
    return match(page, offset, offset + length, p, po, po + pl, escape(e, eo, el), false) ? 1 : 0;
  }

  public static int ilike(
      byte[] page, int offset, int length, byte[] p, int po, int pl, byte[] e, int eo, int el) {
    return match(page, offset, offset + length, p, po, po + pl, escape(e, eo, el), true) ? 1 : 0;
  }

  private static int escape(byte[] e, int offset, int length) {
    if (length > 1) {
      throw SqlException.ofValue(
          SqlState.INVALID_ESCAPE_SEQUENCE, "Escape string must be empty or one character");
    }
    return length == 0 ? NO_ESCAPE : e[offset];
  }

  /// Walks both strings; after a mismatch the text restarts one character after where the last `%`
  /// was tried, so the work is at most the product of the lengths and needs no stack.
  private static boolean match(
      byte[] text, int at, int end, byte[] p, int pAt, int pEnd, int escape, boolean anyCase) {
    int retryPattern = -1;
    int retryText = at;
    while (at < end) {
      boolean matched = false;
      if (pAt < pEnd && p[pAt] == '%') {
        retryPattern = ++pAt;
        retryText = at;
        continue;
      }
      if (pAt < pEnd && p[pAt] == '_') {
        at += Utf8.width(text[at]);
        pAt++;
        continue;
      }
      if (pAt < pEnd) {
        int literal = p[pAt] == escape && pAt + 1 < pEnd ? pAt + 1 : pAt;
        int width = Utf8.width(p[literal]);
        matched = same(text, at, end, p, literal, width, anyCase);
        if (matched) {
          at += anyCase ? Utf8.width(text[at]) : width;
          pAt = literal + width;
        }
      }
      if (!matched) {
        if (retryPattern < 0) {
          return false;
        }
        retryText += Utf8.width(text[retryText]);
        at = retryText;
        pAt = retryPattern;
      }
    }
    while (pAt < pEnd && p[pAt] == '%') {
      pAt++;
    }
    return pAt == pEnd;
  }

  private static boolean same(
      byte[] text, int at, int end, byte[] p, int pAt, int width, boolean anyCase) {
    if (anyCase && at + Utf8.width(text[at]) <= end) {
      return Character.toLowerCase(Utf8.codePoint(text, at))
          == Character.toLowerCase(Utf8.codePoint(p, pAt));
    }
    for (int i = 0; i < width; i++) {
      if (at + i >= end || text[at + i] != p[pAt + i]) {
        return false;
      }
    }
    return true;
  }
}
