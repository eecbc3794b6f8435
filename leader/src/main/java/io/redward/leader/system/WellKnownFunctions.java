package io.redward.leader.system;

/// Functions of PostgreSQL that drivers ask for by their number.
public final class WellKnownFunctions {
  /// The input function of arrays, by which drivers tell them from other types.
  public static final String ARRAY_INPUT = "array_in";

  public static final int ARRAY_INPUT_OID = 750;

  private WellKnownFunctions() {}
}
