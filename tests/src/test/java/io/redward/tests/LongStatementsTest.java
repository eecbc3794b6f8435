package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Statements whose code is far longer than one method of the JVM may be.
class LongStatementsTest {
  @TempDir private static Path directory;

  private static TestWarehouse warehouse;
  private static Connection connection;

  @BeforeAll
  static void load() throws Exception {
    warehouse = new TestWarehouse(directory);
    connection = warehouse.connect("preferQueryMode", "simple");
    TestWarehouse.execute(
        connection,
        "create table numbers (n integer, half integer, word varchar(10))",
        "insert into numbers values " + list(50, i -> "(" + i + "," + i / 2 + ",'w" + i + "')"),
        "insert into numbers values (null, null, null)");
  }

  @AfterAll
  static void stop() throws Exception {
    connection.close();
    warehouse.close();
  }

  private static String list(int count, IntFunction<String> item) {
    return joined(count, ",", item);
  }

  private static String joined(int count, String separator, IntFunction<String> item) {
    return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(separator));
  }

  private static List<String> rows(String query) throws SQLException {
    return TestWarehouse.rows(connection, query);
  }

  @Test
  void thousand_columns() throws Exception {
    String query = "select " + list(1000, i -> "n+" + i) + " from numbers where n = 7";
    assertThat(rows(query)).containsExactly(joined(1000, "|", i -> "" + (7 + i)));
  }

  @Test
  void hundreds_of_conditional_sums_in_groups() throws Exception {
    String sum = "sum(case when n > %d and word is not null then n else 0 end)";
    String query =
        "select half, "
            + list(300, i -> sum.formatted(i % 50))
            + " from numbers where half = 20 group by half";
    IntFunction<String> wanted = i -> "" + ((i % 50 < 40 ? 40 : 0) + (i % 50 < 41 ? 41 : 0));
    assertThat(rows(query)).containsExactly("20|" + joined(300, "|", wanted));
  }

  @Test
  void aggregates_without_groups() throws Exception {
    String query =
        "select "
            + list(300, i -> "max(word || '" + i + "'), count(n+" + i + ")")
            + " from numbers";
    assertThat(rows(query)).containsExactly(joined(300, "|", i -> "w9" + i + "|50"));
  }

  @Test
  void thousands_of_alternatives() throws Exception {
    String either = joined(1000, " or ", i -> "(n+half=" + i + " and half<" + i + ")");
    assertThat(rows("select count(*) from numbers where " + either)).containsExactly("49");
    String all = joined(1000, " and ", i -> "(n<>" + (i + 10) + " or half>" + (i + 20) + ")");
    assertThat(rows("select count(*) from numbers where " + all)).containsExactly("10");
  }

  @Test
  void case_of_thousands_of_branches() throws Exception {
    String branches = joined(2000, " ", i -> "when n=" + i + " then 'is" + i * 3 + "'");
    assertThat(rows("select case " + branches + " else word end from numbers where n in (3,49)"))
        .containsExactlyInAnyOrder("is9", "is147");
    assertThat(rows("select case " + branches + " else 'none' end from numbers where n is null"))
        .containsExactly("none");
  }

  @Test
  void groups_and_sorts_by_hundreds_of_expressions() throws Exception {
    String keys = list(150, i -> "n%" + (i + 2));
    assertThat(
            rows(
                "select count(*) from (select "
                    + list(150, i -> "n%" + (i + 2) + " as k" + i)
                    + ", count(*) as c from numbers group by "
                    + keys
                    + ") g where c = 1"))
        .containsExactly("51");
    assertThat(rows("select n from numbers order by " + keys + " limit 1")).containsExactly("0");
  }

  @Test
  void nesting_without_end_is_refused_and_the_connection_stays() throws Exception {
    String deep = "select " + "(".repeat(5000) + "1" + ")".repeat(5000);
    assertThatThrownBy(() -> rows(deep))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("54001"));
    assertThat(rows("select 1")).containsExactly("1");
  }
}
