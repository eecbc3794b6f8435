package io.redward.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.cluster.node.ClusterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// What files for containers and the cluster's manual tell the server is what the server takes.
class ClusterFilesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern COMMAND = Pattern.compile("(?s)command: \\[(.*?)\\]");
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
  private static final Pattern HELM = Pattern.compile("(?m)^ +- (--[a-z0-9-]+)$");
  private static final Pattern SHELL =
      Pattern.compile("(?m)^(?:NAME=\\S+ )?\\./redward start ((?:.*\\\\\n)*.*)$");

  private static CommandLine start() {
    return new CommandLine(new StartCommand()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Test
  void every_command_of_the_compose_files_is_one_that_the_server_takes() throws IOException {
    List<String> roles = new ArrayList<>();
    for (String file : List.of("compose.yaml", "compose-cluster.yaml")) {
      Matcher command = COMMAND.matcher(Files.readString(ROOT.resolve("deploy").resolve(file)));
      while (command.find()) {
        List<String> words =
            QUOTED.matcher(command.group(1)).results().map(found -> found.group(1)).toList();
        assertThat(words.getFirst()).isEqualTo("start");
        CommandLine.ParseResult parsed =
            start().parseArgs(words.subList(1, words.size()).toArray(String[]::new));
        assertThat(parsed.unmatched()).isEmpty();
        if (parsed.hasMatchedOption("--role")) {
          roles.add(parsed.matchedOptionValue("--role", ClusterOptions.Role.ALL).name());
        }
      }
    }
    assertThat(roles).contains("LEADER").filteredOn("COMPUTE"::equals).hasSize(4);
  }

  @Test
  void every_option_of_the_chart_is_one_that_the_server_has() throws IOException {
    Set<String> options = new TreeSet<>();
    try (Stream<Path> files =
        Files.list(ROOT.resolve("deploy").resolve("helm/redward/templates"))) {
      for (Path file : files.toList()) {
        HELM.matcher(Files.readString(file))
            .results()
            .forEach(found -> options.add(found.group(1)));
      }
    }
    assertThat(options).contains("--role", "--join", "--max-concurrency-scaling-clusters");
    assertThat(start().getCommandSpec().optionsMap().keySet()).containsAll(options);
  }

  @Test
  void every_value_that_the_chart_uses_has_a_default() throws IOException {
    String values = Files.readString(ROOT.resolve("deploy/helm/redward/values.yaml"));
    try (Stream<Path> files =
        Files.list(ROOT.resolve("deploy").resolve("helm/redward/templates"))) {
      for (Path file : files.toList()) {
        String text = Files.readString(file);
        Pattern.compile("\\.Values((?:\\.[A-Za-z]+)+)")
            .matcher(text)
            .results()
            .flatMap(found -> Arrays.stream(found.group(1).substring(1).split("\\.")))
            .forEach(name -> assertThat(values).as(file.toString()).contains(name + ":"));
        assertThat(count(text, "\\{\\{-? *(if|range|with)\\b"))
            .as("blocks of %s that end", file)
            .isEqualTo(count(text, "\\{\\{-? *end\\b"));
        assertThat(text).doesNotContain("\t");
      }
    }
  }

  private static long count(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().count();
  }

  @Test
  void every_command_of_the_manual_is_one_that_the_server_takes() throws IOException {
    String manual = Files.readString(ROOT.resolve("docs/manual/cluster.md"));
    Matcher command = SHELL.matcher(manual);
    int commands = 0;
    while (command.find()) {
      String[] words = command.group(1).replace("\\\n", " ").strip().split("\\s+");
      assertThat(start().parseArgs(words).unmatched()).isEmpty();
      commands++;
    }
    assertThat(commands).isGreaterThanOrEqualTo(3);
  }
}
