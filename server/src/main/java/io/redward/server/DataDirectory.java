package io.redward.server;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The `--data` option that most commands share.
final class DataDirectory {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory (default: data/main under the project, or $REDWARD_DATA).")
  private String directory = "";

  Path path() {
    if (!directory.isEmpty()) {
      return Path.of(directory).toAbsolutePath().normalize();
    }
    String fromEnvironment = System.getenv("REDWARD_DATA");
    if (fromEnvironment != null && !fromEnvironment.isEmpty()) {
      return Path.of(fromEnvironment).toAbsolutePath().normalize();
    }
    return home().resolve("data").resolve("main");
  }

  /// Where the project or distribution lies.
  static Path home() {
    return Path.of(System.getProperty("redward.home", ".")).toAbsolutePath().normalize();
  }
}
