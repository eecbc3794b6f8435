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

/// Documents name only what exists: every path in a link, every type in the glossary.
class DocumentsTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`]*`");
  private static final Pattern TYPE = Pattern.compile("`([A-Z][A-Za-z0-9]+)`");
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
  void the_glossary_names_types_that_exist() throws IOException {
    Set<String> types = new HashSet<>();
    try (Stream<Path> all = Files.walk(ROOT)) {
      all.filter(p -> p.toString().endsWith(".java") && !p.toString().contains("/target/"))
          .forEach(p -> types.add(p.getFileName().toString().replace(".java", "")));
    }
    List<String> wrong = new ArrayList<>();
    Matcher type = TYPE.matcher(Files.readString(ROOT.resolve("GLOSSARY.md")));
    while (type.find()) {
      if (!types.contains(type.group(1))) {
        wrong.add(type.group(1));
      }
    }
    assertThat(wrong).isEmpty();
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
