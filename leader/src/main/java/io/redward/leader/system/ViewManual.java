package io.redward.leader.system;

import io.redward.spi.SystemTable.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// Writes the manual's pages of system views from their descriptions. A test fails where the files
/// are not what this would write.
///
/// Run it with the project's root as its argument, or no argument if that is the working directory.
public final class ViewManual {
  static final Path MANUAL = Path.of("docs/manual/views");

  private static final Map<String, String> TITLES =
      Map.of(
          "sys", "SYS views: monitoring",
          "svv", "SVV views: objects",
          "svl", "SVL views: what has run",
          "svcs", "SVCS views: what has run, on every cluster",
          "stl", "STL views: logs",
          "stv", "STV views: what is now",
          "pg", "Catalog tables");

  private ViewManual() {}

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
    Map<String, Map<String, ViewDefinition>> families = new TreeMap<>();
    for (ViewDefinition view : ViewDefinitions.all()) {
      String family = view.name().substring(0, view.name().indexOf('_'));
      families.computeIfAbsent(family, _ -> new TreeMap<>()).put(view.name(), view);
    }
    Map<Path, String> files = new LinkedHashMap<>();
    families.forEach(
        (family, views) -> {
          StringBuilder page = new StringBuilder("# " + TITLES.get(family) + "\n\n");
          page.append("Made from the descriptions of the views; do not edit.\n");
          views.values().forEach(view -> view(page, view));
          files.put(MANUAL.resolve(family + ".md"), page.toString());
        });
    return files;
  }

  private static void view(StringBuilder page, ViewDefinition view) {
    page.append("\n## ").append(view.name()).append("\n\n").append(view.summary());
    if (view.superuser()) {
      page.append(" Superusers only.");
    }
    if (!view.emptiness().isEmpty()) {
      page.append(" Empty: ").append(view.emptiness());
    }
    page.append("\n\n| Column | Type |\n|---|---|\n");
    for (Column column : view.columns()) {
      page.append("| ").append(column.name()).append(" | ").append(column.type()).append(" |\n");
    }
  }
}
