package io.redward.load.json;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;

/// Reads a jsonpaths file: `{"jsonpaths": ["$.a", …]}`.
public final class JsonPathsFile {
  private JsonPathsFile() {}

  /// The paths, of which there must be one a column.
  public static List<JsonPath> read(Path file, int columns) {
    JsonNode root;
    try (InputStream in = Files.newInputStream(file)) {
      root = JsonNode.read(in);
    } catch (IOException e) {
      throw new SqlException(
          SqlState.IO_ERROR, "could not read \"" + file + "\": " + e.getMessage(), e);
    } catch (JacksonException e) {
      throw malformed(file, e.getOriginalMessage());
    }
    if (!(root instanceof JsonNode.Members(Map<String, JsonNode> members))
        || !(members.get("jsonpaths") instanceof JsonNode.Elements(List<JsonNode> texts))) {
      throw malformed(file, "it has no \"jsonpaths\"");
    }
    if (texts.size() != columns) {
      throw new SqlException(
          SqlState.BAD_COPY_FILE_FORMAT,
          ("Number of jsonpaths and the number of columns should match. JSONPath size: %d,"
                  + " Number of columns in table or column list: %d")
              .formatted(texts.size(), columns));
    }
    List<JsonPath> paths = new ArrayList<>();
    for (JsonNode text : texts) {
      try {
        paths.add(JsonPath.parse(text.text()));
      } catch (IllegalArgumentException e) {
        throw malformed(file, "\"" + e.getMessage() + "\" is no path");
      }
    }
    return paths;
  }

  private static SqlException malformed(Path file, String reason) {
    return new SqlException(
        SqlState.BAD_COPY_FILE_FORMAT, "Invalid JSONPath file \"" + file + "\": " + reason);
  }
}
