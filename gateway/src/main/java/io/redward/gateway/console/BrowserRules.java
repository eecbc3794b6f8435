package io.redward.gateway.console;

import io.redward.gateway.http.HttpCall;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a browser is told that it may do with our pages, and which calls of a browser are from a
/// page of ours.
final class BrowserRules {
  /// Nothing but our own files, no frames, no inline script or style but the editor's style sheet,
  /// which carries the nonce of its page.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'%s; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private BrowserRules() {}

  /// Headers of every answer.
  ///
  /// @param nonce of the page's style sheets, if it has any inline
  static Map<String, String> headers(Optional<String> nonce, String caching) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(
        "Content-Security-Policy",
        POLICY.formatted(nonce.map(n -> " 'nonce-" + n + "'").orElse("")));
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
    headers.put("Cache-Control", caching);
    return headers;
  }

  /// False if a browser says that the call comes from a page of somebody else.
  static boolean fromOwnPage(HttpCall call) {
    String site = call.header("sec-fetch-site").orElse("same-origin");
    if (!site.equals("same-origin") && !site.equals("none")) {
      return false;
    }
    String host = call.header("host").orElse("");
    return call.header("origin")
        .map(origin -> origin.equals("http://" + host) || origin.equals("https://" + host))
        .orElse(true);
  }
}
