package io.redward.functions.signature;

/// How long a function's answer for the same arguments stays the same.
public enum Volatility {
  /// For ever: the leader may compute a call of constants once.
  IMMUTABLE,
  /// Within one statement: it reads the statement's clock, user, settings or the catalog.
  STABLE,
  /// Not at all: each row asks again.
  VOLATILE
}
