package io.redward.leader.physical;

import io.redward.leader.relational.RelationalTable;

/// What the physical planner must ask the catalog.
@FunctionalInterface
public interface PhysicalContext {
  /// What to scan for a table of the algebra.
  ScanTarget target(RelationalTable table);
}
