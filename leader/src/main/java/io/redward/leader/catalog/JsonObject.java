package io.redward.leader.catalog;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// A JSON object being written or read: strings, whole numbers, booleans, lists and objects.
/// Members that are absent read as empty, so that a later version can add some.
final class JsonObject {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Map<String, Object> members = new LinkedHashMap<>();

  JsonObject with(String name, String value) {
    members.put(name, value);
    return this;
  }

  JsonObject with(String name, long value) {
    members.put(name, value);
    return this;
  }

  JsonObject with(String name, boolean value) {
    members.put(name, value);
    return this;
  }

  JsonObject with(String name, JsonObject value) {
    members.put(name, value);
    return this;
  }

  /// A list of strings, numbers or objects.
  JsonObject with(String name, List<?> values) {
    members.put(name, values);
    return this;
  }

  String text(String name) {
    return (String) members.getOrDefault(name, "");
  }

  Optional<String> optionalText(String name) {
    return Optional.ofNullable((String) members.get(name));
  }

  long number(String name) {
    return ((Number) members.getOrDefault(name, 0L)).longValue();
  }

  int integer(String name) {
    return Math.toIntExact(number(name));
  }

  boolean flag(String name) {
    return (Boolean) members.getOrDefault(name, false);
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  JsonObject object(String name) {
    return (JsonObject) members.getOrDefault(name, new JsonObject());
  }

  List<Integer> integers(String name) {
    return list(name, value -> Math.toIntExact((Long) value));
  }

  List<String> texts(String name) {
    return list(name, String.class::cast);
  }

  <T> List<T> objects(String name, Function<JsonObject, T> read) {
    return list(name, value -> read.apply((JsonObject) value));
  }

  private <T> List<T> list(String name, Function<Object, T> read) {
    List<T> result = new ArrayList<>();
    for (Object value : (List<?>) members.getOrDefault(name, List.of())) {
      result.add(read.apply(value));
    }
    return result;
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      write(out, this);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator out, Object value) {
    switch (value) {
      case String text -> out.writeString(text);
      case Boolean flag -> out.writeBoolean(flag);
      case Number number -> out.writeNumber(number.longValue());
      case List<?> list -> {
        out.writeStartArray();
        list.forEach(element -> write(out, element));
        out.writeEndArray();
      }
      case JsonObject object -> {
        out.writeStartObject();
        object.members.forEach(
            (name, member) -> {
              out.writeName(name);
              write(out, member);
            });
        out.writeEndObject();
      }
      default -> throw new IllegalArgumentException("not JSON: " + value.getClass());
    }
  }

  static JsonObject parse(byte[] bytes) {
    try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
      in.nextToken();
      return (JsonObject) read(in);
    }
  }

  private static Object read(JsonParser in) {
    return switch (in.currentToken()) {
      case VALUE_STRING -> in.getString();
      case VALUE_NUMBER_INT -> in.getLongValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          list.add(read(in));
        }
        yield list;
      }
      case START_OBJECT -> {
        JsonObject object = new JsonObject();
        while (in.nextToken() != JsonToken.END_OBJECT) {
          String name = in.currentName();
          in.nextToken();
          object.members.put(name, read(in));
        }
        yield object;
      }
      default -> throw new IllegalArgumentException("unexpected JSON " + in.currentToken());
    };
  }
}
