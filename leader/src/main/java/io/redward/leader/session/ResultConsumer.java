package io.redward.leader.session;

import io.redward.foundation.batch.Batch;
import java.util.List;

/// Receives what a statement has to say, in this order: columns (if it returns rows), batches,
/// complete; notices at any time. Called by one thread at a time.
public interface ResultConsumer {
  void columns(List<ResultColumn> columns);

  /// Rows, vectors in the order of the columns; valid until the call returns.
  void rows(Batch batch);

  /// The command tag: `SELECT 5`, `INSERT 0 1`, `CREATE TABLE`.
  void complete(String tag);

  /// An empty statement was executed.
  void empty();

  /// A message that is no error.
  ///
  /// @param severity INFO, NOTICE or WARNING
  void notice(String severity, String sqlState, String message);

  /// A setting that clients are told about has changed.
  void parameterChanged(String name, String value);
}
