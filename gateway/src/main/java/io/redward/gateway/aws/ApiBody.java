package io.redward.gateway.aws;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The members of a call, checked as they are taken.
public final class ApiBody {
  public static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final JsonNode root;

  private ApiBody(JsonNode root) {
    this.root = root;
  }

  public static ApiBody parse(byte[] body) {
    try {
      JsonNode root =
          MAPPER.readTree(body.length == 0 ? "{}".getBytes(StandardCharsets.UTF_8) : body);
      if (!root.isObject()) {
        throw ApiException.of(400, "SerializationException", "The body must be a JSON object.");
      }
      return new ApiBody(root);
    } catch (JacksonException e) {
      throw ApiException.of(
          400, "SerializationException", "The body is no JSON: " + e.getOriginalMessage());
    }
  }

  public boolean has(String member) {
    return root.has(member);
  }

  public Optional<String> string(String member) {
    JsonNode node = root.path(member);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isString()) {
      throw ApiException.validation(member + " must be a string.");
    }
    return Optional.of(node.stringValue());
  }

  public String required(String member) {
    return string(member)
        .filter(value -> !value.isEmpty())
        .orElseThrow(
            () ->
                ApiException.validation(
                    "1 validation error detected: Value null at '"
                        + member
                        + "' failed to satisfy constraint: Member must not be null"));
  }

  public int number(String member, int otherwise, int least, int most) {
    JsonNode node = root.path(member);
    if (node.isMissingNode() || node.isNull()) {
      return otherwise;
    }
    if (!node.canConvertToInt() || node.intValue() < least || node.intValue() > most) {
      throw ApiException.validation(
          "%s must be a number between %d and %d.".formatted(member, least, most));
    }
    return node.intValue();
  }

  public List<String> strings(String member) {
    List<String> values = new ArrayList<>();
    for (JsonNode node : root.path(member)) {
      if (!node.isString()) {
        throw ApiException.validation(member + " must be a list of strings.");
      }
      values.add(node.stringValue());
    }
    return values;
  }

  /// Name and value of every element of `Parameters`.
  public List<SqlParameter> parameters() {
    List<SqlParameter> parameters = new ArrayList<>();
    for (JsonNode node : root.path("Parameters")) {
      JsonNode name = node.path("name");
      JsonNode value = node.path("value");
      if (!name.isString() || !value.isString()) {
        throw ApiException.validation("Each of Parameters needs the strings name and value.");
      }
      parameters.add(new SqlParameter(name.stringValue(), value.stringValue()));
    }
    return parameters;
  }
}
