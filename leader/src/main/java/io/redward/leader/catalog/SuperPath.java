package io.redward.leader.catalog;

import java.util.ArrayList;
import java.util.List;

/// Where in the values of a SUPER column a masking policy is attached: the names of members, the
/// outermost first; none for the whole column.
public record SuperPath(List<String> steps) {
  /// The whole column.
  public static final SuperPath WHOLE = new SuperPath(List.of());

  public SuperPath {
    steps = List.copyOf(steps);
  }

  public boolean isWhole() {
    return steps.isEmpty();
  }

  /// Whether one of two different places lies within the other.
  public boolean conflictsWith(SuperPath other) {
    int common = Math.min(steps.size(), other.steps.size());
    return !equals(other) && steps.subList(0, common).equals(other.steps.subList(0, common));
  }

  /// What follows the column's name to name the place: `."a"."b"`.
  public String text() {
    StringBuilder text = new StringBuilder();
    steps.forEach(step -> text.append(".\"").append(step.replace("\"", "\"\"")).append('"'));
    return text.toString();
  }

  /// The path that [#text] gives this for.
  static SuperPath parse(String text) {
    List<String> steps = new ArrayList<>();
    StringBuilder step = new StringBuilder();
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' && inside && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        step.append(c);
        i++;
      } else if (c == '"') {
        inside = !inside;
        if (!inside) {
          steps.add(step.toString());
          step.setLength(0);
        }
      } else if (inside) {
        step.append(c);
      }
    }
    return new SuperPath(steps);
  }
}
