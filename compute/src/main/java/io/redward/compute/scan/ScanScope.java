package io.redward.compute.scan;

import io.redward.storage.table.BlockSummary;
import io.redward.storage.table.ReadScope;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/// The rows that a scan is after by its constant filters; what joins would leave out besides does
/// not count.
record ScanScope(int[] columnIds, List<FieldFilter> filters) implements ReadScope {
  @Override
  public boolean mayHold(IntFunction<Optional<BlockSummary>> columns) {
    for (FieldFilter filter : filters) {
      Optional<BlockSummary> summary = columns.apply(columnIds[filter.field()]);
      if (summary.isPresent() && ZoneMaps.judge(filter.filter(), summary.get()) == Verdict.NONE) {
        return false;
      }
    }
    return true;
  }
}
