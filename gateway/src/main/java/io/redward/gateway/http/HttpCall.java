package io.redward.gateway.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request as it came in.
///
/// @param target path and query as sent
/// @param headers by name in lower case
/// @param secure whether it came encrypted
public record HttpCall(
    String method,
    String target,
    Map<String, List<String>> headers,
    byte[] body,
    InetAddress remote,
    boolean secure) {
  public Optional<String> header(String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }
}
