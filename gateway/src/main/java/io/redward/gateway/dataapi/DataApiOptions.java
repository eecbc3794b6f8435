package io.redward.gateway.dataapi;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// How the Data API is served.
///
/// @param address where to listen; port 0 takes any free one
/// @param trustLoopback whether calls from this machine need no valid signature
/// @param keyFile access keys in the form of AWS's credentials file; without one only trusted
///     callers are served
/// @param directory for the rows of results, emptied at the start
/// @param limits what the service bounds
public record DataApiOptions(
    InetSocketAddress address,
    boolean trustLoopback,
    Optional<Path> keyFile,
    Path directory,
    Limits limits) {
  public static final int DEFAULT_PORT = 5440;

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
  }
}
