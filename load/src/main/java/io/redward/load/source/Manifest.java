package io.redward.load.source;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.load.json.JsonNode;
import io.redward.load.json.ListFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads a manifest: `{"entries": [{"url": "…", "mandatory": true}, …]}`.
final class Manifest {
  private Manifest() {}

  /// A file of a manifest.
  ///
  /// @param mandatory whether the load fails if the file is missing
  /// @param length the bytes it should have, if the manifest says so
  record Entry(String url, boolean mandatory, OptionalLong length) {
    /// Refuses a file of another length than the manifest says.
    void requireLength(List<Path> files, BucketFiles buckets) {
      if (length.isEmpty()) {
        return;
      }
      long actual = 0;
      try {
        for (Path file : files) {
          Optional<BucketFiles.Transfer> transfer = buckets.transfer(file);
          actual += transfer.isPresent() ? transfer.get().bytes() : Files.size(file);
        }
      } catch (IOException e) {
        throw new SqlException(
            SqlState.IO_ERROR, "could not read a file's size: " + e.getMessage(), e);
      }
      if (actual != length.getAsLong()) {
        throw new SqlException(
            SqlState.BAD_COPY_FILE_FORMAT,
            "File \"%s\" has %d bytes, but its manifest entry says content_length %d"
                .formatted(url, actual, length.getAsLong()));
      }
    }
  }

  static List<Entry> read(Path file) {
    ListFile source = new ListFile("manifest file", file.toString());
    List<JsonNode> listed = source.read(file, "entries");
    List<Entry> entries = new ArrayList<>();
    for (JsonNode each : listed) {
      if (!(each instanceof JsonNode.Members(Map<String, JsonNode> entry))
          || !(entry.get("url") instanceof JsonNode.Text(String url))) {
        throw source.malformed("an entry has no \"url\"");
      }
      boolean mandatory =
          entry.get("mandatory") instanceof JsonNode.Plain(String m) && m.equals("true");
      entries.add(new Entry(url, mandatory, length(entry)));
    }
    return entries;
  }

  private static OptionalLong length(Map<String, JsonNode> entry) {
    return entry.get("meta") instanceof JsonNode.Members(Map<String, JsonNode> meta)
            && meta.get("content_length") instanceof JsonNode.Plain(String length)
            && length.matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(length))
        : OptionalLong.empty();
  }
}
