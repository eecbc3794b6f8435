package io.redward.load.json;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads a jsonpaths file: `{"jsonpaths": ["$.a", …]}`.
public final class JsonPathsFile {
  private JsonPathsFile() {}

  /// The paths, of which there must be one a column.
  public static List<JsonPath> read(Path file, int columns) {
    ListFile source = new ListFile("JSONPath file", file.toString());
    List<JsonNode> texts = source.read(file, "jsonpaths");
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
        throw source.malformed("\"" + e.getMessage() + "\" is no path");
      }
    }
    return paths;
  }
}
