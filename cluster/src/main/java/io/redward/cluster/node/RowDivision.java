package io.redward.cluster.node;

import io.redward.cluster.cut.Exchange;
import io.redward.cluster.placement.HotKeys;
import io.redward.cluster.placement.KeyRanges;
import io.redward.cluster.placement.RowSlices;
import io.redward.cluster.placement.Slices;
import io.redward.foundation.batch.Batch;

/// To which node an exchange takes a row: by the hash of its keys, or by the range of its key.
final class RowDivision {
  private RowDivision() {}

  /// @param own the sending node's place, -1 of the leader
  static SendSink.Division byHash(Exchange exchange, Slices slices, int own) {
    return exchange.hot().isPresent()
        ? new ByHashUnlessHot(exchange, exchange.hot().get(), slices, own)
        : new ByHash(exchange, slices);
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

  private record ByHashUnlessHot(Exchange exchange, HotKeys hot, Slices slices, int own)
      implements SendSink.Division {
    @Override
    public int[] group(Batch batch, int firstKey, int[] order) {
      return RowSlices.group(batch, firstKey, exchange.keys(), slices, order, hot, own);
    }

    @Override
    public int nodes() {
      return slices.nodes().size();
    }

    @Override
    public boolean hasRowsForAll() {
      return true;
    }
  }

  private record ByRange(KeyRanges ranges, int[] owners, int nodes) implements SendSink.Division {
    @Override
    public int[] group(Batch batch, int firstKey, int[] order) {
      return RowSlices.byRange(batch, firstKey, ranges, owners, nodes, order);
    }
  }
}
