package io.redward.leader.session;

/// An execution that can be read in portions.
public interface Portal extends AutoCloseable {
  /// Runs on until `maxRows` more rows have been given to `results` (0 = all).
  ///
  /// @return true if the statement has ended (its tag was given to `results`), false if more rows
  ///     may follow
  boolean fetch(int maxRows, ResultConsumer results);

  Prepared prepared();

  /// Stops and forgets the execution.
  @Override
  void close();
}
