package io.redward.leader.sql.ast;

/// One name as it will be looked up: already folded to lower case where the rules ask for it.
///
/// @param name the folded name, at most 127 bytes of UTF-8
/// @param quoted written between double quotes
public record Identifier(String name, boolean quoted, int position) implements Node {
  /// An unquoted name.
  public static Identifier of(String name, int position) {
    return new Identifier(name, false, position);
  }

  @Override
  public String toString() {
    return name;
  }
}
