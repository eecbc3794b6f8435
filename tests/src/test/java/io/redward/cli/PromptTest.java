package io.redward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.server.EmbeddedWarehouse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The interactive client against a real server: what is typed, and what is on the screen then.
class PromptTest {
  @TempDir private static Path directory;

  private static EmbeddedWarehouse warehouse;

  @BeforeAll
  static void start() throws IOException {
    warehouse =
        EmbeddedWarehouse.start(
            directory.resolve("data"),
            Optional.empty(),
            List.of(),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            true);
  }

  @AfterAll
  static void stop() {
    warehouse.close();
  }

  /// What the screen shows after these lines were typed.
  private static String typed(String... lines) throws IOException, SQLException {
    return typedAt("dumb", 80, lines);
  }

  private static String typedAt(String type, int columns, String... lines)
      throws IOException, SQLException {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    byte[] keys = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    try (Terminal terminal =
        new DumbTerminal(
            "test", type, new ByteArrayInputStream(keys), screen, StandardCharsets.UTF_8)) {
      terminal.setSize(new Size(columns, 400));
      Runner runner =
          new Runner(
              database ->
                  DriverManager.getConnection(
                      "jdbc:postgresql://127.0.0.1:"
                          + warehouse.port()
                          + "/"
                          + database
                          + "?user=admin&preferQueryMode=simple"),
              "dev",
              OutputFormat.TABLE,
              terminal.writer(),
              terminal.writer());
      new Prompt(runner, terminal).loop(directory.resolve("history"));
      runner.connection().close();
    }
    return screen.toString(StandardCharsets.UTF_8).replace("\r", "");
  }

  @Test
  void a_line_tells_the_rows_that_have_passed_each_step_so_far() throws IOException, SQLException {
    String screen =
        typedAt(
            "ansi",
            200,
            "create table counted (n int);",
            "insert into counted select n from generate_series(1, 3000) g(n);",
            "set statement_timeout to 5000;",
            "select count(*) from counted a, counted b, counted c, counted d"
                + " where a.n + b.n + c.n + d.n = 7;");
    assertThat(screen)
        .containsPattern("segment \\d/\\d .*scan counted 3,000 → nestloop [\\d,]+ → ");
  }

  @Test
  void the_time_left_is_that_of_the_rest_at_the_speed_so_far() {
    assertThat(ProgressLine.left(3_000)).isEqualTo(" (3 s left)");
    assertThat(ProgressLine.left(90_000)).isEqualTo(" (1 min 30 s left)");
    assertThat(ProgressLine.left(5_400_000)).isEqualTo(" (1 h 30 min left)");
    assertThat(ProgressLine.left(-1)).isEmpty();
  }

  @Test
  void aStatementSpansLinesAndSeveralFitOnOne() throws IOException, SQLException {
    assertThat(typed("select 1 as", "one;", "select 2 as two; select 3 as three;"))
        .contains(" one\n", " two\n", " three\n");
  }

  @Test
  void thePromptTellsOfTheTransaction() throws IOException, SQLException {
    assertThat(typed("begin;", "select nope;", "rollback;", "\\q"))
        .contains("dev=# begin;")
        .contains("dev=*# select nope;")
        .contains("column \"nope\" does not exist", "LINE 1: select nope", "               ^")
        .contains("dev=!# rollback;");
  }

  @Test
  void aWideTableIsLaidOutVertically() throws IOException, SQLException {
    assertThat(typed("select repeat('x', 60) as a, repeat('y', 60) as b;"))
        .contains("-[ RECORD 1 ]", "a | xxx", "b | yyy", "(1 row)");
    assertThat(typed("\\x off", "select repeat('x', 60) as a, repeat('y', 60) as b;"))
        .doesNotContain("RECORD");
  }

  @Test
  void aCommandMayEndAStatement() throws IOException, SQLException {
    Path file = directory.resolve("result.txt");
    assertThat(typed("select 7 as seven \\gx", "\\g " + file, "select 8 as eight;", "\\gx"))
        .contains("seven | 7", "eight | 8");
    assertThat(Files.readString(file)).contains("seven", "(1 row)");
  }

  @Test
  void copyIsWithFilesOfThisMachine() throws IOException, SQLException {
    Path source = directory.resolve("source.csv");
    Path target = directory.resolve("it's.csv");
    Files.writeString(source, "1,one\n2,\"two, too\"\n");
    assertThat(
            typed(
                "create table copied (n int, t varchar(20));",
                "\\copy copied from '" + source + "' csv",
                "\\copy (select t, n from copied order by n desc) to '"
                    + target.toString().replace("'", "''")
                    + "' csv",
                "\\copy copied from /no/such/file",
                "\\copy copied somewhere"))
        .contains("COPY 2", "file /no/such/file", "\\copy: TABLE");
    assertThat(Files.readString(target)).isEqualTo("\"two, too\",2\none,1\n");
  }

  @Test
  void listingsAndAScript() throws IOException, SQLException {
    Path script = directory.resolve("script.sql");
    Files.writeString(script, "create view shown as select 1 as n;\n\\echo half way\n\\dv sh*\n");
    assertThat(typed("\\i " + script, "\\df no_such", "\\dp", "\\dm", "\\nonsense"))
        .contains("half way", " shown ", "invalid command \\nonsense");
  }

  @Test
  void anotherDatabase() throws IOException, SQLException {
    assertThat(typed("create database other;", "\\c other", "select current_database();"))
        .contains("other=# select current_database();")
        .contains("Connected to \"other\" as \"admin\"");
    assertThat(typed("\\c nowhere", "select 1 as still;")).contains("does not exist", "still");
  }

  @Test
  void watchEndsWithAnError() throws IOException, SQLException {
    assertThat(typed("select nope \\watch 0.01", "\\watch 0", "\\q"))
        .contains("every 0.01 s", "column \"nope\" does not exist", "seconds from 0.01");
  }

  @Test
  void coloursLeaveTheTextAsItIs() {
    String line = "select \"Col\", 'it''s', 1.5 from t -- note \\gx";
    assertThat(SqlHighlighter.highlight(line)).hasToString(line);
    assertThat(SqlHighlighter.highlight("select x").toAnsi()).contains("[34");
  }
}
