package io.redward.compute.node;

/// How much of the machine queries may use.
///
/// @param workers workers that run at once over all queries, and of one query at the most
/// @param queryMemoryBytes what the states of one query may take
public record NodeOptions(int workers, long queryMemoryBytes) {
  /// All cores, and half the heap a query.
  public static NodeOptions ofMachine() {
    Runtime machine = Runtime.getRuntime();
    return new NodeOptions(machine.availableProcessors(), machine.maxMemory() / 2);
  }
}
