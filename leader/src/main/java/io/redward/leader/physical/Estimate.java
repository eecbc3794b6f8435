package io.redward.leader.physical;

/// What an operator is expected to yield and to cost, in EXPLAIN's relative units.
///
/// @param startup cost until the first row
/// @param total cost until the last row
/// @param rows rows yielded
record Estimate(double startup, double total, double rows) {}
