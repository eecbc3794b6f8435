package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.redward.leader.system.ViewDefinition;
import io.redward.leader.system.ViewDefinitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The system views can all be read, and are found by those who look for them in the catalog.
class SystemViewsTest {
  private static final Path INVENTORY = Path.of("..", "..", "shared", "redshift", "inventory.json");

  private static final List<String> FAMILIES = List.of("sys", "svv", "svl", "svcs", "stl", "stv");

  @TempDir private static Path directory;

  private static TestWarehouse warehouse;
  private static Connection connection;

  @BeforeAll
  static void start() throws Exception {
    warehouse = new TestWarehouse(directory);
    connection = warehouse.connect("preferQueryMode", "simple");
    TestWarehouse.execute(
        connection,
        "create table seen (a integer, b varchar(10)) sortkey (a)",
        "insert into seen values (1, 'x'), (2, 'y')",
        "insert into seen select a + 2, b from seen",
        "update seen set b = 'z' where a = 1",
        "delete from seen where a = 2",
        "select s.a, count(*) from seen s join seen t on s.a = t.a group by 1 order by 1 limit 3");
  }

  @AfterAll
  static void stop() throws Exception {
    connection.close();
    warehouse.close();
  }

  @Test
  void everyDescribedViewCanBeRead() {
    for (ViewDefinition view : ViewDefinitions.all()) {
      assertThat(failure("select * from " + view.name())).as(view.name()).isEmpty();
    }
  }

  @Test
  void everyDocumentedViewExists() throws Exception {
    assumeThat(INVENTORY).as("the inventory in ../shared").exists();
    List<String> missing = new ArrayList<>();
    for (String name : documented()) {
      if (!failure("select count(*) from " + name).isEmpty()) {
        missing.add(name);
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void historyOutlivesARestart(@TempDir Path other) throws Exception {
    try (TestWarehouse first = new TestWarehouse(other);
        Connection session = first.connect("preferQueryMode", "simple")) {
      TestWarehouse.execute(
          session,
          "create table t (a integer)",
          "create materialized view v as select a from t where a > 1",
          "insert into t values (2)",
          "refresh materialized view v",
          "set query_group to 'before'",
          "select * from t");
    }
    try (TestWarehouse second = new TestWarehouse(other);
        Connection session = second.connect("preferQueryMode", "simple");
        Statement statement = session.createStatement()) {
      try (ResultSet rows =
          statement.executeQuery(
              "select count(distinct q.query), count(s.query), max(q.query) < max(h.newest) from"
                  + " stl_query q left join stl_scan s on s.query = q.query, (select max(query_id)"
                  + " as newest from sys_query_history) h where q.label = 'before'")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(1);
        assertThat(rows.getInt(2)).isEqualTo(1);
        assertThat(rows.getBoolean(3)).isTrue();
      }
      try (ResultSet rows =
          statement.executeQuery("select trim(mv_name), status from sys_mv_refresh_history")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("v");
        assertThat(rows.getString(2)).contains("incrementally");
      }
    }
  }

  /// How many views tell of something, and how many exist for those who ask, is in the manual.
  @Test
  void theManualCountsTheViewsThatTellOfSomething() throws Exception {
    Set<String> empty = new HashSet<>();
    Path pages = Path.of("..", "docs", "manual", "views");
    for (String family : FAMILIES) {
      Matcher matcher =
          Pattern.compile("## (\\w+)\n\n[^\n]*Empty: ")
              .matcher(Files.readString(pages.resolve(family + ".md")));
      while (matcher.find()) {
        empty.add(matcher.group(1));
      }
    }
    StringBuilder counts = new StringBuilder();
    for (String family : FAMILIES) {
      List<String> names = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                      + " where n.nspname = 'pg_catalog' and split_part(c.relname, '_', 1) = '"
                      + family
                      + "'")) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
      long without = names.stream().filter(empty::contains).count();
      counts.append(
          "| %s | %d | %d |%n"
              .formatted(family.toUpperCase(Locale.ROOT), names.size() - without, without));
    }
    assertThat(Files.readString(Path.of("..", "docs", "manual", "system-views.md")))
        .as("the counts in docs/manual/system-views.md")
        .contains(counts);
  }

  @Test
  void oidsOfSystemTablesAreTheirOwn() throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*), count(distinct oid) from pg_class where relkind <> 'i'")) {
      rows.next();
      assertThat(rows.getLong(1)).isEqualTo(rows.getLong(2)).isGreaterThan(200);
    }
  }

  private static List<String> documented() throws IOException {
    List<String> names = new ArrayList<>();
    Matcher matcher =
        Pattern.compile("\"((?:STV|STL|SVL|SVV|SVCS|SYS|PG)_[A-Z0-9_]+)[ \"]")
            .matcher(Files.readString(INVENTORY));
    while (matcher.find()) {
      String name = matcher.group(1).toLowerCase(Locale.ROOT);
      if (!name.startsWith("pg_")) {
        names.add(name);
      }
    }
    return names;
  }

  private static String failure(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          rows.getString(i);
        }
      }
      return "";
    } catch (SQLException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
