package io.redward.functions;

import static java.util.Objects.requireNonNull;

import io.redward.functions.signature.AggregateSignature;
import io.redward.functions.signature.FunctionDefinition;
import io.redward.functions.signature.FunctionDefinition.Example;
import io.redward.functions.signature.ParameterType;
import io.redward.functions.signature.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes what is made from the catalogue: the manual's pages of functions and the SQL tests of
/// their examples. A test fails where the files are not what this would write.
///
/// Run it with the project's root as its argument, or no argument if that is the working directory.
public final class FunctionManual {
  /// Where the pages of the manual are, under the root.
  public static final Path MANUAL = Path.of("docs/manual/functions");

  /// Where the SQL tests are, under the root.
  public static final Path TESTS = Path.of("tests/src/test/resources/slt/functions");

  private static final Map<String, String> TITLES =
      Map.ofEntries(
          Map.entry("string", "String functions"),
          Map.entry("datetime", "Date and time functions"),
          Map.entry("formatting", "Conversions by a format"),
          Map.entry("math", "Mathematical functions"),
          Map.entry("pattern", "Pattern matching"),
          Map.entry("json", "JSON functions"),
          Map.entry("super", "SUPER functions"),
          Map.entry("hash", "Hash functions"),
          Map.entry("binary", "VARBYTE functions"),
          Map.entry("spatial", "Spatial functions"),
          Map.entry("session", "Session and catalog functions"));

  private FunctionManual() {}

  /// Writes all files.
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments.length > 0 ? arguments[0] : "");
    for (Map.Entry<Path, String> file : files().entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  /// The text of each file, by its path under the root.
  static Map<Path, String> files() {
    Map<Path, String> files = new LinkedHashMap<>();
    StringBuilder index = new StringBuilder("# Functions\n\n");
    for (Map.Entry<String, List<FunctionDefinition>> family : families().entrySet()) {
      String title = requireNonNull(TITLES.get(family.getKey()), family.getKey());
      files.put(MANUAL.resolve(family.getKey() + ".md"), page(title, family.getValue()));
      files.put(TESTS.resolve(family.getKey() + ".slt"), script(title, family.getValue()));
      index.append("- [").append(title).append("](").append(family.getKey()).append(".md)\n");
    }
    index.append("- [Aggregate and window functions](aggregate.md)\n");
    files.put(MANUAL.resolve("aggregate.md"), aggregates());
    files.put(MANUAL.resolve("README.md"), index.toString());
    return files;
  }

  /// The definitions that users may call, by family.
  private static Map<String, List<FunctionDefinition>> families() {
    Map<String, List<FunctionDefinition>> families = new LinkedHashMap<>();
    for (FunctionDefinition definition : FunctionCatalog.builtIn().definitions()) {
      if (!definition.names().getFirst().startsWith("$")) {
        families
            .computeIfAbsent(definition.documentation().family(), _ -> new ArrayList<>())
            .add(definition);
      }
    }
    return families;
  }

  private static String page(String title, List<FunctionDefinition> definitions) {
    Map<String, List<FunctionDefinition>> byName = new LinkedHashMap<>();
    for (FunctionDefinition definition : definitions) {
      byName.computeIfAbsent(definition.names().getFirst(), _ -> new ArrayList<>()).add(definition);
    }
    StringBuilder page = new StringBuilder("# " + title + "\n");
    for (Map.Entry<String, List<FunctionDefinition>> function : byName.entrySet()) {
      page.append("\n## ").append(heading(function.getKey())).append("\n\n");
      for (FunctionDefinition definition : function.getValue()) {
        entry(definition, page);
      }
      examples(function.getValue(), page);
    }
    return page.toString();
  }

  private static boolean isOperator(String name) {
    return !Character.isLetter(name.charAt(0));
  }

  private static String heading(String name) {
    return isOperator(name) ? "`" + name + "`" : name.toUpperCase(Locale.ROOT);
  }

  private static void entry(FunctionDefinition definition, StringBuilder page) {
    String name = definition.names().getFirst();
    page.append("- `").append(call(name, definition.parameters())).append("` — ");
    page.append(definition.documentation().summary());
    if (definition.traits().placement() == Placement.LEADER_ONLY) {
      page.append(" Runs on the leader node only.");
    }
    List<String> aliases = definition.names().subList(1, definition.names().size());
    if (!aliases.isEmpty()) {
      page.append(" Also `").append(String.join("`, `", aliases)).append("`.");
    }
    page.append('\n');
  }

  private static String call(String name, List<ParameterType> parameters) {
    List<String> types = parameters.stream().map(ParameterType::sqlName).toList();
    if (isOperator(name)) {
      return types.size() == 1
          ? name + " " + types.getFirst()
          : types.getFirst() + " " + name + " " + types.getLast();
    }
    return name + "(" + String.join(", ", types) + ")";
  }

  private static void examples(List<FunctionDefinition> definitions, StringBuilder page) {
    StringBuilder lines = new StringBuilder();
    for (FunctionDefinition definition : definitions) {
      for (Example example : definition.documentation().examples()) {
        if (!example.answer().equals(FunctionDefinition.VARIES)) {
          lines.append("select ").append(example.expression()).append(";\n");
          lines.append("-- ").append(example.answer()).append('\n');
        }
      }
    }
    if (!lines.isEmpty()) {
      page.append("\n```sql\n").append(lines).append("```\n");
    }
  }

  private static String script(String title, List<FunctionDefinition> definitions) {
    StringBuilder script = new StringBuilder("# " + title + ": the examples of the manual.\n");
    script.append("# Written by FunctionManual from the catalogue.\n\n");
    script.append("statement ok\nset timezone to 'UTC'\n");
    for (FunctionDefinition definition : definitions) {
      for (Example example : definition.documentation().examples()) {
        if (!example.answer().equals(FunctionDefinition.VARIES)) {
          script.append("\nquery T\nselect ").append(example.expression()).append("\n----\n");
          script.append(example.answer().isEmpty() ? "(empty)" : example.answer()).append('\n');
        }
      }
    }
    return script.toString();
  }

  private static String aggregates() {
    StringBuilder page =
        new StringBuilder(
            """
            # Aggregate and window functions

            | function | without OVER | with OVER | |
            |---|---|---|---|
            """);
    for (AggregateSignature signature : AggregateCatalog.builtIn().signatures()) {
      page.append("| ").append(signature.name().toUpperCase(Locale.ROOT));
      page.append(signature.aggregate().isPresent() ? " | yes" : " | ");
      page.append(signature.window().isPresent() ? " | yes | " : " | | ");
      page.append(signature.summary());
      if (signature.placement() == Placement.COMPUTE_ONLY) {
        page.append(" Needs a user table.");
      }
      page.append(" |\n");
    }
    return page.toString();
  }
}
