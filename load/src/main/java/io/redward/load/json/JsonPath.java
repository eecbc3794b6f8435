package io.redward.load.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A path of a jsonpaths file, in dot or bracket notation: `$.a.b`, `$['a'][0]`.
public record JsonPath(List<Step> steps) {
  /// A member's name or an element's number.
  sealed interface Step {
    record Member(String name) implements Step {}

    record Element(int index) implements Step {}
  }

  /// @throws IllegalArgumentException if the text is no path
  public static JsonPath parse(String text) {
    if (!text.startsWith("$")) {
      throw new IllegalArgumentException(text);
    }
    List<Step> steps = new ArrayList<>();
    int at = 1;
    while (at < text.length()) {
      int end;
      if (text.charAt(at) == '.') {
        end = at + 1;
        while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
          end++;
        }
        if (end == at + 1) {
          throw new IllegalArgumentException(text);
        }
        steps.add(new Step.Member(text.substring(at + 1, end)));
      } else if (text.charAt(at) == '[') {
        end = bracketed(text, at, steps);
      } else {
        throw new IllegalArgumentException(text);
      }
      at = end;
    }
    return new JsonPath(List.copyOf(steps));
  }

  private static int bracketed(String text, int open, List<Step> steps) {
    int start = open + 1;
    boolean quoted = start < text.length() && "'\"".indexOf(text.charAt(start)) >= 0;
    int close = quoted ? text.indexOf(text.charAt(start), start + 1) : text.indexOf(']', start);
    if (close < 0 || quoted && (close + 1 >= text.length() || text.charAt(close + 1) != ']')) {
      throw new IllegalArgumentException(text);
    }
    if (quoted) {
      steps.add(new Step.Member(text.substring(start + 1, close)));
      return close + 2;
    }
    try {
      steps.add(new Step.Element(Integer.parseInt(text.substring(start, close).strip())));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(text, e);
    }
    return close + 1;
  }

  /// What the path leads to; empty if it leads nowhere or to null.
  public Optional<JsonNode> find(JsonNode root) {
    JsonNode node = root;
    for (Step step : steps) {
      Optional<JsonNode> next = next(node, step);
      if (next.isEmpty()) {
        return next;
      }
      node = next.get();
    }
    return node instanceof JsonNode.Null ? Optional.empty() : Optional.of(node);
  }

  private static Optional<JsonNode> next(JsonNode node, Step step) {
    return switch (step) {
      case Step.Member(String name) ->
          node instanceof JsonNode.Members members
              ? Optional.ofNullable(members.values().get(name))
              : Optional.empty();
      case Step.Element(int index) ->
          node instanceof JsonNode.Elements elements
                  && index >= 0
                  && index < elements.values().size()
              ? Optional.of(elements.values().get(index))
              : Optional.empty();
    };
  }
}
