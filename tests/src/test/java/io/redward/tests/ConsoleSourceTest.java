package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The console's own unit tests and type check, which its build tools run. Skipped where there is
/// no Node.js or its libraries are not installed.
class ConsoleSourceTest {
  private static final Path WEB = Path.of("..", "console", "web").toAbsolutePath().normalize();

  private final ClientProgram programs = new ClientProgram(WEB, Map.of("NO_COLOR", "1"));

  @Test
  void its_units_do_what_their_tests_say() throws IOException, InterruptedException {
    requireLibrary("vitest");
    assertThat(programs.run("npm", "test", "--silent")).containsPattern("Tests +\\d+ passed");
  }

  @Test
  void its_types_fit() throws IOException, InterruptedException {
    requireLibrary("svelte-check");
    assertThat(programs.run("npm", "run", "check", "--silent")).contains("0 errors");
  }

  private void requireLibrary(String name) throws IOException, InterruptedException {
    programs.require("Node.js", "npm", "--version");
    assumeTrue(
        Files.isDirectory(WEB.resolve("node_modules").resolve(name)),
        "the console's libraries are not installed (run console/build)");
  }
}
