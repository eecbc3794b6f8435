package io.redward.load.json;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/// A JSON value.
public sealed interface JsonNode {
  /// A string.
  record Text(String value) implements JsonNode {}

  /// A number, `true` or `false` as it is written.
  record Plain(String value) implements JsonNode {}

  record Null() implements JsonNode {}

  record Members(Map<String, JsonNode> values) implements JsonNode {}

  record Elements(List<JsonNode> values) implements JsonNode {}

  /// Reads a document of one value.
  ///
  /// @throws JacksonException if it is none
  static JsonNode read(InputStream in) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), in)) {
      if (parser.nextToken() == null) {
        return new Null();
      }
      return read(parser);
    }
  }

  /// The value whose first token the parser is at; leaves it at the last.
  static JsonNode read(JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, JsonNode> members = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        members.put(name, read(parser));
      }
      return new Members(members);
    } else if (token == JsonToken.START_ARRAY) {
      List<JsonNode> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.add(read(parser));
      }
      return new Elements(elements);
    } else if (token == JsonToken.VALUE_NULL) {
      return new Null();
    }
    return token == JsonToken.VALUE_STRING
        ? new Text(parser.getString())
        : new Plain(parser.getString());
  }

  /// A string's characters, or any other value as JSON.
  default String text() {
    if (this instanceof Text(String value)) {
      return value;
    }
    return json();
  }

  /// The value as JSON.
  default String json() {
    StringBuilder out = new StringBuilder();
    write(this, out);
    return out.toString();
  }

  private static void write(JsonNode node, StringBuilder out) {
    switch (node) {
      case Text(String value) -> quote(value, out);
      case Plain(String value) -> out.append(value);
      case Null _ -> out.append("null");
      case Members(Map<String, JsonNode> values) -> {
        String separator = "{";
        for (Map.Entry<String, JsonNode> member : values.entrySet()) {
          out.append(separator);
          quote(member.getKey(), out);
          out.append(':');
          write(member.getValue(), out);
          separator = ",";
        }
        out.append(values.isEmpty() ? "{}" : "}");
      }
      case Elements(List<JsonNode> values) -> {
        String separator = "[";
        for (JsonNode element : values) {
          out.append(separator);
          write(element, out);
          separator = ",";
        }
        out.append(values.isEmpty() ? "[]" : "]");
      }
    }
  }

  private static void quote(String text, StringBuilder out) {
    byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(text);
    out.append('"').append(new String(quoted, StandardCharsets.UTF_8)).append('"');
  }
}
