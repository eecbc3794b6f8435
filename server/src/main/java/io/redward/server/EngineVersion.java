package io.redward.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What tells the programs of this build from those of another: the JVM's version, and size and
/// time of all our jars.
final class EngineVersion {
  private EngineVersion() {}

  /// The version; empty where classes come from directories, which are built over and over.
  static Optional<String> ofClassPath() {
    StringBuilder version = new StringBuilder(Runtime.version().toString());
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
      Path jar = Path.of(entry);
      if (Files.isDirectory(jar)) {
        return Optional.empty();
      }
      if (jar.getFileName().toString().startsWith("redward-")) {
        try {
          version.append(' ').append(Files.size(jar));
          version.append('@').append(Files.getLastModifiedTime(jar).toMillis());
        } catch (IOException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(version.toString());
  }
}
