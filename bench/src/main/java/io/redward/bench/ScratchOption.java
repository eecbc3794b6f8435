package io.redward.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Where a bench works.
final class ScratchOption {
  @Option(names = "--data", paramLabel = "DIR", description = "Scratch directory (data/bench).")
  private String directory = "";

  /// The directory, made if need be.
  Path directory() throws IOException {
    Path scratch =
        directory.isEmpty()
            ? Path.of(System.getProperty("redward.home", "."), "data", "bench").toAbsolutePath()
            : Path.of(directory).toAbsolutePath();
    Files.createDirectories(scratch);
    return scratch;
  }
}
