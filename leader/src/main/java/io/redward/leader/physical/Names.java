package io.redward.leader.physical;

import java.util.regex.Pattern;

/// Identifiers as EXPLAIN writes them.
final class Names {
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");

  private Names() {}

  /// The name, in double quotes unless it is plain.
  static String quoted(String name) {
    return PLAIN.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
