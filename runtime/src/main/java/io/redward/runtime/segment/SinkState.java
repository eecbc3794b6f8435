package io.redward.runtime.segment;

import java.util.List;

/// What the sink of a segment fills and segments of later streams read: a join table, an aggregate
/// table, a row buffer.
///
/// Life: created from its sink step; every worker gets a part from [#newPart()] and fills it
/// without
/// locks; when all have finished, [#seal] joins the parts; then any number of threads may read;
/// [#close] gives the memory back to the budget.
public interface SinkState extends AutoCloseable {
  /// A fresh part for one worker. Called before the workers run, by one thread.
  Object newPart();

  /// Joins the parts. Called once, after the workers have ended and their writes are visible.
  void seal(List<Object> parts, Parallel parallel);

  /// Rows that a scan of the sealed state yields.
  long rowCount();

  /// Bytes reserved from the budget.
  long bytes();

  @Override
  void close();
}
