package io.redward.cluster.placement;

import java.util.List;

/// The shares that a query's scans name, and the ranges by which tables are divided and rows moved.
public record Shares(List<TableShare> tables, List<KeyRanges> ranges) {
  public Shares {
    tables = List.copyOf(tables);
    ranges = List.copyOf(ranges);
  }
}
