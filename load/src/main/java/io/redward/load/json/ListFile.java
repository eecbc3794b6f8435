package io.redward.load.json;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;

/// A file of one JSON object that has a list: a manifest, a file of paths.
///
/// @param kind what it is, for errors
/// @param shown its name in errors
public record ListFile(String kind, String shown) {
  /// The elements of the member `name`.
  public List<JsonNode> read(Path file, String name) {
    JsonNode root;
    try (InputStream in = Files.newInputStream(file)) {
      root = JsonNode.read(in);
    } catch (IOException e) {
      throw new SqlException(
          SqlState.IO_ERROR, "could not read \"" + shown + "\": " + e.getMessage(), e);
    } catch (JacksonException e) {
      throw malformed(e.getOriginalMessage());
    }
    if (!(root instanceof JsonNode.Members(Map<String, JsonNode> members))
        || !(members.get(name) instanceof JsonNode.Elements(List<JsonNode> listed))) {
      throw malformed("it has no \"" + name + "\"");
    }
    return listed;
  }

  public SqlException malformed(String reason) {
    return new SqlException(
        SqlState.BAD_COPY_FILE_FORMAT, "Invalid " + kind + " \"" + shown + "\": " + reason);
  }
}
