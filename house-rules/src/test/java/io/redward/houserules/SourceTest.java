package io.redward.houserules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Rules on source files: sizes, names, forbidden calls, documentation.
class SourceTest {
  private static final int MAX_LINES = 500;
  /// Tests that list many cases of one thing may be longer.
  private static final int MAX_TEST_LINES = 800;
  private static final int MAX_COLUMNS = 100;
  private static final Pattern BANNED_NAME =
      Pattern.compile(".*(Manager|Helper|Utils?|Impl|Info|Misc)");
  private static final Pattern UNFINISHED = Pattern.compile("//.*\\b(TODO|FIXME|XXX)\\b");

  @Test
  void no_file_is_longer_than_the_cap() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : sources()) {
      long lines = Files.readAllLines(file).size();
      int cap = file.toString().contains("/src/test/") ? MAX_TEST_LINES : MAX_LINES;
      if (lines > cap) {
        wrong.add(file + " has " + lines + " lines");
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void lines_fit_the_page() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : sources()) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        boolean test = file.toString().contains("/src/test/");
        if (!test && lines.get(i).length() > MAX_COLUMNS && !lines.get(i).startsWith("import ")) {
          wrong.add(file + ":" + (i + 1));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void doc_comments_do_not_break_into_plain_ones() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : sources()) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 1; i < lines.size(); i++) {
        boolean plain = lines.get(i).strip().matches("//[^/].*");
        if (plain && lines.get(i - 1).strip().startsWith("///")) {
          wrong.add(file + ":" + (i + 1));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void class_names_say_what_they_are() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : sources()) {
      String name = file.getFileName().toString().replace(".java", "");
      if (!name.equals("package-info") && BANNED_NAME.matcher(name).matches()) {
        wrong.add(file.toString());
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void nothing_is_left_unfinished() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : sources()) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (UNFINISHED.matcher(lines.get(i)).find() && !file.endsWith("SourceTest.java")) {
          wrong.add(file + ":" + (i + 1));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void every_package_has_a_page() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : sources()) {
      Path page = file.resolveSibling("package-info.java");
      if (file.toString().contains("/src/main/java/") && !Files.exists(page)) {
        wrong.add(file.resolveSibling("").toString());
      }
      if (file.equals(page) && !Files.readString(page).contains("@NullMarked")) {
        wrong.add(page + " is not @NullMarked");
      }
    }
    assertThat(wrong.stream().distinct()).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent();
    try (Stream<Path> all = Files.walk(root)) {
      List<Path> files =
          all.filter(p -> p.toString().endsWith(".java"))
              .filter(p -> p.toString().contains("/src/") && !p.toString().contains("/target/"))
              .toList();
      assertThat(files).as("source files under " + root).hasSizeGreaterThan(300);
      return files;
    }
  }
}
