package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Runs every `.slt` file in a schema of its own: `statement ok`, `statement error <part of the
/// message>`, and `query [types] [rowsort]` with the expected rows after `----`, cells separated by
/// a tab or `|`, NULL as `NULL`, an empty string as `(empty)`. `connection <name> [database]`
/// switches to another session, opened when first named. `file <name> [encoding] [gzip]` makes a
/// file of the lines up to `----`, without the last newline if they end in a backslash; `$files`
/// stands for the directory it is in, which is the one load root. `-Dslt=part/of/a/path` runs only
/// the files whose path has it, `-Dnodes=2` on a cluster that takes every query it can.
class SltTest {
  @TempDir private static Path directory;

  @AutoClose private static TestWarehouse warehouse;

  @BeforeAll
  static void start() throws IOException {
    Path files = Files.createDirectories(directory.resolve("files"));
    int nodes = Integer.getInteger("nodes", 0);
    warehouse =
        nodes == 0
            ? new TestWarehouse(directory.resolve("warehouse"), Optional.empty(), List.of(files))
            : new TestWarehouse(
                new TestCluster(directory.resolve("cluster"), nodes, List.of(files)));
  }

  @TestFactory
  Stream<DynamicTest> files() throws IOException, URISyntaxException {
    Path root = Path.of(SltTest.class.getResource("/slt").toURI());
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(root)) {
      String wanted = System.getProperty("slt", "");
      all.filter(
              p -> p.toString().endsWith(".slt") && root.relativize(p).toString().contains(wanted))
          .sorted()
          .forEach(files::add);
    }
    assertThat(files).isNotEmpty();
    return files.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    root.relativize(file).toString(), file.toUri(), () -> run(file)));
  }

  private static void run(Path file) throws IOException, SQLException {
    String schema = "slt_" + file.getFileName().toString().replaceAll("\\W", "_");
    Map<String, Connection> connections = new LinkedHashMap<>();
    try {
      Connection connection = warehouse.connect("preferQueryMode", "simple");
      connections.put("", connection);
      TestWarehouse.execute(connection, "create schema " + schema, "set search_path to " + schema);
      List<String> failures = new ArrayList<>();
      for (Record each : Record.parse(Files.readAllLines(file))) {
        try {
          if (each.head().startsWith("connection")) {
            connection = connection(connections, each.head(), schema);
          } else {
            each.run(connection);
          }
        } catch (AssertionError e) {
          failures.add(file.getFileName() + ":" + each.line() + ": " + e.getMessage());
        }
      }
      if (!failures.isEmpty()) {
        fail(String.join("\n", failures));
      }
    } finally {
      for (Connection connection : connections.values()) {
        connection.close();
      }
    }
  }

  private static Connection connection(
      Map<String, Connection> connections, String head, String schema) throws SQLException {
    String[] words = head.split("\\s+");
    String name = words.length > 1 ? words[1] : "";
    Connection known = connections.get(name);
    if (known == null) {
      String database = words.length > 2 ? words[2] : "dev";
      known = warehouse.connect("preferQueryMode", "simple", "PGDBNAME", database);
      TestWarehouse.execute(known, "set search_path to " + schema + ", public");
      connections.put(name, known);
    }
    return known;
  }

  /// One record of a file.
  private record Record(int line, String head, String sql, List<String> expected) {
    static List<Record> parse(List<String> lines) {
      List<Record> records = new ArrayList<>();
      int at = 0;
      while (at < lines.size()) {
        String head = lines.get(at).strip();
        if (head.isEmpty() || head.startsWith("#")) {
          at++;
          continue;
        }
        int line = at + 1;
        at++;
        List<String> sql = new ArrayList<>();
        boolean file = head.startsWith("file ");
        while (at < lines.size()
            && (file || !lines.get(at).isBlank())
            && !lines.get(at).equals("----")) {
          sql.add(lines.get(at++));
        }
        List<String> expected = new ArrayList<>();
        if (at < lines.size() && lines.get(at).equals("----")) {
          at++;
          while (at < lines.size() && !lines.get(at).isBlank()) {
            expected.add(lines.get(at++));
          }
        }
        String text = String.join("\n", sql);
        records.add(
            new Record(line, head, file ? text : text.replace("$files", files()), expected));
      }
      return records;
    }

    private static String files() {
      return "file://" + directory.resolve("files");
    }

    void run(Connection connection) throws SQLException, IOException {
      if (head.startsWith("file ")) {
        write();
      } else if (head.startsWith("statement ok")) {
        try {
          TestWarehouse.execute(connection, sql);
        } catch (SQLException e) {
          throw new AssertionError(sql + "\n  failed: " + e.getMessage(), e);
        }
      } else if (head.startsWith("statement error")) {
        error(connection, head.substring("statement error".length()).strip());
      } else if (head.startsWith("query")) {
        query(connection);
      } else {
        throw new AssertionError("unknown record: " + head);
      }
    }

    /// Makes the file of a `file` record.
    private void write() throws IOException {
      String[] words = head.split(" +");
      String text = sql.endsWith("\\") ? sql.substring(0, sql.length() - 1) : sql + "\n";
      Path file = directory.resolve("files").resolve(words[1]);
      Files.createDirectories(file.getParent());
      boolean packed = words[words.length - 1].equals("gzip");
      String encoding = words.length > (packed ? 3 : 2) ? words[2] : "UTF-8";
      byte[] bytes = text.replace("$files", files()).getBytes(encoding);
      try (OutputStream out = Files.newOutputStream(file);
          OutputStream packing = packed ? new GZIPOutputStream(out) : out) {
        packing.write(bytes);
      }
    }

    private void error(Connection connection, String wanted) {
      try {
        TestWarehouse.execute(connection, sql);
      } catch (SQLException e) {
        if (!String.valueOf(e.getMessage()).contains(wanted)) {
          throw new AssertionError(
              sql + "\n  expected an error with: " + wanted + "\n  got: " + e.getMessage(), e);
        }
        return;
      }
      throw new AssertionError(sql + "\n  expected an error with: " + wanted);
    }

    private void query(Connection connection) {
      List<String> actual;
      try {
        actual = new ArrayList<>(TestWarehouse.rows(connection, sql));
      } catch (SQLException e) {
        throw new AssertionError(sql + "\n  failed: " + e.getMessage(), e);
      }
      List<String> wanted = new ArrayList<>();
      expected.forEach(row -> wanted.add(row.replace('\t', '|').replace("(empty)", "")));
      if (head.contains("rowsort")) {
        Collections.sort(actual);
        Collections.sort(wanted);
      }
      // A cell may have several lines.
      if (!String.join("\n", actual).equals(String.join("\n", wanted))) {
        throw new AssertionError(sql + "\n  expected: " + wanted + "\n  got:      " + actual);
      }
    }
  }
}
