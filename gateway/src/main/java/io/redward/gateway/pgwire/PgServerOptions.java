package io.redward.gateway.pgwire;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/// How the server listens.
///
/// @param address where to listen; port 0 takes any free one
/// @param trustLoopback whether connections from this machine need no password
/// @param certificateFile the PKCS #12 file of the TLS certificate; made on first use if absent
/// @param maxConnections connections over this are refused with 53300
/// @param maxMessageBytes the longest frontend message, Redshift's statement limit of 16 MB and
///     room for parameters
public record PgServerOptions(
    InetSocketAddress address,
    boolean trustLoopback,
    Path certificateFile,
    int maxConnections,
    int maxMessageBytes) {
  public static final int DEFAULT_PORT = 5439;
  public static final int DEFAULT_MAX_CONNECTIONS = 2_000;
  public static final int DEFAULT_MAX_MESSAGE_BYTES = 64 << 20;

  public static PgServerOptions of(
      InetSocketAddress address, boolean trustLoopback, Path certificateFile) {
    return new PgServerOptions(
        address,
        trustLoopback,
        certificateFile,
        DEFAULT_MAX_CONNECTIONS,
        DEFAULT_MAX_MESSAGE_BYTES);
  }
}
