package io.redward.load.avro;

import io.redward.load.json.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The type of a value in an Avro file.
sealed interface AvroSchema {
  /// A type without parts.
  enum Primitive {
    NULL,
    BOOLEAN,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    BYTES,
    STRING
  }

  /// @param logical what it stands for, such as `date`; empty for itself
  /// @param scale of a `decimal`
  record Plain(Primitive type, String logical, int scale) implements AvroSchema {}

  record Fixed(int size, String logical, int scale) implements AvroSchema {}

  record Symbols(List<String> names) implements AvroSchema {}

  record Array(AvroSchema items) implements AvroSchema {}

  record Dictionary(AvroSchema values) implements AvroSchema {}

  record Union(List<AvroSchema> branches) implements AvroSchema {}

  /// @param types of the fields; filled after it is made, for a record may hold itself
  record Fields(List<String> names, List<AvroSchema> types) implements AvroSchema {}

  /// Reads a schema as it is written in a file's head.
  ///
  /// @throws IOException if it is none
  static AvroSchema parse(byte[] json) throws IOException {
    try {
      return new Reader().read(JsonNode.read(new ByteArrayInputStream(json)), "");
    } catch (RuntimeException e) {
      throw new IOException("the Avro schema cannot be read: " + e.getMessage(), e);
    }
  }

  /// Remembers named types.
  final class Reader {
    private final Map<String, AvroSchema> named = new HashMap<>();

    private AvroSchema read(JsonNode node, String space) {
      return switch (node) {
        case JsonNode.Text(String name) -> byName(name, space);
        case JsonNode.Elements(List<JsonNode> branches) ->
            new Union(branches.stream().map(branch -> read(branch, space)).toList());
        case JsonNode.Members(Map<String, JsonNode> members) -> read(members, space);
        default -> throw new IllegalArgumentException("unexpected " + node);
      };
    }

    private AvroSchema byName(String name, String space) {
      for (Primitive type : Primitive.values()) {
        if (type.name().equalsIgnoreCase(name)) {
          return new Plain(type, "", 0);
        }
      }
      AvroSchema known = named.get(name.contains(".") ? name : full(name, space));
      if (known == null) {
        throw new IllegalArgumentException("unknown type " + name);
      }
      return known;
    }

    private static String full(String name, String space) {
      return space.isEmpty() ? name : space + "." + name;
    }

    private AvroSchema read(Map<String, JsonNode> members, String outer) {
      String type = text(members, "type");
      String name = text(members, "name");
      String given = text(members, "namespace");
      String space =
          name.contains(".")
              ? name.substring(0, name.lastIndexOf('.'))
              : given.isEmpty() ? outer : given;
      String full = name.contains(".") ? name : full(name, space);
      String logical = text(members, "logicalType");
      int scale = number(members, "scale");
      return switch (type) {
        case "" -> read(part(members, "type"), outer);
        case "record", "error" -> fields(full, members, space);
        case "enum" -> keep(full, new Symbols(symbols(members)));
        case "fixed" -> keep(full, new Fixed(number(members, "size"), logical, scale));
        case "array" -> new Array(read(part(members, "items"), space));
        case "map" -> new Dictionary(read(part(members, "values"), space));
        default ->
            byName(type, space) instanceof Plain plain
                ? new Plain(plain.type(), logical, scale)
                : byName(type, space);
      };
    }

    private AvroSchema keep(String name, AvroSchema schema) {
      named.put(name, schema);
      return schema;
    }

    private AvroSchema fields(String name, Map<String, JsonNode> members, String space) {
      List<String> names = new ArrayList<>();
      List<AvroSchema> types = new ArrayList<>();
      AvroSchema schema = keep(name, new Fields(names, types));
      if (members.get("fields") instanceof JsonNode.Elements(List<JsonNode> fields)) {
        for (JsonNode field : fields) {
          Map<String, JsonNode> parts = ((JsonNode.Members) field).values();
          names.add(text(parts, "name"));
          types.add(read(part(parts, "type"), space));
        }
      }
      return schema;
    }

    private static List<String> symbols(Map<String, JsonNode> members) {
      return members.get("symbols") instanceof JsonNode.Elements(List<JsonNode> symbols)
          ? symbols.stream().map(each -> ((JsonNode.Text) each).value()).toList()
          : List.of();
    }

    private static JsonNode part(Map<String, JsonNode> members, String name) {
      JsonNode part = members.get(name);
      if (part == null) {
        throw new IllegalArgumentException("a type has no \"" + name + "\"");
      }
      return part;
    }

    private static String text(Map<String, JsonNode> members, String name) {
      return members.get(name) instanceof JsonNode.Text(String value) ? value : "";
    }

    private static int number(Map<String, JsonNode> members, String name) {
      return members.get(name) instanceof JsonNode.Plain(String value)
          ? Integer.parseInt(value)
          : 0;
    }
  }
}
