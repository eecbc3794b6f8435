package io.redward.gateway.dataapi;

import java.nio.file.Path;
import java.time.Duration;

/// How the Data API is served.
///
/// @param directory for the rows of results, emptied at the start
/// @param limits what the service bounds
public record DataApiOptions(Path directory, Limits limits) {
  /// The documented quotas of the Data API.
  ///
  /// @param statementBytes the longest statement
  /// @param rowBytes the longest row of a result
  /// @param resultBytes the largest result
  /// @param activeStatements statements submitted and not ended
  /// @param sessions sessions kept alive between calls
  /// @param retention of ended statements and their results
  /// @param tokenLife for which a client token names the same statement
  public record Limits(
      int statementBytes,
      int rowBytes,
      long resultBytes,
      int activeStatements,
      int sessions,
      Duration retention,
      Duration tokenLife) {
    public static final Limits DOCUMENTED =
        new Limits(
            100 << 10, 64 << 10, 500L << 20, 500, 500, Duration.ofHours(24), Duration.ofHours(8));

    /// Those of the web console, where a person looks at results of any size and soon at others.
    public static final Limits CONSOLE =
        new Limits(4 << 20, 16 << 20, 2L << 30, 200, 500, Duration.ofHours(2), Duration.ofHours(2));
  }
}
