package io.redward.gateway.management;

import io.redward.gateway.aws.ApiException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The parameters of a call of the Query protocol.
record QueryForm(Map<String, String> parameters) {
  static QueryForm parse(byte[] body) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return new QueryForm(parameters);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiException.of(400, "MalformedQueryString", "The body is no form.");
    }
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
  }

  String required(String name) {
    return get(name)
        .orElseThrow(
            () ->
                ApiException.of(
                    400,
                    "MissingParameter",
                    "The request must contain the parameter " + name + "."));
  }

  int number(String name, int otherwise) {
    try {
      return get(name).map(Integer::parseInt).orElse(otherwise);
    } catch (NumberFormatException e) {
      throw ApiException.of(400, "InvalidParameterValue", name + " must be a number.");
    }
  }
}
