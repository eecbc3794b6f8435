package io.redward.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The data and queries of `ssb` and `clickbench-like`, tiny: every query runs in the other engine
/// and finds rows.
class SuiteFilesTest {
  @TempDir private Path directory;

  @Test
  void starSchemaHasItsSizesAndItsQueriesFindRows() throws Exception {
    new SsbFiles(directory, 0.01).generate();
    Workload workload = SuiteTexts.workload("ssb", SsbFiles.tables(), directory);
    assertThat(workload.queries()).hasSize(13);
    try (Connection connection = load(workload)) {
      assertThat(single(connection, "select count(*) from lineorder")).isEqualTo("60175");
      assertThat(single(connection, "select count(*) from customer")).isEqualTo("300");
      assertThat(single(connection, "select count(*) from dates")).isEqualTo("2557");
      String unmatched =
          "select count(*) from lineorder where lo_custkey not in (select c_custkey from customer)"
              + " or lo_suppkey not in (select s_suppkey from supplier)"
              + " or lo_partkey not in (select p_partkey from part)"
              + " or lo_orderdate not in (select d_datekey from dates)";
      assertThat(single(connection, unmatched)).isEqualTo("0");
      assertThat(rows(connection, workload.queries().getFirst().text()).getFirst())
          .isNotEqualTo("null");
      for (Workload.Query query : workload.queries()) {
        rows(connection, query.text());
      }
    }
  }

  @Test
  void pageViewsAreSkewedAndTheirQueriesFindRows() throws Exception {
    new HitsFiles(directory, 20_000).generate();
    Workload workload = SuiteTexts.workload("hits", HitsFiles.tables(), directory);
    assertThat(workload.queries()).hasSize(42);
    try (Connection connection = load(workload)) {
      assertThat(single(connection, "select count(*) from hits")).isEqualTo("20000");
      String most = "select count(*) from hits group by counter_id order by 1 desc limit 1";
      assertThat(Integer.parseInt(single(connection, most))).isGreaterThan(1_000);
      for (Workload.Query query : workload.queries()) {
        assertThat(rows(connection, query.text()).size() + (query.name().equals("q27") ? 1 : 0))
            .as(query.name())
            .isPositive();
      }
    }
  }

  @Test
  void theSameRowsAreMadeEachTime() throws Exception {
    Path first = directory.resolve("first");
    Path second = directory.resolve("second");
    new HitsFiles(first, 500).generate();
    new HitsFiles(second, 500).generate();
    Path file = Path.of("hits", "part-2.tbl");
    assertThat(Files.readString(first.resolve(file)))
        .isEqualTo(Files.readString(second.resolve(file)));
  }

  private static Connection load(Workload workload) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      for (String definition : workload.plainSchema()) {
        statement.execute(definition);
      }
      for (String table : workload.tables()) {
        statement.execute(
            "copy "
                + table
                + " from '"
                + workload.files().resolve(table)
                + "/*' (delimiter '|', header false, auto_detect false, nullstr '')");
      }
    }
    return connection;
  }

  private static String single(Connection connection, String query) throws SQLException {
    return rows(connection, query).getFirst();
  }

  private static List<String> rows(Connection connection, String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        rows.add(String.valueOf(result.getString(1)));
      }
    }
    return rows;
  }
}
