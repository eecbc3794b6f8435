package io.redward.load.ssh;

import io.redward.load.json.JsonNode;
import io.redward.load.json.ListFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A command to be run.
///
/// @param endpoint the host, possibly with a port
/// @param mandatory whether the load fails if the host cannot be reached
/// @param hostKey the host's public key; empty to trust whoever answers
public record SshEntry(
    String endpoint, String command, String user, boolean mandatory, Optional<String> hostKey) {
  private static final int PORT = 22;

  public static List<SshEntry> read(Path manifest, String shown) {
    ListFile source = new ListFile("SSH manifest file", shown);
    List<JsonNode> listed = source.read(manifest, "entries");
    List<SshEntry> entries = new ArrayList<>();
    for (JsonNode each : listed) {
      if (!(each instanceof JsonNode.Members(Map<String, JsonNode> entry))) {
        throw source.malformed("an entry is no object");
      }
      entries.add(
          new SshEntry(
              required(entry, "endpoint", source),
              required(entry, "command", source),
              required(entry, "username", source),
              entry.get("mandatory") instanceof JsonNode.Plain(String m) && m.equals("true"),
              entry.get("publickey") instanceof JsonNode.Text(String key)
                  ? Optional.of(key)
                  : Optional.empty()));
    }
    return entries;
  }

  private static String required(Map<String, JsonNode> entry, String name, ListFile source) {
    if (entry.get(name) instanceof JsonNode.Text(String value) && !value.isBlank()) {
      return value;
    }
    throw source.malformed("an entry has no \"" + name + "\"");
  }

  String host() {
    return hasPort() ? endpoint.substring(0, endpoint.lastIndexOf(':')) : endpoint;
  }

  int port() {
    return hasPort() ? Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1)) : PORT;
  }

  private boolean hasPort() {
    return endpoint.matches("[^:]+:\\d{1,5}");
  }

  /// What users call what the command prints.
  public String url() {
    return "ssh://" + user + "@" + endpoint;
  }

  /// Whether a key, in base64 as in `authorized_keys`, is the host's.
  boolean accepts(String key) {
    return hostKey.isEmpty() || List.of(hostKey.get().strip().split("\\s+")).contains(key);
  }
}
