package io.redward.leader.system;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// EXPLAIN's lines as nodes with numbers.
final class PlanNodes {
  private static final Pattern NODE =
      Pattern.compile(
          "( *)(?:->  )?(?:XN|LD) .*\\(cost=([\\d.]+)\\.\\.([\\d.]+) rows=(\\d+) width=(\\d+)\\)");

  private PlanNodes() {}

  /// A node.
  ///
  /// @param parent 0 for the first
  /// @param details conditions and keys
  record Node(
      int id,
      int parent,
      String text,
      String details,
      double startup,
      double total,
      long rows,
      long width) {}

  static List<Node> of(List<String> lines) {
    List<Node> nodes = new ArrayList<>();
    Deque<int[]> open = new ArrayDeque<>();
    for (String line : lines) {
      Matcher matcher = NODE.matcher(line);
      if (matcher.lookingAt()) {
        int indent = matcher.group(1).length();
        while (!open.isEmpty() && open.getLast()[0] >= indent) {
          open.removeLast();
        }
        int parent = open.isEmpty() ? 0 : open.getLast()[1];
        int id = nodes.size() + 1;
        open.addLast(new int[] {indent, id});
        nodes.add(
            new Node(
                id,
                parent,
                line,
                "",
                Double.parseDouble(matcher.group(2)),
                Double.parseDouble(matcher.group(3)),
                Long.parseLong(matcher.group(4)),
                Long.parseLong(matcher.group(5))));
      } else if (!nodes.isEmpty() && !line.isBlank()) {
        Node last = nodes.removeLast();
        String details = (last.details() + " " + line.strip()).strip();
        nodes.add(
            new Node(
                last.id(),
                last.parent(),
                last.text(),
                details,
                last.startup(),
                last.total(),
                last.rows(),
                last.width()));
      }
    }
    return nodes;
  }
}
