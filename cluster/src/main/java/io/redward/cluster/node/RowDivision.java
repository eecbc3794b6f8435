package io.redward.cluster.node;

import io.redward.cluster.cut.Exchange;
import io.redward.cluster.placement.KeyRanges;
import io.redward.cluster.placement.RowSlices;
import io.redward.cluster.placement.Slices;
import io.redward.foundation.batch.Batch;

/// To which node an exchange takes a row: by the hash of its keys, or by the range of its key.
final class RowDivision {
  private RowDivision() {}

  static SendSink.Division byHash(Exchange exchange, Slices slices) {
    return new ByHash(exchange, slices);
  }

  /// @param owners by range: the place of its node
  static SendSink.Division byRange(KeyRanges ranges, int[] owners, int nodes) {
    return new ByRange(ranges, owners, nodes);
  }

  private record ByHash(Exchange exchange, Slices slices) implements SendSink.Division {
    @Override
    public int[] group(Batch batch, int firstKey, int[] order) {
      return RowSlices.group(batch, firstKey, exchange.keys(), slices, order);
    }

    @Override
    public int nodes() {
      return slices.nodes().size();
    }
  }

  private record ByRange(KeyRanges ranges, int[] owners, int nodes) implements SendSink.Division {
    @Override
    public int[] group(Batch batch, int firstKey, int[] order) {
      return RowSlices.byRange(batch, firstKey, ranges, owners, nodes, order);
    }
  }
}
