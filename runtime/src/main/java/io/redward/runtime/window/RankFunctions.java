package io.redward.runtime.window;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.plan.step.SinkStep.WindowCall;
import io.redward.plan.step.SinkStep.WindowFunction;
import io.redward.runtime.kernel.Cells;

/// Functions of a row's place in its partition.
final class RankFunctions {
  private RankFunctions() {}

  static void evaluate(WindowCall call, WindowRows rows, Vector result) {
    int[] partitions = rows.partitions();
    int[] peers = rows.peers();
    int peer = 0;
    for (int p = 0; p + 1 < partitions.length; p++) {
      int start = partitions[p];
      int end = partitions[p + 1];
      if (call.function() == WindowFunction.ROW_NUMBER) {
        for (int row = start; row < end; row++) {
          put(result, row, row - start + 1);
        }
      } else if (call.function() == WindowFunction.NTILE) {
        tiles(rows.columns()[call.arguments().getFirst()], start, end, result);
      } else {
        int firstPeer = peer;
        while (peer + 1 < peers.length && peers[peer] < end) {
          rank(call.function(), peers, peer, firstPeer, end, result);
          peer++;
        }
      }
    }
  }

  private static void rank(
      WindowFunction function, int[] peers, int peer, int firstPeer, int end, Vector result) {
    int start = peers[firstPeer];
    int size = end - start;
    int before = peers[peer] - start;
    int upTo = peers[peer + 1] - start;
    for (int row = peers[peer]; row < peers[peer + 1]; row++) {
      switch (function) {
        case RANK -> put(result, row, before + 1);
        case DENSE_RANK -> put(result, row, peer - firstPeer + 1);
        case PERCENT_RANK ->
            ((DoubleVector) result).values[row] = size == 1 ? 0 : (double) before / (size - 1);
        case CUME_DIST -> ((DoubleVector) result).values[row] = (double) upTo / size;
        default -> throw new IllegalStateException("not a rank: " + function);
      }
    }
  }

  /// Buckets differ by one row at the most, larger ones first. The bucket count is the first row's.
  private static void tiles(Vector argument, int start, int end, Vector result) {
    if (argument.isNull(start)) {
      for (int row = start; row < end; row++) {
        result.setNull(row);
      }
      return;
    }
    long buckets = Cells.integer(argument, start);
    if (buckets <= 0) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE, "argument of ntile must be greater than zero");
    }
    int size = end - start;
    long small = size / buckets;
    long large = size % buckets;
    long inLarge = large * (small + 1);
    for (int row = start; row < end; row++) {
      int index = row - start;
      long bucket = index < inLarge ? index / (small + 1) : large + (index - inLarge) / small;
      put(result, row, bucket + 1);
    }
  }

  static void put(Vector result, int row, long value) {
    switch (result) {
      case IntVector ints -> ints.values[row] = (int) value;
      case LongVector longs -> longs.values[row] = value;
      case DoubleVector doubles -> doubles.values[row] = value;
      case Int128Vector wide -> {
        wide.high[row] = value >> 63;
        wide.low[row] = value;
      }
      default -> throw new IllegalStateException("no numbers: " + result.physical());
    }
  }
}
