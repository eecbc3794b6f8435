package io.redward.compute.node;

import io.redward.foundation.batch.MemoryBudget;
import io.redward.runtime.spill.SpillFile;
import java.nio.file.Path;

/// What one execution may keep in memory, and the file for what it may not.
///
/// @param budget what is taken; its limit is above `share`, since a batch may add much at once
/// @param share from here on states move to disk
/// @param workers threads that may load a partition each
record QueryMemory(MemoryBudget budget, long share, int workers, SpillFile file)
    implements AutoCloseable {
  /// What a worker may take on top of a query's share before it looks at it again.
  private static final long SLACK_BYTES = 16L << 20;

  /// Partitions are not made smaller than that: joins are passed through once for each.
  private static final long LEAST_PARTITION_BYTES = 1 << 20;

  /// A query gets at most this part of what the others have left …
  private static final double MOST_OF_REST = 0.75;

  /// … and at least this part of all.
  private static final double LEAST = 1.0 / 16;

  /// The budget that all queries of a node share.
  static MemoryBudget whole(NodeOptions options) {
    return new MemoryBudget(options.memoryBytes() + SLACK_BYTES * (options.workers() + 1));
  }

  /// @param wanted the query's own limit; 0 for none
  static QueryMemory open(MemoryBudget whole, NodeOptions options, long wanted) {
    long rest = options.memoryBytes() - whole.usedBytes();
    long share = (long) Math.max(rest * MOST_OF_REST, Math.max(1, options.memoryBytes() * LEAST));
    if (wanted > 0) {
      share = Math.min(share, wanted);
    }
    long limit = share + SLACK_BYTES * options.workers();
    Path directory = options.temporary();
    return new QueryMemory(
        new MemoryBudget(limit, whole), share, options.workers(), new SpillFile(directory));
  }

  /// Where a state that is filled from now on begins to move to disk: half of what is left is its
  /// own, the rest is for those that come after it.
  long threshold() {
    long used = budget.usedBytes();
    return used + Math.max(share - used, share / 16) / 2;
  }

  /// What one partition may take when all workers have one loaded.
  long partitionBytes() {
    return Math.max(
        LEAST_PARTITION_BYTES, Math.max(share - budget.usedBytes(), share / 16) / (3L * workers));
  }

  @Override
  public void close() {
    file.close();
  }
}
