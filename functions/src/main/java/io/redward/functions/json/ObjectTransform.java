package io.redward.functions.json;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.ValueOut;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// OBJECT_TRANSFORM: an object with some of its members only, and with others set anew.
public final class ObjectTransform {
  private ObjectTransform() {}

  /// @param keep an array of paths, empty for all members
  /// @param set an array of paths, each with its value behind it
  public static void transform(
      byte[] page,
      int offset,
      int length,
      byte[] keep,
      int keepOffset,
      int keepLength,
      byte[] set,
      int setOffset,
      int setLength,
      ValueOut out) {
    byte[] result = Arrays.copyOfRange(page, offset, offset + length);
    if (page[offset] != '{') {
      out.bytes(result, 0, length);
      return;
    }
    List<List<String>> kept = new ArrayList<>();
    for (byte[] path : elements(keep, keepOffset, keepLength)) {
      kept.add(path(path));
    }
    if (!kept.isEmpty()) {
      result = kept(result, kept);
    }
    List<byte[]> changes = elements(set, setOffset, setLength);
    for (int i = 0; i + 1 < changes.size(); i += 2) {
      result = changed(result, path(changes.get(i)), changes.get(i + 1));
    }
    byte[] buffer = out.scratch(result.length);
    System.arraycopy(result, 0, buffer, 0, result.length);
    out.bytes(buffer, 0, result.length);
  }

  private static byte[] kept(byte[] object, List<List<String>> paths) {
    Map<String, byte[]> left = new LinkedHashMap<>();
    members(object)
        .forEach(
            (name, value) -> {
              List<List<String>> below = new ArrayList<>();
              boolean whole = false;
              for (List<String> path : paths) {
                if (path.getFirst().equals(name)) {
                  whole |= path.size() == 1;
                  below.add(path.subList(1, path.size()));
                }
              }
              if (whole) {
                left.put(name, value);
              } else if (!below.isEmpty() && value[0] == '{') {
                left.put(name, kept(value, below));
              }
            });
    return text(left);
  }

  private static byte[] changed(byte[] object, List<String> path, byte[] value) {
    Map<String, byte[]> members = object[0] == '{' ? members(object) : new LinkedHashMap<>();
    String name = path.getFirst();
    byte[] empty = {'{', '}'};
    members.put(
        name,
        path.size() == 1
            ? value
            : changed(members.getOrDefault(name, empty), path.subList(1, path.size()), value));
    return text(members);
  }

  private static Map<String, byte[]> members(byte[] object) {
    Map<String, byte[]> members = new LinkedHashMap<>();
    int limit = object.length;
    int at = SuperElements.firstMember(object, 0, limit);
    while (at != SuperElements.NONE) {
      int colon = SuperElements.nameEnd(object, at);
      int end = SuperElements.end(object, colon + 1, limit);
      String name = new String(object, at + 1, colon - at - 2, StandardCharsets.UTF_8);
      members.put(name, Arrays.copyOfRange(object, colon + 1, end));
      at = SuperElements.next(object, end, limit);
    }
    return members;
  }

  private static byte[] text(Map<String, byte[]> members) {
    StringBuilder text = new StringBuilder("{");
    members.forEach(
        (name, value) ->
            text.append(text.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":")
                .append(new String(value, StandardCharsets.UTF_8)));
    return text.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static List<byte[]> elements(byte[] page, int offset, int length) {
    List<byte[]> elements = new ArrayList<>();
    int limit = offset + length;
    int at = offset + 1;
    while (at < limit && page[at] != ']') {
      int end = SuperElements.end(page, at, limit);
      elements.add(Arrays.copyOfRange(page, at, end));
      at = end < limit && page[end] == ',' ? end + 1 : limit;
    }
    return elements;
  }

  /// The names of a path such as `"a"."b"`, itself a JSON string.
  private static List<String> path(byte[] json) {
    String text = new String(json, StandardCharsets.UTF_8);
    boolean quoted = text.length() > 1 && text.charAt(0) == '"';
    String path =
        quoted
            ? text.substring(1, text.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\")
            : "";
    List<String> names = new ArrayList<>();
    for (String part : path.split("\\.", -1)) {
      boolean whole = part.length() > 2 && part.startsWith("\"") && part.endsWith("\"");
      if (!whole) {
        throw SqlException.ofValue(
            SqlState.INVALID_PARAMETER_VALUE,
            "a path of OBJECT_TRANSFORM is names in double quotes with dots between them");
      }
      names.add(part.substring(1, part.length() - 1));
    }
    return names;
  }
}
