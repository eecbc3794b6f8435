package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cluster of processes, and what becomes of queries when one of them is frozen or killed.
class ClusterProcessesTest {
  private static final String SUMS =
      "select a.n % 7 as k, count(*), sum(a.n + b.v) from numbers a join small b on a.n % 100 ="
          + " b.id group by 1 order by 1";
  private static final String SLOW =
      "select count(*), sum((a.n * b.id) % 13) from numbers a, small b where a.n % 3 <> b.id % 5";

  @TempDir private Path directory;

  private ProcessCluster cluster;

  @BeforeEach
  void prepare() throws IOException {
    cluster = ProcessCluster.inDirectory(directory);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void two_and_three_processes_answer_alike_and_survive_the_loss_of_one() throws Exception {
    cluster.startLeader();
    cluster.startNode("one");
    List<String> wanted;
    try (Connection connection = cluster.connect()) {
      TestWarehouse.execute(
          connection,
          "create table small (id int, v int) diststyle all",
          "insert into small select n, n * 3 from generate_series(0, 99) as s(n)",
          "create table numbers (n bigint) distkey(n)",
          "insert into numbers select n from generate_series(1, 300000) as s(n)");
      wanted = sums(300_000);
      assertThat(TestWarehouse.rows(connection, SUMS)).as("two processes").isEqualTo(wanted);
      cluster.startNode("two");
      assertThat(TestWarehouse.rows(connection, SUMS)).as("three processes").isEqualTo(wanted);

      List<String> slow = TestWarehouse.rows(connection, SLOW);
      assertThat(during(SLOW, () -> cluster.signal("two", "STOP")))
          .as("a frozen node")
          .isEqualTo(slow);
      cluster.signal("two", "KILL");
      assertThat(TestWarehouse.rows(connection, SUMS)).as("one node left").isEqualTo(wanted);
      assertThat(during(SLOW, () -> cluster.signal("one", "KILL")))
          .as("a killed node")
          .isEqualTo(slow);
      TestWarehouse.execute(connection, "insert into numbers values (300001)");
      assertThat(TestWarehouse.rows(connection, SUMS)).as("alone").isEqualTo(sums(300_001));
    }
    cluster.end(ProcessCluster.LEADER, "KILL");
    cluster.startNode("three");
    cluster.startLeader();
    try (Connection connection = cluster.connect()) {
      assertThat(TestWarehouse.rows(connection, SUMS))
          .as("another leader on the same store")
          .isEqualTo(sums(300_001));
    }
  }

  private static List<String> sums(int rows) {
    long[] counts = new long[7];
    long[] sums = new long[7];
    for (int n = 1; n <= rows; n++) {
      counts[n % 7]++;
      sums[n % 7] += n + 3 * (n % 100);
    }
    List<String> lines = new ArrayList<>();
    for (int k = 0; k < 7; k++) {
      lines.add(k + "|" + counts[k] + "|" + sums[k]);
    }
    return lines;
  }

  private interface Step {
    void run() throws Exception;
  }

  /// Has a query run while something happens.
  private List<String> during(String query, Step step) throws Exception {
    List<List<String>> answers = Collections.synchronizedList(new ArrayList<>());
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    Thread running =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (Connection connection = cluster.connect()) {
                    for (int i = 0; i < 3; i++) {
                      TestWarehouse.execute(
                          connection, "set enable_result_cache_for_session to off");
                      answers.add(TestWarehouse.rows(connection, query));
                    }
                  } catch (SQLException | RuntimeException e) {
                    failures.add(e);
                  }
                });
    Thread.sleep(300);
    step.run();
    running.join(TimeUnit.MINUTES.toMillis(2));
    assertThat(failures).isEmpty();
    assertThat(answers).hasSize(3);
    assertThat(answers.stream().distinct().count()).isEqualTo(1);
    return answers.getFirst();
  }
}
