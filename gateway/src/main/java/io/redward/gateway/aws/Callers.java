package io.redward.gateway.aws;

import io.redward.gateway.http.HttpCall;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Finds out who calls: this machine itself, where it is trusted, or the owner of an access key.
public final class Callers {
  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private final boolean trustLoopback;
  private final SignatureCheck signatures;

  public Callers(boolean trustLoopback, AccessKeys keys, InstantSource clock) {
    this.trustLoopback = trustLoopback;
    signatures = new SignatureCheck(keys, clock);
  }

  /// @throws ApiException if the call is not signed as it should be
  public Caller identify(HttpCall call) {
    String remote = call.remote().getHostAddress();
    if (trusts(call)) {
      return new Caller(Optional.empty(), remote);
    }
    return new Caller(Optional.of(signatures.user(call)), remote);
  }

  /// True if the call is from this machine and this machine is trusted.
  public boolean trusts(HttpCall call) {
    return trustLoopback && call.remote().isLoopbackAddress() && namesLoopback(call);
  }

  /// A browser that was lured here by another name's address (DNS rebinding) says that name.
  private static boolean namesLoopback(HttpCall call) {
    String host = call.header("host").orElse("").toLowerCase(Locale.ROOT);
    int port = host.lastIndexOf(':');
    return LOOPBACK_NAMES.contains(port > host.lastIndexOf(']') ? host.substring(0, port) : host);
  }
}
