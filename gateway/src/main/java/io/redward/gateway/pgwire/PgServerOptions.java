package io.redward.gateway.pgwire;

import io.redward.gateway.tls.TlsCertificate;
import java.net.InetSocketAddress;

/// How the server listens.
///
/// @param address where to listen; port 0 takes any free one
/// @param trustLoopback whether connections from this machine need no password
/// @param certificate for clients that ask for TLS
public record PgServerOptions(
    InetSocketAddress address, boolean trustLoopback, TlsCertificate certificate) {
  public static final int DEFAULT_PORT = 5439;
}
