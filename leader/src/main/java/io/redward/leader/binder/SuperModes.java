package io.redward.leader.binder;

/// What a session wants of SUPER values that are not as a statement takes them to be.
///
/// @param strictNavigation a step that leads nowhere is an error, not NULL
/// @param strictCasts a value that cannot become the type is an error, not NULL
/// @param laxParsing a text that is no JSON parses to NULL
public record SuperModes(boolean strictNavigation, boolean strictCasts, boolean laxParsing) {
  public static final SuperModes DEFAULT = new SuperModes(false, false, false);
}
