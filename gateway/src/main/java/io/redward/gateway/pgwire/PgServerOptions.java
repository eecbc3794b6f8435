package io.redward.gateway.pgwire;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/// How the server listens.
///
/// @param address where to listen; port 0 takes any free one
/// @param trustLoopback whether connections from this machine need no password
/// @param certificateFile the PKCS #12 file of the TLS certificate; made on first use if absent
public record PgServerOptions(
    InetSocketAddress address, boolean trustLoopback, Path certificateFile) {
  public static final int DEFAULT_PORT = 5439;
}
