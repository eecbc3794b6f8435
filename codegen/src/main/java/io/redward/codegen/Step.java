package io.redward.codegen;

/// What happens to each row of a place in a segment: the code for the rest of the segment, written
/// into the scope where the row is at hand.
@FunctionalInterface
interface Step {
  /// @param fields how many fields the row has
  void accept(Row row, int fields, Scope scope);
}
