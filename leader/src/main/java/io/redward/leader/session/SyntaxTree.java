package io.redward.leader.session;

import io.redward.leader.sql.ast.Node;
import java.util.ArrayList;
import java.util.List;

/// A syntax tree as indented text, for EXPLAIN (AST): the records print themselves, and their
/// brackets become lines.
final class SyntaxTree {
  private SyntaxTree() {}

  static List<String> lines(Node node) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int depth = 0;
    for (char c : node.toString().toCharArray()) {
      switch (c) {
        case '[' -> {
          lines.add("  ".repeat(Math.max(0, depth)) + line.toString().strip());
          line.setLength(0);
          depth++;
        }
        case ']', ',' -> {
          if (!line.toString().isBlank()) {
            lines.add("  ".repeat(Math.max(0, depth)) + line.toString().strip());
          }
          line.setLength(0);
          depth -= c == ']' ? 1 : 0;
        }
        default -> line.append(c);
      }
    }
    if (!line.toString().isBlank()) {
      lines.add("  ".repeat(Math.max(0, depth)) + line.toString().strip());
    }
    return lines;
  }
}
