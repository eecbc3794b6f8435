package io.redward.functions.json;

/// Walks the elements of a SUPER array, or the members of an object, where they lie: a place is an
/// index into the page, [#NONE] if there is no further element. The texts are those of SUPER
/// values, so they are well-formed and have no blanks between their parts.
public final class SuperElements {
  public static final int NONE = -1;

  private SuperElements() {}

  /// The place of an array's first element. A value that is no array is its own only element, but
  /// for a JSON null, which has none.
  public static int first(byte[] page, int offset, int length) {
    if (page[offset] == '[') {
      return length == 2 ? NONE : offset + 1;
    }
    return page[offset] == 'n' ? NONE : offset;
  }

  /// The place of an object's first member; other values have none.
  public static int firstMember(byte[] page, int offset, int length) {
    return page[offset] == '{' && length > 2 ? offset + 1 : NONE;
  }

  /// True if elements have an index.
  public static boolean isIndexed(byte[] page, int offset) {
    return page[offset] == '[';
  }

  /// The index after the value at a place.
  ///
  /// @param limit the end of the array or object
  public static int end(byte[] page, int at, int limit) {
    int depth = 0;
    for (int i = at; i < limit; i++) {
      switch (page[i]) {
        case '"' -> {
          i = quoteEnd(page, i) - 1;
          if (depth == 0) {
            return i + 1;
          }
        }
        case '{', '[' -> depth++;
        case '}', ']' -> {
          depth--;
          if (depth <= 0) {
            return depth == 0 ? i + 1 : i;
          }
        }
        case ',' -> {
          if (depth == 0) {
            return i;
          }
        }
        default -> {}
      }
    }
    return limit;
  }

  /// The index after the string that begins here.
  private static int quoteEnd(byte[] page, int at) {
    int i = at + 1;
    while (page[i] != '"') {
      i += page[i] == '\\' ? 2 : 1;
    }
    return i + 1;
  }

  /// The index after the name of the member at a place; its value is behind the colon there.
  public static int nameEnd(byte[] page, int at) {
    return quoteEnd(page, at);
  }

  /// The place of the element or member after the one that ends here.
  ///
  /// @param limit the end of the array or object
  public static int next(byte[] page, int end, int limit) {
    return end < limit && page[end] == ',' ? end + 1 : NONE;
  }
}
