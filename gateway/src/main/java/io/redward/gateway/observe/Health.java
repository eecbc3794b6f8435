package io.redward.gateway.observe;

import io.redward.gateway.http.HttpAnswer;
import io.redward.gateway.http.HttpCall;
import io.redward.gateway.http.HttpPage;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Readiness: whether statements sent now would be served. It is when every check says nothing
/// against it. Liveness needs no page of its own kind: a server that answers is alive.
public final class Health implements HttpPage {
  private final Map<String, Supplier<String>> checks;

  /// @param checks by name: each gives what is wrong, or an empty text
  public Health(Map<String, Supplier<String>> checks) {
    this.checks = new LinkedHashMap<>(checks);
  }

  /// A page for probes that ask only whether anybody is there.
  public static HttpAnswer alive(HttpCall call) {
    return HttpAnswer.text(200, "ok\n");
  }

  @Override
  public HttpAnswer answer(HttpCall call) {
    StringBuilder text = new StringBuilder();
    boolean ready = true;
    for (Map.Entry<String, Supplier<String>> check : checks.entrySet()) {
      String wrong = wrong(check.getValue());
      ready &= wrong.isEmpty();
      text.append(check.getKey()).append(": ").append(wrong.isEmpty() ? "ok" : wrong).append('\n');
    }
    return new HttpAnswer(
        ready ? 200 : 503,
        "text/plain; charset=utf-8",
        Map.of("Cache-Control", "no-store"),
        ((ready ? "ready\n" : "not ready\n") + text).getBytes(StandardCharsets.UTF_8));
  }

  private static String wrong(Supplier<String> check) {
    try {
      return check.get();
    } catch (RuntimeException e) {
      return e.toString();
    }
  }
}
