package io.redward.operator.kubernetes;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// What pods are like, as `--scaling-set NAME=VALUE` says.
///
/// @param name what names of pods and of the secret begin with: the release's
/// @param namespace where they are; empty for the server's own
/// @param image the server's image
/// @param cpu what a pod asks for, and `memory` what it asks for and is held to
/// @param serviceAccount by which pods reach the bucket; empty for the namespace's default
/// @param environmentSecret a secret whose keys become variables, such as AWS_ACCESS_KEY_ID
/// @param start how long a pod may take until it is ready
record PodSettings(
    String name,
    Optional<String> namespace,
    String image,
    String cpu,
    String memory,
    Optional<String> serviceAccount,
    Optional<String> environmentSecret,
    Duration start) {
  private static final List<String> NAMES =
      List.of(
          "name",
          "namespace",
          "image",
          "cpu",
          "memory",
          "service-account",
          "environment-secret",
          "start-seconds");

  /// @throws IOException if one is missing, wrong or unknown
  static PodSettings of(Map<String, String> given) throws IOException {
    TreeSet<String> unknown = new TreeSet<>(given.keySet());
    NAMES.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new IOException("unknown settings of pods: " + String.join(", ", unknown));
    }
    String image = given.getOrDefault("image", "");
    if (image.isEmpty()) {
      throw new IOException("--scaling-set image=... is missing: the server's image");
    }
    String name = given.getOrDefault("name", "redward");
    if (!name.matches("[a-z]([-a-z0-9]{0,40}[a-z0-9])?")) {
      throw new IOException("\"" + name + "\" cannot be the name of a pod");
    }
    String seconds = given.getOrDefault("start-seconds", "300");
    if (!seconds.matches("[1-9][0-9]{0,4}")) {
      throw new IOException("start-seconds wants a number of seconds, not " + seconds);
    }
    return new PodSettings(
        name,
        Optional.ofNullable(given.get("namespace")),
        image,
        given.getOrDefault("cpu", "1"),
        given.getOrDefault("memory", "4Gi"),
        Optional.ofNullable(given.get("service-account")),
        Optional.ofNullable(given.get("environment-secret")),
        Duration.ofSeconds(Long.parseLong(seconds)));
  }
}
