package io.redward.gateway.management;

import io.redward.gateway.http.HttpCall;
import java.time.Instant;

/// Where and since when the warehouse is there for clients.
///
/// @param port of the wire protocol
/// @param since when the server began
public record WarehouseAddress(int port, Instant since) {
  static final String DATABASE = "dev";
  static final String ADMIN = "admin";
  static final String ACCOUNT = "000000000000";

  /// The host by which the caller has reached this machine, which reaches the wire protocol too.
  static String host(HttpCall call) {
    String host = call.header("host").orElse("127.0.0.1");
    int port = host.lastIndexOf(':');
    return port > host.lastIndexOf(']') ? host.substring(0, port) : host;
  }
}
