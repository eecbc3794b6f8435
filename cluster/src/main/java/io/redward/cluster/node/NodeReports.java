package io.redward.cluster.node;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Reports of fragments that have ended on this node and wait for the next rows that go to the
/// leader: so they need no edges of their own. Thread-safe.
final class NodeReports {
  private final Map<Long, Waiting> queries = new ConcurrentHashMap<>();

  /// @param fragments of the query that are here
  private record Waiting(int fragments, Queue<byte[]> reports) {}

  /// A fragment of the query has come.
  void enter(long query) {
    Waiting unused =
        queries.merge(
            query,
            new Waiting(1, new ConcurrentLinkedQueue<>()),
            (known, _) -> new Waiting(known.fragments() + 1, known.reports()));
  }

  /// A fragment has gone; with the last one goes what nobody has asked for.
  void leave(long query) {
    Waiting unused =
        queries.computeIfPresent(
            query,
            (_, known) ->
                known.fragments() == 1
                    ? null
                    : new Waiting(known.fragments() - 1, known.reports()));
  }

  /// The reports that wait.
  Queue<byte[]> of(long query) {
    Waiting waiting = queries.get(query);
    return waiting == null ? new ConcurrentLinkedQueue<>() : waiting.reports();
  }
}
