package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Tables are placed by distribution keys of any type.
class ClusterKeysTest {
  private static final int DOUBLINGS = 14;

  @TempDir private static Path directory;

  private static TestCluster cluster;
  private static Connection connection;

  @BeforeAll
  static void start() throws Exception {
    cluster = new TestCluster(directory, 2);
    connection = TestCluster.connect(cluster.leader());
    TestWarehouse.execute(
        connection, "create table n (i int) diststyle even", "insert into n values (0)");
    for (int i = 0; i < DOUBLINGS; i++) {
      TestWarehouse.execute(connection, "insert into n select i + " + (1 << i) + " from n");
    }
  }

  @AfterAll
  static void stop() throws Exception {
    connection.close();
    cluster.close();
  }

  static List<Arguments> keys() {
    return List.of(
        Arguments.of("varchar(40)", "'customer-of-ours-' || lpad(i::varchar, 9, '0')"),
        Arguments.of("char(12)", "'k' || lpad((i / 3)::varchar, 8, '0')"),
        Arguments.of("decimal(38,2)", "i * 1000000000000000.5"),
        Arguments.of("decimal(12,2)", "i * 1.25"),
        Arguments.of("date", "'2001-01-01'::date + (i / 10)::int"),
        Arguments.of("timestamp", "dateadd(minute, i, '2001-01-01'::timestamp)"),
        Arguments.of("double precision", "sqrt(i)"));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void tables_are_joined_in_place_by_keys_of_every_type(String type, String key) throws Exception {
    TestWarehouse.execute(
        connection,
        "drop table if exists large",
        "drop table if exists small",
        "create table large (k " + type + " distkey sortkey, v int)",
        "create table small (k " + type + " distkey sortkey, w int)",
        "insert into large select " + key + ", i % 100 from n",
        "insert into large values (null, 7)",
        "insert into small select " + key + ", i % 10 from n where i % 2 = 0",
        "insert into small values (null, 7)");
    for (String query :
        List.of(
            "select count(*), sum(v), sum(w) from large join small on large.k = small.k",
            "select count(*), sum(v), sum(w) from large left join small on large.k = small.k",
            "select count(*), sum(c) from (select k, count(*) c from large group by k) g")) {
      assertThat(check(query)).as(query).isZero();
    }
    assertThat(
            TestWarehouse.rows(
                connection, "explain select count(*) from large join small on large.k = small.k"))
        .anyMatch(line -> line.contains("DS_DIST_NONE"));
  }

  /// Blocks are written by ranges of the distribution key, each in the order of the sort key.
  @Test
  void tables_in_the_order_of_another_column_are_joined_in_place() throws Exception {
    TestWarehouse.execute(
        connection,
        "drop table if exists large",
        "drop table if exists small",
        "create table large (k varchar(20) distkey, v int sortkey)",
        "create table small (k varchar(20) distkey, w int) sortkey (w)",
        "insert into large select 'k' || lpad((a.i * 7919 % 16384)::varchar, 6, '0'),"
            + " (a.i * 31 + b.i) % 100 from n a, n b where b.i < 32",
        "insert into small select 'k' || lpad((a.i * 7919 % 16384)::varchar, 6, '0'),"
            + " (a.i * 17 + b.i) % 50 from n a, n b where b.i < 16");
    for (String query :
        List.of(
            "select count(*), sum(v), sum(w) from large join small on large.k = small.k"
                + " and v = w",
            "select count(*), sum(c) from (select k, count(*) c from small group by k) g")) {
      assertThat(check(query)).as(query).isZero();
    }
    assertThat(
            TestWarehouse.rows(
                connection,
                "select unsorted < 10 from svv_table_info where \"table\" in ('large', 'small')"))
        .containsExactly("t", "t");
  }

  /// @return rows moved
  private static long check(String query) throws Exception {
    long before = cluster.leader().spreadQueries();
    List<String> answer = TestWarehouse.rows(connection, query);
    assertThat(cluster.leader().spreadQueries()).as("spread over nodes").isGreaterThan(before);
    String number = TestWarehouse.rows(connection, "select pg_last_query_id()").getFirst();
    // What its own transaction has changed the leader reads by itself.
    TestWarehouse.execute(
        connection,
        "begin",
        "update large set v = v where v = 3",
        "update small set w = w where w = 3");
    long spread = cluster.leader().spreadQueries();
    List<String> alone = TestWarehouse.rows(connection, query);
    assertThat(cluster.leader().spreadQueries()).as("on the leader").isEqualTo(spread);
    TestWarehouse.execute(connection, "rollback");
    assertThat(answer).isEqualTo(alone);
    return moved(number);
  }

  /// Rows that nodes sent each other for a query.
  private static long moved(String number) throws Exception {
    String rows =
        TestWarehouse.rows(
                connection,
                "select coalesce(sum(rows), 0) from (select rows from stl_bcast where query = "
                    + number
                    + " union all select rows from stl_dist where query = "
                    + number
                    + ") m")
            .getFirst();
    return Long.parseLong(rows);
  }
}
