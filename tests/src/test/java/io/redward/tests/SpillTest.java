package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Queries whose states do not fit into a few hundred kilobytes give the answers they give in
/// memory, by way of the disk.
class SpillTest {
  @TempDir private static Path directory;

  private static TestWarehouse warehouse;
  private static Connection plenty;
  private static Connection little;

  @BeforeAll
  static void load() throws Exception {
    // As a server leaves it that is killed in the middle of a query.
    Files.createDirectories(directory.resolve("temp"));
    Files.write(directory.resolve("temp").resolve("query-17.spill"), new byte[5_000]);
    warehouse = new TestWarehouse(directory);
    assertThat(temporaryFiles()).as("left over by the process before").isZero();
    plenty = warehouse.connect("preferQueryMode", "simple");
    little = warehouse.connect("preferQueryMode", "simple");
    TestWarehouse.execute(plenty, "set enable_result_cache_for_session to off");
    TestWarehouse.execute(
        little, "set enable_result_cache_for_session to off", "set query_memory to 200");
    TestWarehouse.execute(
        plenty,
        "create table digits (d integer)",
        "insert into digits values (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)",
        "create table facts (id integer, k bigint, w decimal(30,2), x double precision,"
            + " s varchar(40), t varchar(8), day date)",
        "insert into facts select n, case when n % 97 = 0 then null else n % 7919 end,"
            + " n * 1000000000000000.25, n / 7.0, case when n % 89 = 0 then null else"
            + " 'the string of ' || n % 4999 end, 't' || n % 3001, date '2020-01-01' + n % 1461"
            + " from (select a.d + 10*b.d + 100*c.d + 1000*e.d + 10000*f.d as n"
            + " from digits a, digits b, digits c, digits e, digits f where f.d < 4) numbers",
        "create table others (k bigint, name varchar(40))",
        "insert into others select case when n % 101 = 0 then null else n end,"
            + " 'name ' || n from (select a.d + 10*b.d + 100*c.d + 1000*e.d + 10000*f.d as n"
            + " from digits a, digits b, digits c, digits e, digits f where f.d < 2) numbers");
  }

  @AfterAll
  static void stop() throws Exception {
    plenty.close();
    little.close();
    warehouse.close();
  }

  private static long onDisk() throws SQLException {
    return Long.parseLong(
        TestWarehouse.rows(
                plenty, "select count(*) from svl_query_summary where is_diskbased = 't'")
            .getFirst());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from facts order by s desc, x, id",
        "select id, w, day from facts order by w desc limit 20000 offset 777",
        "select k, count(*), sum(w), avg(x), min(s), max(t), min(day) from facts group by k",
        "select s, t, count(*), sum(id), stddev_samp(x) from facts group by s, t",
        "select t, count(distinct k), count(distinct s), sum(distinct w) from facts group by t",
        "select t, median(x), percentile_disc(0.25) within group (order by id) from facts group by"
            + " t",
        "select t, listagg(id, ',') within group (order by id desc) from facts group by t",
        "select distinct s, day from facts",
        "select f.id, o.name from facts f join others o on f.id = o.k",
        "select f.id, f.s, o.name from facts f left join others o on f.k = o.k and o.name > 'name"
            + " 3'",
        "select f.id, o.k, o.name from facts f right join others o on f.id = o.k",
        "select f.id, o.k, o.name from facts f full join others o on f.id = o.k + 10000",
        "select id from facts where k in (select k from others where name like '%7%')",
        "select k from others o where not exists (select 1 from facts f where f.id = o.k and x >"
            + " 900)",
        "select id from facts where s not in (select name from others)",
        "select id from facts where id not in (select k from others where k is not null)",
        "select f.id, g.id from facts f join facts g on f.s = g.s and f.t = g.t and f.id < g.id",
        "select f.id, o.name, p.name from facts f join others o on f.id = o.k"
            + " join others p on f.k = p.k",
        "select id, row_number() over (partition by s order by id), sum(w) over (partition by t),"
            + " lag(s) over (partition by k order by x, id) from facts",
        "select k, s from facts union select k, name from others",
        "select k, s from facts except select k, name from others",
        "select id::bigint from facts intersect select k from others",
        "select * from (select id, s from facts union all select k, name from others) u order by 1,"
            + " 2",
        "select day, k % 10, count(*), sum(x) from facts group by grouping sets ((day), (k % 10),"
            + " ())"
      })
  void answers_are_those_in_memory(String query) throws Exception {
    long before = onDisk();
    List<String> wanted = sorted(TestWarehouse.rows(plenty, query));
    assertThat(onDisk()).as("in memory").isEqualTo(before);
    List<String> actual = sorted(TestWarehouse.rows(little, query));
    assertThat(actual).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.size(); i++) {
      assertThat(rounded(actual.get(i))).isEqualTo(rounded(wanted.get(i)));
    }
    if (!query.contains("grouping sets")) {
      assertThat(onDisk()).as("on disk").isGreaterThan(before);
    }
    assertThat(temporaryFiles()).as("files are gone with their query").isZero();
  }

  /// Sums of doubles come out a little different in another order.
  private static String rounded(String row) {
    return row.replaceAll("(\\.\\d{6})\\d+", "$1").replaceAll("\\d(?=\\||$)", "");
  }

  private static List<String> sorted(List<String> rows) {
    return rows.stream().sorted().toList();
  }

  @Test
  void a_second_server_that_is_refused_takes_nothing_from_the_first() throws Exception {
    Path running = directory.resolve("temp").resolve("query-1-of-the-first.spill");
    Files.write(running, new byte[100]);
    try {
      assertThatThrownBy(() -> new TestWarehouse(directory))
          .isInstanceOf(SqlException.class)
          .hasMessageContaining("in use");
      assertThat(running).exists();
    } finally {
      Files.deleteIfExists(running);
    }
  }

  private static long temporaryFiles() throws IOException {
    Path temporary = directory.resolve("temp");
    if (!Files.exists(temporary)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(temporary)) {
      return files.count();
    }
  }

  @Test
  void sorted_results_stay_in_order() throws Exception {
    String query = "select s, id from facts order by s desc nulls last, id";
    assertThat(TestWarehouse.rows(little, query)).isEqualTo(TestWarehouse.rows(plenty, query));
  }

  @Test
  void a_disk_that_takes_nothing_fails_the_query_alone() throws Exception {
    String query = "select * from facts order by s desc, x, id";
    Path temporary = directory.resolve("temp");
    Files.deleteIfExists(temporary);
    Files.write(temporary, new byte[] {1});
    try {
      assertThatThrownBy(() -> TestWarehouse.rows(little, query))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("58030"))
          .hasMessageContaining("could not write to temporary file in \"" + temporary + "\"")
          .hasMessageContaining("Check that the server may write there.");
      assertThat(TestWarehouse.rows(little, "select count(*) from facts")).containsExactly("40000");
      assertThat(TestWarehouse.rows(plenty, query)).hasSize(40_000);
    } finally {
      Files.delete(temporary);
    }
    assertThat(TestWarehouse.rows(little, query)).hasSize(40_000);
    assertThat(temporaryFiles()).isZero();
  }

  @Test
  void what_cannot_go_to_disk_fails_alone() throws Exception {
    String query =
        "select count(*) from (select sum(x) over (order by id rows unbounded preceding)"
            + " as c from (select f.x, f.id from facts f, digits a, digits b, digits c) g) h"
            + " where c > 0";
    assertThatThrownBy(() -> TestWarehouse.rows(little, query))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("53200"));
    assertThat(TestWarehouse.rows(little, "select count(*) from facts")).containsExactly("40000");
    assertThat(temporaryFiles()).isZero();
  }
}
