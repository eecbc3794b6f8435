package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.server.EmbeddedWarehouse;
import io.redward.server.ProgressLine;
import io.redward.server.TpchFiles;
import io.redward.server.TpchQueries;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A cluster answers as one process does.
class ClusterTest {
  private static final double SCALE = Double.parseDouble(System.getProperty("scale", "0.01"));
  private static final int NODES = Integer.getInteger("nodes", 2);

  @TempDir private static Path directory;

  private static TestCluster cluster;
  private static EmbeddedWarehouse lone;
  private static Connection spread;
  private static Connection whole;

  @BeforeAll
  static void load() throws Exception {
    TpchFiles files = new TpchFiles(directory.resolve("tpch"), SCALE);
    files.generate(new ProgressLine(new PrintStream(OutputStream.nullOutputStream())));
    cluster = new TestCluster(directory, NODES);
    spread = TestCluster.connect(cluster.leader());
    TestWarehouse.execute(spread, TpchQueries.schema());
    for (String table : TpchFiles.tables()) {
      TestWarehouse.execute(
          spread, "copy " + table + " from 'file://" + files.table(table) + "' delimiter '|'");
    }
    lone = cluster.lone(directory.resolve("lone"));
    whole = TestCluster.connect(lone);
  }

  @AfterAll
  static void stop() throws Exception {
    spread.close();
    whole.close();
    lone.close();
    cluster.close();
  }

  @TestFactory
  Stream<DynamicTest> answers_are_those_of_one_process() {
    return IntStream.rangeClosed(1, TpchQueries.COUNT)
        .mapToObj(
            n -> DynamicTest.dynamicTest("q%02d".formatted(n), () -> check(TpchQueries.query(n))));
  }

  @Test
  void functions_in_java_run_on_the_nodes() throws Exception {
    TestWarehouse.execute(
        spread,
        "create function weighed(key bigint, price decimal(15,2), status varchar) returns"
            + " decimal(18,2) immutable as $$ if (key % 7 == 0) { return null; } return"
            + " price.multiply(BigDecimal.valueOf(status.equals(\"F\") ? 2 : 3)); $$ language"
            + " java");
    List<String> written =
        TestWarehouse.rows(
            spread,
            "select o_custkey % 10, sum(case when o_orderkey % 7 = 0 then null else o_totalprice *"
                + " case o_orderstatus when 'F' then 2 else 3 end end) from orders group by 1"
                + " order by 1");
    assertThat(
            TestWarehouse.rows(
                spread,
                "select o_custkey % 10, sum(weighed(o_orderkey, o_totalprice, o_orderstatus)) from"
                    + " orders group by 1 order by 1"))
        .isEqualTo(written);
  }

  @Test
  void rows_that_do_not_fit_into_answers_of_nodes_are_brought_by_a_job() throws Exception {
    check("select l_orderkey, l_linenumber, l_comment from lineitem order by 1, 2");
  }

  @Test
  void branches_of_union_all_are_one_result() throws Exception {
    check(
        "select l_orderkey, count(*) from lineitem group by 1 union all select o_custkey,"
            + " sum(o_totalprice) from orders group by 1 union all select 1, count(*) from part"
            + " order by 1, 2");
    String unordered =
        "select o_custkey, max(o_orderdate) from orders group by 1 union all select c_nationkey,"
            + " date '2020-01-01' from customer union all select count(*), min(l_shipdate) from"
            + " lineitem";
    assertThat(TestWarehouse.rows(spread, unordered))
        .containsExactlyInAnyOrderElementsOf(TestWarehouse.rows(whole, unordered));
  }

  @Test
  void an_error_on_a_node_is_the_error_of_the_statement() {
    assertThatThrownBy(
            () ->
                TestWarehouse.rows(
                    spread, "select sum(1 / (l_linenumber - l_linenumber)) from lineitem"))
        .hasMessageContaining("division by zero");
    assertThatThrownBy(
            () ->
                TestWarehouse.rows(
                    spread,
                    "select count(*) from lineitem a, lineitem b where a.l_partkey = b.l_suppkey"
                        + " and 1 / (a.l_linenumber - a.l_linenumber) = 1"))
        .hasMessageContaining("division by zero");
  }

  @Test
  void moved_rows_are_shown_by_the_step_views() throws Exception {
    List<String> unused =
        TestWarehouse.rows(
            spread, "select count(*) from orders o join customer c on o.o_custkey = c.c_custkey");
    String query = TestWarehouse.rows(spread, "select pg_last_query_id()").getFirst();
    assertThat(
            TestWarehouse.rows(
                spread,
                "select sum(rows) from (select rows from stl_bcast where query = "
                    + query
                    + " union all select rows from stl_dist where query = "
                    + query
                    + ") m"))
        .doesNotContain("NULL", "0");
  }

  @Test
  void tables_joined_by_their_distribution_keys_stay_where_they_are() throws Exception {
    assertThat(
            moved(
                "select o_orderpriority, count(*) from orders join lineitem on l_orderkey ="
                    + " o_orderkey where l_quantity < 20 group by 1 order by 1"))
        .isZero();
    assertThat(
            moved(
                "select l_orderkey, sum(l_quantity) q from lineitem group by 1 order by 2 desc, 1"
                    + " limit 5"))
        .isZero();
    assertThat(
            moved(
                "select n_name, count(*) from partsupp, part, supplier, nation where ps_partkey ="
                    + " p_partkey and ps_suppkey = s_suppkey and s_nationkey = n_nationkey group by"
                    + " 1 order by 1"))
        .isZero();
  }

  @Test
  void views_show_the_nodes_and_explain_what_is_sent() throws Exception {
    assertThat(
            TestWarehouse.rows(
                spread, "select count(distinct node), count(distinct slice) from stv_slices"))
        .containsExactly(NODES + "|512");
    assertThat(
            TestWarehouse.rows(
                spread, "select count(distinct node) from stv_node_storage_capacity"))
        .containsExactly("" + NODES);
    assertThat(
            TestWarehouse.rows(
                spread,
                "explain analyze select count(*) from orders join customer on o_custkey ="
                    + " c_custkey"))
        .anyMatch(line -> line.contains(", sends "))
        .anyMatch(line -> line.contains("bcast  rows="));
  }

  @Test
  void one_side_goes_to_the_other_where_only_that_is_placed_by_the_key() throws Exception {
    long moved = moved("select count(*) from customer left join orders on c_custkey = o_custkey");
    assertThat(moved)
        .isEqualTo(
            Long.parseLong(TestWarehouse.rows(whole, "select count(*) from orders").getFirst()));
  }

  /// EXPLAIN's word for each way in which sides of a join meet, and what goes over the network.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DS_DIST_NONE      |             | orders join lineitem on l_orderkey = o_orderkey",
        "DS_DIST_ALL_NONE  |             | supplier join nation on s_nationkey = n_nationkey",
        "DS_BCAST_INNER    | bcast       | orders join customer on o_custkey = c_custkey",
        "DS_DIST_INNER     | dist        | orders join customer on o_orderkey = c_nationkey",
        "DS_DIST_OUTER     | dist        | customer c left join orders o on c_custkey = o_custkey",
        "DS_DIST_BOTH      | dist, dist  | customer full join orders on c_nationkey = o_custkey",
        "DS_DIST_ALL_INNER |             | (select sum(o_custkey) k from orders) o left join"
            + " customer on c_custkey > k"
      })
  void explain_says_how_sides_of_joins_meet(String label, @Nullable String moves, String from)
      throws Exception {
    String query = "select count(*) from " + from;
    check(query);
    List<String> lines = TestWarehouse.rows(spread, "explain analyze " + query);
    assertThat(lines)
        .filteredOn(line -> line.contains(" DS_"))
        .singleElement()
        .asString()
        .contains(" " + label + "  (cost=");
    assertThat(
            lines.stream()
                .map(String::strip)
                .filter(line -> line.startsWith("dist ") || line.startsWith("bcast "))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .collect(Collectors.joining(", ")))
        .isEqualTo(moves == null ? "" : moves);
  }

  @Test
  void the_log_explains_joins_as_they_were_run() throws Exception {
    check(
        "select count(*) from customer left join orders on o_custkey = c_custkey and c_acctbal >"
            + " 0");
    String number = TestWarehouse.rows(spread, "select pg_last_query_id()").getFirst();
    assertThat(
            TestWarehouse.rows(
                spread,
                "select count(*) from stl_explain where plannode like '%DS_DIST_OUTER%' and query ="
                    + " "
                    + number))
        .containsExactly("1");
  }

  @Test
  void step_views_have_a_row_for_each_node() throws Exception {
    check("select count(*) n from customer c join orders o on o_custkey = c_custkey");
    String number = TestWarehouse.rows(spread, "select pg_last_query_id()").getFirst();
    List<String> scans =
        TestWarehouse.rows(
            spread,
            "select count(distinct slice), count(*), sum(rows) from svl_query_report"
                + " where label like 'scan%name=orders' and query = "
                + number);
    String orders = TestWarehouse.rows(whole, "select count(*) from orders").getFirst();
    assertThat(scans).containsExactly(NODES + "|" + NODES + "|" + orders);
    assertThat(
            TestWarehouse.rows(
                spread,
                "select count(distinct slice), sum(rows) from stl_bcast where query = " + number))
        .containsExactly(
            NODES + "|" + TestWarehouse.rows(whole, "select count(*) from customer").getFirst());
    assertThat(
            TestWarehouse.rows(
                spread,
                "select s.node, q.rows from svl_query_report q join stv_slices s using (slice)"
                    + " where label like 'scan%name=orders' and query = "
                    + number))
        .hasSize(NODES);
    assertThat(
            TestWarehouse.rows(
                spread, "select slice, rows from stl_return where query = " + number))
        .containsExactly("6411|1");
  }

  /// Rows that nodes send each other for a query, whose answer is that of one process.
  private static long moved(String query) throws Exception {
    check(query);
    String number = TestWarehouse.rows(spread, "select pg_last_query_id()").getFirst();
    String rows =
        TestWarehouse.rows(
                spread,
                "select coalesce(sum(rows), 0) from (select rows from stl_bcast where query = "
                    + number
                    + " union all select rows from stl_dist where query = "
                    + number
                    + ") m")
            .getFirst();
    return Long.parseLong(rows);
  }

  private static void check(String query) throws Exception {
    long before = cluster.leader().spreadQueries();
    List<String> answer = TestWarehouse.rows(spread, query);
    assertThat(cluster.leader().spreadQueries()).as("spread over nodes").isGreaterThan(before);
    assertThat(answer).isEqualTo(TestWarehouse.rows(whole, query));
  }
}
