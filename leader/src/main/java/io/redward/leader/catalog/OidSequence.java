package io.redward.leader.catalog;

/// Hands out oids of new objects, each once in the life of a leader. One a warehouse, thread-safe.
public final class OidSequence {
  private static final int FIRST = 100_001;

  private int next = FIRST;

  /// An oid above all that `catalog` holds and all handed out before.
  synchronized int next(Catalog catalog) {
    next = Math.max(next, catalog.highestOid() + 1);
    return next++;
  }
}
