package io.redward.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/// An engine under measurement.
interface Contender extends AutoCloseable {
  String name();

  /// Creates the tables and loads them from their files.
  ///
  /// @return seconds
  double load(Workload workload) throws SQLException, IOException, InterruptedException;

  /// Runs a statement that answers no rows.
  default void execute(String statement) throws SQLException {
    time(statement);
  }

  /// The same, timed.
  ///
  /// @return seconds
  double time(String statement) throws SQLException;

  /// Runs a query and reads its whole answer.
  ///
  /// @return milliseconds
  double run(String query) throws SQLException;

  /// Rows of a query's answer as text, cells joined by `|`.
  List<String> answer(String query) throws SQLException;

  long bytesOnDisk() throws IOException;

  /// Peak resident memory of the engine's process in bytes; 0 if it shares ours.
  long peakMemoryBytes() throws IOException;

  /// Processor time of the engine's process so far, all threads.
  double cpuMillis();

  @Override
  void close() throws SQLException, IOException;
}
