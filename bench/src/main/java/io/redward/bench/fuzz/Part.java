package io.redward.bench.fuzz;

import java.util.ArrayList;
import java.util.List;

/// A piece of a statement: text with parts in its gaps.
///
/// @param kind what it is an expression of, or `OTHER`
/// @param text has `%` where a part goes
record Part(Kind kind, String text, List<Part> parts) {
  /// Types of expressions.
  enum Kind {
    INTEGER,
    DECIMAL,
    DOUBLE,
    STRING,
    DATE,
    TIMESTAMP,
    BOOLEAN,
    OTHER
  }

  Part {
    parts = List.copyOf(parts);
  }

  static Part of(Kind kind, String text, Part... parts) {
    return new Part(kind, text, List.of(parts));
  }

  /// The SQL.
  String sql() {
    StringBuilder sql = new StringBuilder();
    int next = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' && next < parts.size()) {
        sql.append(parts.get(next++).sql());
      } else {
        sql.append(c == '\u0001' ? '%' : c);
      }
    }
    return sql.toString();
  }

  int size() {
    return 1 + parts.stream().mapToInt(Part::size).sum();
  }

  /// The same with another part at a place.
  Part with(int place, Part part) {
    List<Part> changed = new ArrayList<>(parts);
    changed.set(place, part);
    return new Part(kind, text, changed);
  }

  /// Parts of a kind anywhere below.
  List<Part> below(Kind wanted) {
    List<Part> found = new ArrayList<>();
    for (Part part : parts) {
      if (part.kind() == wanted) {
        found.add(part);
      }
      found.addAll(part.below(wanted));
    }
    return found;
  }
}
