package io.redward.compute.node;

import java.nio.file.Path;

/// How much of the machine queries may use.
///
/// @param workers workers that run at once over all queries, and of one query at the most
/// @param memoryBytes what the states of all queries may take together; a query that wants more
///     than its share of it goes on on disk
/// @param temporary where such a query's files are; see [LocalRunner#clean]
public record NodeOptions(int workers, long memoryBytes, Path temporary) {
  /// All cores, and half the heap.
  public static NodeOptions ofMachine(Path temporary) {
    Runtime machine = Runtime.getRuntime();
    return new NodeOptions(machine.availableProcessors(), machine.maxMemory() / 2, temporary);
  }
}
