package io.redward.functions.regex;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.functions.text.Utf8;
import java.nio.charset.StandardCharsets;

/// A string as the matcher reads it: bytes that are ASCII as they lie, others decoded. It counts
/// the characters read, so that a pattern that backtracks without end ends in an error, and sees
/// when the thread is interrupted.
///
/// One a thread, filled anew for each match.
final class BoundedText implements CharSequence {
  /// Reads a match may make; a second or so of work.
  private static final int MAX_READS = 200_000_000;

  private static final int INTERRUPT_MASK = (1 << 16) - 1;

  private byte[] page = new byte[0];
  private int offset;
  private int length;
  private String decoded = "";
  private boolean isAscii = true;
  private int reads;

  void fill(byte[] page, int offset, int length) {
    this.page = page;
    this.offset = offset;
    this.isAscii = Utf8.isAscii(page, offset, length);
    this.decoded = isAscii ? "" : new String(page, offset, length, StandardCharsets.UTF_8);
    this.length = isAscii ? length : decoded.length();
    this.reads = 0;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    if ((++reads & INTERRUPT_MASK) == 0) {
      check();
    }
    return isAscii ? (char) page[offset + index] : decoded.charAt(index);
  }

  private void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw SqlException.ofValue(
          SqlState.QUERY_CANCELED, "canceling statement due to user request");
    }
    if (reads > MAX_READS) {
      throw SqlException.ofValue(
          SqlState.PROGRAM_LIMIT_EXCEEDED, "The pattern matching operation is too complex");
    }
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return isAscii
        ? new String(page, offset + start, end - start, StandardCharsets.US_ASCII)
        : decoded.substring(start, end);
  }

  @Override
  public String toString() {
    return subSequence(0, length).toString();
  }

  /// The index in the text of character number `characters`.
  int indexOf(int characters) {
    if (isAscii) {
      return Math.min(characters, length);
    }
    int total = decoded.codePointCount(0, length);
    return decoded.offsetByCodePoints(0, Math.min(characters, total));
  }

  /// The number of characters before an index in the text.
  int charactersBefore(int index) {
    return isAscii ? index : decoded.codePointCount(0, index);
  }

  /// The byte, counted in the page, of an index in the text.
  int byteAt(int index) {
    return isAscii
        ? offset + index
        : offset + decoded.substring(0, index).getBytes(StandardCharsets.UTF_8).length;
  }
}
