package io.redward.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// An answer.
///
/// @param headers beside the content's type
public record HttpAnswer(int status, String contentType, Map<String, String> headers, byte[] body) {
  public static HttpAnswer text(int status, String text) {
    return new HttpAnswer(
        status, "text/plain; charset=utf-8", Map.of(), text.getBytes(StandardCharsets.UTF_8));
  }
}
