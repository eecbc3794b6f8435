package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows of a key that half of a join's outer side has stay on the nodes that find them.
class ClusterSkewTest {
  private static final int NODES = 4;
  private static final int STRETCHES = 16;

  @TempDir private static Path directory;

  private static TestCluster cluster;
  private static Connection connection;

  /// `facts` has key 7 (`name-7`, and NULL in `gap`) in every other row.
  @BeforeAll
  static void load() throws Exception {
    cluster = new TestCluster(directory, NODES);
    connection = TestCluster.connect(cluster.leader());
    TestWarehouse.execute(
        connection, "create table n (i int) diststyle even", "insert into n values (0)");
    for (int i = 0; i < 17; i++) {
      TestWarehouse.execute(connection, "insert into n select i + " + (1 << i) + " from n");
    }
    TestWarehouse.execute(
        connection,
        "create table facts (k int, name varchar(20), gap bigint, part int, v int) diststyle even",
        "create table keyed (k int distkey, name varchar(20), gap bigint, part int, v int)");
    for (int stretch = 0; stretch < STRETCHES; stretch++) {
      String rows =
          "select case (i / 16) % 2 when 0 then 7 else i % 98000 end k, 'name-' || k name,"
              + " case (i / 16) % 2 when 1 then i % 98000 end gap, i % 3 part, i % 100 v from n"
              + " where i % 16 = "
              + stretch;
      TestWarehouse.execute(
          connection, "insert into facts " + rows, "insert into keyed " + rows + " order by k");
    }
    TestWarehouse.execute(
        connection,
        "create table dims (k int, name varchar(20), part int, w int) diststyle even",
        "insert into dims select i, 'name-' || i, i % 3, i % 50 from n where i < 98304",
        "create table placed (k int distkey sortkey, w int)",
        "insert into placed select i, i % 50 from n",
        "create table small (k int, v int) diststyle even",
        "insert into small select i, i from n where i < 50000",
        "create table everywhere (k int, w int) diststyle all",
        "insert into everywhere select i, i from n where i < 50000");
  }

  @AfterAll
  static void stop() throws Exception {
    connection.close();
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from facts f join dims d on f.k = d.k",
        "from facts f join dims d on f.name = d.name",
        "from facts f join dims d on f.k = d.k and f.part = d.part",
        "from facts f left join dims d on f.gap = d.k",
        "from (select v, 0 w, k from facts) f where k in (select k from dims)",
        "from keyed f join dims d on f.k = d.k"
      })
  void no_node_gets_most_of_the_rows(String from) throws Exception {
    List<String> joined = TestWarehouse.rows(connection, "select v, w " + from);
    String number = TestWarehouse.rows(connection, "select pg_last_query_id()").getFirst();
    List<Long> rows =
        TestWarehouse.rows(
                connection,
                "select sum(rows) from svl_query_report where label like 'hash%join%' and query = "
                    + number
                    + " and slice < 6411 group by slice")
            .stream()
            .map(Long::parseLong)
            .toList();
    assertThat(rows).hasSize(NODES);
    assertThat(Collections.max(rows)).isLessThan(joined.size() * 45L / 100);
    assertThat(
            TestWarehouse.rows(
                connection,
                "select min(data_skewness) >= 0, max(data_skewness) < 100, max(time_skewness) <"
                    + " 100, max(s.io_skew) >= 1, max(s.io_skew) <= "
                    + NODES
                    + " from sys_query_detail d join svl_query_metrics_summary s"
                    + " on s.query = d.query_id where d.metrics_level = 'step' and d.query_id = "
                    + number))
        .as("how unlike the machines were")
        .containsExactly("t|t|t|t|t");
    check("select count(*), sum(v), sum(w) " + from);
  }

  /// The way in which sides meet follows from their sizes, and EXPLAIN ANALYZE has its bytes.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DS_DIST_BOTH   | dist,dist | facts f join dims d on f.k = d.k",
        "DS_BCAST_INNER | bcast     | facts f join dims d on f.k = d.k and d.w < 10",
        "DS_DIST_INNER  | dist      | placed f join dims d on f.k = d.k",
        "DS_DIST_OUTER  | dist      | small f left join placed d on f.k = d.k",
        "DS_DIST_NONE   |           | placed f join placed d on f.k = d.k",
        "DS_DIST_ALL_NONE |         | facts f join everywhere d on f.k = d.k"
      })
  void the_cheapest_way_is_taken_and_its_bytes_are_told(
      String label, @Nullable String moves, String from) throws Exception {
    List<String> lines =
        TestWarehouse.rows(connection, "explain analyze select count(*) from " + from);
    assertThat(lines).anyMatch(line -> line.contains(" " + label + "  (cost="));
    List<String> steps = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String step = lines.get(i).strip();
      if (step.startsWith("dist ") || step.startsWith("bcast ")) {
        assertThat(lines.get(i - 1)).matches(".*, sends [0-9.]+ (B|kB|MB)");
        steps.add(step.substring(0, step.indexOf(' ')));
      }
    }
    assertThat(String.join(",", steps)).isEqualTo(moves == null ? "" : moves);
  }

  /// A mean for each of a few keys: rows of others are not grouped, though the groups are looked up
  /// elsewhere than they are made.
  @Test
  void rows_that_will_not_be_looked_up_are_not_grouped() throws Exception {
    TestWarehouse.execute(
        connection,
        "create table few (k int, name varchar(20)) diststyle even",
        "insert into few select i, 'name-' || i from n where i < 200");
    String query =
        "select sum(f.v) from facts f, few d where f.k = d.k and d.name like '%-1_'"
            + " and f.v < (select 2 * avg(v) from facts where k = d.k)";
    List<String> lines = TestWarehouse.rows(connection, "explain analyze " + query);
    List<Long> grouped = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).strip().startsWith("aggr ")) {
        String above = lines.get(i - 1).strip();
        grouped.add(Long.parseLong(above.substring(above.lastIndexOf('=') + 1)));
      }
    }
    assertThat(grouped).isNotEmpty().allMatch(rows -> rows < 1_000);
    check(query);
  }

  /// Each node looks all of a small outer table up in its own part of the inner side.
  @Test
  void nothing_is_sent_where_every_node_has_the_outer_table() throws Exception {
    String from = "from everywhere f join dims d on f.k = d.k and d.w = 1";
    List<String> lines =
        TestWarehouse.rows(connection, "explain analyze select count(*), sum(f.w) " + from);
    assertThat(lines)
        .anyMatch(line -> line.contains(" DS_DIST_NONE  (cost="))
        .noneMatch(line -> line.strip().startsWith("dist "))
        .noneMatch(line -> line.strip().startsWith("bcast "));
    assertThat(TestWarehouse.rows(connection, "select count(*) + sum(f.w) + sum(d.w) " + from))
        .containsExactly("24978000");
  }

  private static void check(String query) throws Exception {
    List<String> answer = TestWarehouse.rows(connection, query);
    // What its own transaction has changed the leader reads by itself.
    TestWarehouse.execute(
        connection,
        "begin",
        "update facts set v = v where v = 3",
        "update keyed set v = v where v = 3");
    long spread = cluster.leader().spreadQueries();
    assertThat(TestWarehouse.rows(connection, query)).isEqualTo(answer);
    assertThat(cluster.leader().spreadQueries()).as("on the leader").isEqualTo(spread);
    TestWarehouse.execute(connection, "rollback");
  }
}
