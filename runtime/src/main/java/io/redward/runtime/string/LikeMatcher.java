package io.redward.runtime.string;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A prepared LIKE or ILIKE pattern. Used by one thread.
///
/// The pattern is cut at its `%` into pieces; the first is anchored at the start, the last at the
/// end,
/// those between are searched for from left to right. A piece with `_` is compared character by
/// character, one without byte by byte.
public final class LikeMatcher {
  private final boolean ignoreCase;
  private final List<Piece> pieces;
  private byte[] folded = new byte[64];

  /// Bytes between two `%`; `any` marks those that stand for one character of any kind, `wild` says
  /// that there are none.
  private record Piece(byte[] bytes, boolean[] any, boolean wild, ByteSearch search) {}

  private LikeMatcher(List<Piece> pieces, boolean ignoreCase) {
    this.pieces = pieces;
    this.ignoreCase = ignoreCase;
  }

  /// @param escape the character that takes its meaning from the next one, 0 for none
  public static LikeMatcher of(byte[] pattern, char escape, boolean ignoreCase) {
    String text = new String(pattern, StandardCharsets.UTF_8);
    if (ignoreCase) {
      text = text.toLowerCase(Locale.ROOT);
    }
    List<Piece> pieces = new ArrayList<>();
    PieceBuilder piece = new PieceBuilder();
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      if (escape != 0 && character == escape) {
        if (i == text.length()) {
          throw new SqlException(
              SqlState.INVALID_ESCAPE_SEQUENCE, "LIKE pattern must not end with escape character");
        }
        int next = text.codePointAt(i);
        i += Character.charCount(next);
        piece.add(next);
      } else if (character == '%') {
        pieces.add(piece.build());
        piece = new PieceBuilder();
      } else if (character == '_') {
        piece.addAny();
      } else {
        piece.add(character);
      }
    }
    pieces.add(piece.build());
    return new LikeMatcher(pieces, ignoreCase);
  }

  private static final class PieceBuilder {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Integer> any = new ArrayList<>();

    void add(int character) {
      bytes.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
    }

    void addAny() {
      any.add(bytes.size());
      bytes.write('_');
    }

    Piece build() {
      byte[] array = bytes.toByteArray();
      boolean[] marks = new boolean[array.length];
      any.forEach(place -> marks[place] = true);
      return new Piece(array, marks, !any.isEmpty(), new ByteSearch(array));
    }
  }

  public boolean matches(byte[] page, int offset, int length) {
    return ignoreCase
        ? matchesFolded(page, offset, length)
        : matchesExactly(page, offset, offset + length);
  }

  private boolean matchesFolded(byte[] page, int offset, int length) {
    if (folded.length < length) {
      folded = new byte[Math.max(length, folded.length * 2)];
    }
    for (int i = 0; i < length; i++) {
      byte value = page[offset + i];
      if (value < 0) {
        String text = new String(page, offset, length, StandardCharsets.UTF_8);
        byte[] lower = text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        return matchesExactly(lower, 0, lower.length);
      }
      folded[i] = value >= 'A' && value <= 'Z' ? (byte) (value + 32) : value;
    }
    return matchesExactly(folded, 0, length);
  }

  private boolean matchesExactly(byte[] page, int from, int to) {
    int last = pieces.size() - 1;
    Piece first = pieces.getFirst();
    int at = matchAt(first, page, from, to);
    if (last == 0) {
      return at == to;
    }
    if (at < 0) {
      return false;
    }
    for (int i = 1; i < last; i++) {
      at = find(pieces.get(i), page, at, to);
      if (at < 0) {
        return false;
      }
    }
    return endsWith(pieces.get(last), page, at, to);
  }

  /// Where the piece ends if it is at `at`, else -1.
  private static int matchAt(Piece piece, byte[] page, int at, int to) {
    if (!piece.wild()) {
      int end = at + piece.bytes().length;
      return end <= to && piece.search().isAt(page, at) ? end : -1;
    }
    int place = at;
    for (int i = 0; i < piece.bytes().length; i++) {
      if (place >= to) {
        return -1;
      }
      if (piece.any()[i]) {
        place = nextCharacter(page, place, to);
      } else if (page[place] == piece.bytes()[i]) {
        place++;
      } else {
        return -1;
      }
    }
    return place;
  }

  private static int nextCharacter(byte[] page, int at, int to) {
    int next = at + 1;
    while (next < to && (page[next] & 0xC0) == 0x80) {
      next++;
    }
    return next;
  }

  /// Where the first place of the piece ends, else -1.
  private static int find(Piece piece, byte[] page, int from, int to) {
    if (!piece.wild()) {
      int found = piece.search().find(page, from, to);
      return found < 0 ? -1 : found + piece.bytes().length;
    }
    for (int at = from; at <= to; at = at == to ? to + 1 : nextCharacter(page, at, to)) {
      int end = matchAt(piece, page, at, to);
      if (end >= 0) {
        return end;
      }
    }
    return -1;
  }

  private static boolean endsWith(Piece piece, byte[] page, int from, int to) {
    int length = piece.bytes().length;
    if (!piece.wild()) {
      return to - from >= length && Arrays.equals(page, to - length, to, piece.bytes(), 0, length);
    }
    int start = to;
    for (int i = 0; i < length; i++) {
      boolean begins = piece.any()[i] || (piece.bytes()[i] & 0xC0) != 0x80;
      if (begins) {
        start--;
        while (start > from && (page[start] & 0xC0) == 0x80) {
          start--;
        }
      }
    }
    return start >= from && matchAt(piece, page, start, to) == to;
  }
}
