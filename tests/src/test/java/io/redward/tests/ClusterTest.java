package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.server.EmbeddedWarehouse;
import io.redward.server.ProgressLine;
import io.redward.server.TpchFiles;
import io.redward.server.TpchQueries;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

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

  private static void check(String query) throws Exception {
    long before = cluster.leader().spreadQueries();
    List<String> answer = TestWarehouse.rows(spread, query);
    assertThat(cluster.leader().spreadQueries()).as("spread over nodes").isGreaterThan(before);
    assertThat(answer).isEqualTo(TestWarehouse.rows(whole, query));
  }
}
