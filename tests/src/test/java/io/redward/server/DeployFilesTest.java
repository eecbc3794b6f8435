package io.redward.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The files of `deploy/` against the server that they start: its options, ports and paths.
class DeployFilesTest {
  private static final Path DEPLOY = Path.of("..", "deploy");

  /// Options of other programs that these files name.
  private static final Set<String> OTHERS =
      Set.of(
          "--add-modules",
          "--enable-native-access",
          "--sun-misc-unsafe-memory-access",
          "--mount",
          "--from",
          "--gid",
          "--uid",
          "--home-dir",
          "--no-create-home",
          "--profile",
          "--start-period",
          "--interval",
          "--timeout");

  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z0-9-]+");
  private static final Pattern PAGE = Pattern.compile("/health/[a-z]+|/metrics\\b");

  private static List<Path> files() throws IOException {
    try (Stream<Path> found = Files.walk(DEPLOY)) {
      return found.filter(Files::isRegularFile).toList();
    }
  }

  /// A file's lines without comments.
  private static String text(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      if (!line.strip().startsWith("#")) {
        text.append(line).append('\n');
      }
    }
    return text.toString();
  }

  @Test
  void options_are_those_of_start() throws IOException {
    Set<String> known =
        new TreeSet<>(new CommandLine(new StartCommand()).getCommandSpec().optionsMap().keySet());
    Set<String> used = new TreeSet<>();
    for (Path file : files()) {
      Matcher options = OPTION.matcher(text(file));
      while (options.find()) {
        used.add(options.group());
      }
    }
    used.removeAll(OTHERS);
    assertThat(used).contains("--data", "--listen", "--grace", "--max-connections", "--role");
    assertThat(known).containsAll(used);
  }

  @Test
  void pages_that_are_asked_for_are_served() throws IOException {
    Set<String> pages = new TreeSet<>();
    for (Path file : files()) {
      Matcher found = PAGE.matcher(text(file));
      while (found.find()) {
        pages.add(found.group());
      }
    }
    assertThat(pages)
        .isSubsetOf("/health/live", "/health/ready", "/metrics")
        .contains("/health/live", "/health/ready");
  }

  /// Every `.Values.x.y` of the chart's templates is in its `values.yaml`.
  @Test
  void values_of_the_chart_are_all_described() throws IOException {
    List<String> lines =
        Files.readAllLines(DEPLOY.resolve("helm/redward/values.yaml"), StandardCharsets.UTF_8);
    Set<String> described = new TreeSet<>();
    String group = "";
    for (String line : lines) {
      Matcher key = Pattern.compile("^( *)([a-zA-Z]+):.*").matcher(line);
      if (key.matches() && key.group(1).isEmpty()) {
        group = key.group(2);
        described.add(group);
      } else if (key.matches() && key.group(1).length() == 2) {
        described.add(group + "." + key.group(2));
      }
    }
    Set<String> wanted = new TreeSet<>();
    for (Path file : files()) {
      Matcher value = Pattern.compile("\\.Values\\.([a-zA-Z.]+)").matcher(text(file));
      while (value.find()) {
        wanted.add(value.group(1));
      }
    }
    assertThat(wanted).isNotEmpty();
    assertThat(described).containsAll(wanted);
  }
}
