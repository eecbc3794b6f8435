package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import java.io.InputStream;
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

  /// COPY FROM STDIN: asks the client for its data. The stream fails if the client gives up.
  ///
  /// @param columns fields of a row
  default InputStream copyIn(int columns) {
    throw new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED, "COPY FROM STDIN needs a client that sends its data");
  }

  /// COPY TO STDOUT: the columns and rows that follow go to the client as text of this form.
  default void copyOut(CopyText form) {
    throw new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED, "COPY TO STDOUT needs a client that takes copied data");
  }

  /// How COPY TO STDOUT writes rows.
  ///
  /// @param csv quoted where needed; otherwise PostgreSQL's text form, escaped by backslashes
  /// @param header whether a line of column names comes first
  record CopyText(boolean csv, byte delimiter, byte quote, String nullText, boolean header) {}
}
