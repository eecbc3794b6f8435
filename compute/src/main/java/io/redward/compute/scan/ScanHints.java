package io.redward.compute.scan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a scan knows of the rest of its query.
///
/// @param used by field: whether anybody reads it; others are decoded only to be filtered
/// @param keyFilters the scan's join filters, bound to their tables
/// @param top the bound of a sort with a limit that the scan feeds
public record ScanHints(boolean[] used, List<KeyFilter> keyFilters, Optional<TopBound> top) {
  public ScanHints {
    keyFilters = List.copyOf(keyFilters);
  }

  /// Every field is read and nothing more is known.
  public static ScanHints none(int fields) {
    boolean[] used = new boolean[fields];
    Arrays.fill(used, true);
    return new ScanHints(used, List.of(), Optional.empty());
  }
}
