package io.redward.houserules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Documents name only what exists: every path in a link, every type in the glossary, the map and
/// the packages' chapters. What the manual has, its index lists.
class DocumentsTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`]*`");
  private static final Pattern TYPE = Pattern.compile("`([A-Z][A-Za-z0-9]+)`");
  private static final Pattern REFERENCE =
      Pattern.compile("\\[([a-z]+\\.[a-z.]*[A-Za-z]+|[A-Z]\\w+)(?:#\\w+)?\\](?!\\()");
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void links_lead_somewhere() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path page : pages()) {
      Matcher link = LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll(""));
      while (link.find()) {
        if (!Files.exists(page.resolveSibling(link.group(1)))) {
          wrong.add(page + " links to " + link.group(1));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void the_index_lists_every_page_of_the_manual_and_the_designs() throws IOException {
    String index = Files.readString(ROOT.resolve("docs/README.md"));
    List<String> missing = new ArrayList<>();
    for (String folder : List.of("manual", "designs")) {
      try (Stream<Path> pages = Files.list(ROOT.resolve("docs").resolve(folder))) {
        pages
            .map(page -> folder + "/" + page.getFileName())
            .filter(page -> page.endsWith(".md") && !index.contains("(" + page + ")"))
            .forEach(missing::add);
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void the_map_and_the_glossary_name_types_that_exist() throws IOException {
    Set<String> types = new HashSet<>();
    for (Path source : sources()) {
      types.add(source.getFileName().toString().replace(".java", ""));
    }
    List<String> wrong = new ArrayList<>();
    for (String page : List.of("GLOSSARY.md", "ARCHITECTURE.md", "CONTRIBUTING.md")) {
      Matcher type = TYPE.matcher(Files.readString(ROOT.resolve(page)));
      while (type.find()) {
        if (!types.contains(type.group(1))) {
          wrong.add(page + " names " + type.group(1));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void chapters_of_packages_link_to_types_and_packages_that_exist() throws IOException {
    Set<String> names = new HashSet<>();
    for (Path source : sources()) {
      String name = name(source);
      names.add(name);
      names.add(packageOf(name));
    }
    List<String> wrong = new ArrayList<>();
    for (Path source : sources()) {
      if (source.endsWith("package-info.java")) {
        Matcher link = REFERENCE.matcher(CODE.matcher(Files.readString(source)).replaceAll(""));
        while (link.find()) {
          String to = link.group(1);
          String whole = to.contains(".") ? to : packageOf(name(source)) + "." + to;
          if (!whole.startsWith("java.") && !names.contains(whole)) {
            wrong.add(source + " links to " + to);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> all = Files.walk(ROOT)) {
      return all.filter(p -> p.toString().endsWith(".java") && !p.toString().contains("/target/"))
          .toList();
    }
  }

  /// The qualified name of a source's type.
  private static String name(Path source) {
    String path = source.toString().replace(".java", "");
    return path.substring(path.indexOf("/java/") + "/java/".length()).replace('/', '.');
  }

  private static String packageOf(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      Stream.concat(top, docs).filter(p -> p.toString().endsWith(".md")).forEach(pages::add);
    }
    assertThat(pages).hasSizeGreaterThan(4);
    return pages;
  }
}
