package io.redward.foundation.trace;

import java.util.Locale;

/// The stages of a statement, in the order in which they come.
public enum Stage {
  PARSE,
  BIND,
  OPTIMIZE,
  /// Operators, distribution, segments.
  PLAN,
  /// Waiting for a table that another transaction holds.
  QUEUE,
  /// Emitting and defining classes; lies within EXECUTE.
  COMPILE,
  EXECUTE;

  /// As metrics and traces name it.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
