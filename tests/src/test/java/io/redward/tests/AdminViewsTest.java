package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Views that administrators use are created and read unchanged. They are looked for where the
/// system property `redward.admin.views` says: a directory of `.sql` files, each of which creates
/// views in schema `admin`.
class AdminViewsTest {
  private static final String PROPERTY = "redward.admin.views";
  private static final Pattern VIEW =
      Pattern.compile(
          "create\\s+(?:or\\s+replace\\s+)?view\\s+([\\w.]+)", Pattern.CASE_INSENSITIVE);

  @TempDir private Path directory;

  @Test
  void adminViewsAreCreatedAndRead() throws Exception {
    String given = System.getProperty(PROPERTY, "");
    assumeThat(given).as("-D" + PROPERTY + "=DIRECTORY of the views' files").isNotEmpty();
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(given))) {
      files = all.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
    }
    List<String> failures = new ArrayList<>();
    try (TestWarehouse warehouse = new TestWarehouse(directory);
        Connection connection = warehouse.connect("preferQueryMode", "simple")) {
      TestWarehouse.execute(
          connection,
          "create schema admin",
          "create table public.a (id integer primary key, name varchar(20)) distkey(id)"
              + " sortkey(id)",
          "create table public.b (a integer references public.a (id), day date default"
              + " '2020-01-01')",
          "create view public.v as select a.name, b.day from public.a join public.b on a.id = b.a",
          "create group readers",
          "create user reader password 'Secret-42'",
          "alter group readers add user reader",
          "grant select on public.a to group readers",
          "grant usage on schema public to reader",
          "insert into public.a values (1, 'x'), (2, 'y')",
          "select * from public.v");
      List<Path> left = new ArrayList<>(files);
      int before = left.size() + 1;
      while (left.size() < before) {
        // Some views are made of others, whatever their names.
        before = left.size();
        failures.clear();
        for (Path file : List.copyOf(left)) {
          List<String> own = run(connection, file);
          failures.addAll(own);
          left.removeIf(each -> own.isEmpty() && each.equals(file));
        }
      }
    }
    System.out.println(
        PROPERTY + ": " + (files.size() - failures.size()) + " of " + files.size() + " files run");
    assertThat(failures).isEmpty();
  }

  private static List<String> run(Connection connection, Path file) throws Exception {
    String text = Files.readString(file);
    try {
      execute(connection, text);
      Matcher matcher = VIEW.matcher(text);
      while (matcher.find()) {
        execute(connection, "select * from " + matcher.group(1).toLowerCase(Locale.ROOT));
      }
      return List.of();
    } catch (SQLException e) {
      return List.of(file.getFileName() + ": " + e.getMessage());
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            rows.getString(1);
          }
        }
      }
    }
  }
}
