package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// Runs programs in other languages that are clients of a warehouse.
///
/// @param directory where they run and their scripts are put
/// @param environment what they find in it beside what the tests' own process has
record ClientProgram(Path directory, Map<String, String> environment) {
  private static final int SECONDS = 120;

  /// Skips the test where `command` does not run.
  void require(String what, String... command) throws IOException, InterruptedException {
    boolean runs;
    try {
      Process process = builder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      runs = process.waitFor() == 0;
    } catch (IOException e) {
      runs = false;
    }
    assumeTrue(runs, what + " is not installed");
  }

  /// What the program prints; it has to end well.
  String run(String... command) throws IOException, InterruptedException {
    Process process = builder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS))
        .as("%s ended", Arrays.toString(command))
        .isTrue();
    assertThat(process.exitValue()).as("%s printed: %s", Arrays.toString(command), output).isZero();
    return output.strip();
  }

  /// Runs a program whose last line is `ok` when all that it checks holds.
  void check(String... command) throws IOException, InterruptedException {
    assertThat(run(command).lines()).endsWith("ok");
  }

  /// Puts a file of `clients/` into the directory.
  String script(String name) throws IOException {
    Path file = directory.resolve(Path.of(name).getFileName());
    try (InputStream in =
        Objects.requireNonNull(ClientProgram.class.getResourceAsStream("/clients/" + name), name)) {
      Files.write(file, in.readAllBytes());
    }
    return file.toString();
  }

  private ProcessBuilder builder(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(environment);
    return builder;
  }
}
