package io.redward.storage.rowset;

import io.redward.storage.table.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts the samples of a table's rowsets together, each with the weight of its rowset. One thread
/// at a time.
final class SampleTotals {
  private static final int MAX_VALUES = 8192;
  /// Of less than this share of the rows a sample says nothing of the whole.
  private static final double LEAST_SHARE = 0.5;

  private final List<Part> parts = new ArrayList<>();
  private long sampledRows;
  private int values;

  private record Part(ValueSample sample, double rowsPerValue) {}

  void add(ValueSample sample, long presentRows) {
    if (sample.size() > 0 && presentRows > 0) {
      parts.add(new Part(sample, (double) presentRows / sample.size()));
      sampledRows += presentRows;
      values += sample.size();
    }
  }

  /// @param presentRows of the table
  Optional<Distribution> distribution(long presentRows) {
    if (values == 0 || sampledRows < presentRows * LEAST_SHARE) {
      return Optional.empty();
    }
    int step = (values + MAX_VALUES - 1) / MAX_VALUES;
    int kept = 0;
    for (Part part : parts) {
      kept += (part.sample.size() + step - 1) / step;
    }
    double[] positions = new double[kept];
    int[] hashes = new int[kept];
    double[] weights = new double[kept];
    int at = 0;
    for (Part part : parts) {
      for (int i = 0; i < part.sample.size(); i += step) {
        positions[at] = part.sample.position(i);
        hashes[at] = part.sample.hash(i);
        weights[at++] = part.rowsPerValue * step;
      }
    }
    return Optional.of(Distribution.of(positions, hashes, weights));
  }
}
