package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.server.EmbeddedWarehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// TPC-DS on a leader and nodes against one process: some queries, or all where asked for:
/// `-Dredward.tpcds=true -Dnodes=4`. Half of the tables are spread, the others are copied.
class ClusterTpcdsTest {
  private static final int QUERIES = 99;
  private static final int STEP = Boolean.getBoolean("redward.tpcds") ? 1 : 12;
  private static final int NODES = Integer.getInteger("nodes", 2);

  /// Divides by zero, or not, by the order in which rows come.
  private static final int DIVIDES_BY_ZERO = 12;

  /// Read one intermediate result here and there, or sort in the middle: the leader runs them.
  private static final Set<Integer> NOT_SPREAD = Set.of(1, 41, 65, 70);

  private static final List<String> PLACED =
      List.of(
          "store_sales alter distkey ss_item_sk",
          "store_returns alter distkey sr_item_sk",
          "catalog_sales alter distkey cs_bill_customer_sk",
          "customer alter distkey c_customer_sk",
          "web_sales alter diststyle even",
          "customer_address alter diststyle even",
          "customer_demographics alter diststyle even",
          "item alter diststyle even",
          "date_dim alter diststyle all");

  @TempDir private static Path directory;

  private static TestCluster cluster;
  private static EmbeddedWarehouse lone;
  private static Connection spread;
  private static Connection whole;

  @BeforeAll
  static void load() throws Exception {
    TpcdsTables.assumeSuite();
    cluster = new TestCluster(directory, NODES);
    spread = TestCluster.connect(cluster.leader());
    TestWarehouse.execute(spread, Files.readString(TpcdsTables.suite().resolve("schema.sql")));
    for (String table : PLACED) {
      TestWarehouse.execute(spread, "alter table " + table);
    }
    TpcdsTables.load(spread, directory);
    lone = cluster.lone(directory.resolve("lone"));
    whole = TestCluster.connect(lone);
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      spread.close();
      whole.close();
      lone.close();
      cluster.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> answers_are_those_of_one_process() {
    return IntStream.rangeClosed(1, QUERIES)
        .filter(n -> n % STEP == 0 && n != DIVIDES_BY_ZERO)
        .mapToObj(n -> DynamicTest.dynamicTest("q%02d".formatted(n), () -> check(n)));
  }

  private static void check(int number) throws Exception {
    String query = TpcdsTables.query(number);
    long before = cluster.leader().spreadQueries();
    List<String> answer = TestWarehouse.rows(spread, query);
    if (!NOT_SPREAD.contains(number)) {
      assertThat(cluster.leader().spreadQueries()).as("spread over nodes").isGreaterThan(before);
    }
    assertThat(answer).containsExactlyInAnyOrderElementsOf(TestWarehouse.rows(whole, query));
  }
}
