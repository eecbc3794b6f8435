package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Materialized views that are brought up to date by what has changed in their tables.
class MaterializedViewsTest {
  private static final long SEED = Long.getLong("mv.seed", 7);
  private static final int ROUNDS = Integer.getInteger("mv.rounds", 12);

  /// By name: the query.
  private static final Map<String, String> VIEWS = views();

  /// Queries that some of the views answer.
  private static final List<String> ANSWERED =
      List.of(
          "select k, sum(n), count(*), avg(d), avg(big), count(s) from a group by k",
          "select count(*), sum(d), avg(an) from (select d, n as an from a) q",
          "select k + 1, sum(big) from a where k > 3 group by k having sum(n) > 2",
          "select min(n), max(d) from a where k % 3 = 1",
          "select s, min(n) from a group by s",
          "select a.s, b.name from a join b on a.k = b.k where a.k < 5",
          "select a.k, count(*) from a, b where b.k = a.k group by a.k",
          "select b.name, sum(a.n * b.w) from a join b on b.k = a.k where a.n > 1 group by b.name",
          "select distinct k from a");

  @TempDir private Path directory;

  private static Map<String, String> views() {
    Map<String, String> views = new LinkedHashMap<>();
    views.put("v_rows", "select k, s, d * 2 as twice from a where k < 8 or k is null");
    views.put("v_join", "select a.k, a.s, b.name, b.w + a.n as t from a join b on a.k = b.k");
    views.put("v_left", "select a.k, a.s, b.name from a left join b on a.k = b.k and b.w > 3");
    views.put(
        "v_union",
        "select k, s from a union all select k, name from b union all select n, s from a");
    views.put(
        "v_sums",
        "select k, count(*) as c, count(s) as cs, sum(n) as sn, sum(d) as sd, avg(d) as ad,"
            + " avg(n) as an, avg(big) as ab, sum(big) as sb from a group by k");
    views.put("v_extremes", "select s, k % 3 as m, min(n) as l, max(d) as h from a group by 1, 2");
    views.put(
        "v_joined",
        "select upper(b.name) as u, sum(a.n * b.w) as s, count(*) * 2 + 1 as c"
            + " from a join b on a.k = b.k where a.n > 1 group by b.name");
    views.put("v_all", "select count(*) as c, sum(n) as s, avg(d) as ad from a");
    views.put("v_least", "select min(n) as l, count(*) as c from a");
    views.put("v_having", "select k, sum(n) as s from a group by k having count(*) > 2");
    views.put("v_distinct", "select distinct s, k from a");
    views.put("v_values", "select k, count(distinct s) as c, max(n) as h from a group by k");
    views.put("v_floats", "select k, count(f) as c, max(f) as h from a group by k");
    views.put("v_hidden", "select sum(n) + 1 as s from a group by k, s");
    views.put(
        "v_window", "select k, row_number() over (partition by k order by s, n, d) as r from a");
    views.put("v_sub", "select k, s from a where k in (select k from b)");
    views.put("v_above", "select count(*) as c, sum(s) as s from v_joined where c > 2");
    return views;
  }

  @Test
  void aViewEqualsItsQueryAfterEachRefresh() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    try (TestWarehouse warehouse = new TestWarehouse(directory);
        Connection connection = warehouse.connect()) {
      createTables(connection);
      change(connection, random);
      createViews(connection);
      int incremental = 0;
      for (int round = 0; round < ROUNDS; round++) {
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
          change(connection, random);
        }
        for (Map.Entry<String, String> view : VIEWS.entrySet()) {
          incremental += refresh(connection, view.getKey()).contains("incrementally") ? 1 : 0;
          boolean grouped = view.getValue().matches(".*(group by|distinct).*");
          assertThat(sorted(connection, "select * from " + view.getKey(), grouped))
              .as("round %d of seed %d: %s", round, SEED, view)
              .isEqualTo(sorted(connection, view.getValue(), grouped));
        }
      }
      assertThat(incremental).isGreaterThan(ROUNDS * VIEWS.size() / 2);
    }
  }

  @Test
  void aQueryAnsweredFromAViewHasTheSameRows() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    try (TestWarehouse warehouse = new TestWarehouse(directory);
        Connection connection = warehouse.connect()) {
      createTables(connection);
      insert(connection, "a", random);
      insert(connection, "b", random);
      createViews(connection);
      int rewritten = 0;
      for (int round = 0; round < ROUNDS; round++) {
        change(connection, random);
        for (String view : VIEWS.keySet()) {
          if (random.nextInt(4) > 0) {
            refresh(connection, view);
          }
        }
        for (String query : ANSWERED) {
          TestWarehouse.execute(connection, "set mv_enable_aqmv_for_session to on");
          List<String> plan = TestWarehouse.rows(connection, "explain " + query);
          rewritten += plan.toString().contains("Seq Scan on v_") ? 1 : 0;
          List<String> answer = sorted(connection, query, true);
          TestWarehouse.execute(connection, "set mv_enable_aqmv_for_session to off");
          assertThat(answer)
              .as("round %d of seed %d: %s by %s", round, SEED, query, plan)
              .isEqualTo(sorted(connection, query, true));
        }
      }
      assertThat(rewritten).isGreaterThan(ROUNDS * ANSWERED.size() / 3);
    }
  }

  @Test
  void aViewIsRefreshedByWhatHasChangedBeforeARestart() throws Exception {
    try (TestWarehouse warehouse = new TestWarehouse(directory);
        Connection connection = warehouse.connect()) {
      TestWarehouse.execute(
          connection,
          "create schema s",
          "set search_path to s",
          "create table t (k int, n int)",
          "insert into t values (1, 1), (2, 2)",
          "create materialized view v as select k, sum(n) as n from t group by k",
          "insert into t values (1, 10), (3, 3)",
          "delete from t where k = 2");
    }
    try (TestWarehouse warehouse = new TestWarehouse(directory);
        Connection connection = warehouse.connect()) {
      assertThat(refresh(connection, "s.v")).contains("incrementally updated");
      assertThat(TestWarehouse.rows(connection, "select * from s.v order by k"))
          .containsExactly("1|11", "3|3");
    }
  }

  private static void createTables(Connection connection) throws SQLException {
    TestWarehouse.execute(
        connection,
        "create table a (k int, s varchar(10), n int, d decimal(12,2), big bigint, f float8)",
        "create table b (k int, name varchar(10), w int)");
  }

  private static void createViews(Connection connection) throws SQLException {
    for (Map.Entry<String, String> view : VIEWS.entrySet()) {
      TestWarehouse.execute(
          connection, "create materialized view " + view.getKey() + " as " + view.getValue());
    }
  }

  /// @param grouped which of several keys that differ in trailing blanks a group shows is open
  private static List<String> sorted(Connection connection, String query, boolean grouped)
      throws SQLException {
    return TestWarehouse.rows(connection, query).stream()
        .map(row -> grouped ? row.replaceAll(" +(\\||$)", "$1") : row)
        .sorted()
        .toList();
  }

  /// What the refresh says it did.
  private static String refresh(Connection connection, String view) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("refresh materialized view " + view);
      StringBuilder said = new StringBuilder();
      for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
        said.append(w.getMessage());
      }
      return said.toString();
    }
  }

  private static void change(Connection connection, SplittableRandom random) throws SQLException {
    String table = random.nextInt(3) == 0 ? "b" : "a";
    int key = random.nextInt(12);
    switch (random.nextInt(9)) {
      case 0 -> TestWarehouse.execute(connection, "delete from " + table + " where k = " + key);
      case 1 ->
          TestWarehouse.execute(
              connection,
              "update a set n = n + 1, s = s || ' ' where k = " + key + " and len(s) < 8");
      case 2 -> TestWarehouse.execute(connection, "update b set w = w + 1 where k = " + key);
      case 3 -> {
        if (random.nextInt(4) == 0) {
          TestWarehouse.execute(connection, "vacuum full " + table);
        } else {
          TestWarehouse.execute(connection, "delete from a where n > 7 and k < " + key);
        }
      }
      case 4 -> {
        if (random.nextInt(4) == 0) {
          TestWarehouse.execute(connection, "truncate " + table);
        }
      }
      default -> insert(connection, table, random);
    }
  }

  private static void insert(Connection connection, String table, SplittableRandom random)
      throws SQLException {
    StringBuilder values = new StringBuilder();
    int rows = 1 + random.nextInt(12);
    for (int i = 0; i < rows; i++) {
      String key = orNull(random, "" + random.nextInt(12));
      String text = orNull(random, "'" + (char) ('a' + random.nextInt(4)) + "'");
      String number = orNull(random, "" + (random.nextInt(20) - 6));
      values.append(i > 0 ? ", (" : "(");
      if (table.equals("a")) {
        values.append(String.join(", ", key, text, number));
        values.append(", ").append(orNull(random, (random.nextInt(999) - 300) + ".25"));
        values.append(", ").append(orNull(random, "" + (random.nextLong() >> 2)));
        values.append(", ").append(orNull(random, random.nextInt(9) + ".5")).append(")");
      } else {
        values.append(String.join(", ", key, text, number)).append(")");
      }
    }
    TestWarehouse.execute(connection, "insert into " + table + " values " + values);
  }

  private static String orNull(SplittableRandom random, String value) {
    return random.nextInt(9) == 0 ? "null" : value;
  }
}
