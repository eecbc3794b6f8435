package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes that come and go, are killed and frozen, and leaders that are replaced, in any order while
/// queries and inserts run; each step with real processes, every answer verified. The number of
/// steps is `-Dprocess.steps`, which of the possible orders `-Dprocess.seed`.
class ClusterStepsTest {
  private static final int NODES = 3;
  private static final int ROWS = 100_000;
  private static final int KEYS = 7;
  private static final long PATIENCE_MILLIS = TimeUnit.MINUTES.toMillis(3);
  private static final String SUMS =
      "select a.n % 7 as k, count(*), sum(a.n + b.v) from numbers a join small b on a.n % 100 ="
          + " b.id group by 1 order by 1";

  @TempDir private Path directory;

  private final Random random = new Random(Long.getLong("process.seed", 20_261_122));
  private final Map<String, Integer> done = new TreeMap<>();
  private int started;
  private int rows = ROWS;
  private int answers;
  private int refused;

  private interface Step {
    void run() throws Exception;
  }

  @Test
  void every_answer_is_right_whatever_happens_to_processes() throws Exception {
    int steps = Integer.getInteger("process.steps", 6);
    long begin = System.nanoTime();
    try (ProcessCluster cluster = ProcessCluster.inDirectory(directory)) {
      cluster.startLeader();
      node(cluster);
      try (Connection connection = cluster.connect()) {
        TestWarehouse.execute(
            connection,
            "create table small (id int, v int) diststyle all",
            "insert into small select n, n * 3 from generate_series(0, 99) as s(n)",
            "create table numbers (n bigint) distkey(n) sortkey(n)",
            "insert into numbers select n from generate_series(1, " + ROWS + ") as s(n)");
      }
      for (int step = 1; step <= steps; step++) {
        step(cluster);
        check(cluster);
        if (step % 10 == 0) {
          report(step, begin);
        }
      }
    }
    report(steps, begin);
    assertThat(answers).isGreaterThanOrEqualTo(steps);
  }

  private void report(int steps, long begin) {
    System.out.printf(
        "%d steps %s, %d answers verified, %d queries refused with a clear error, %d rows, %d s%n",
        steps, done, answers, refused, rows, (System.nanoTime() - begin) / 1_000_000_000);
  }

  private void node(ProcessCluster cluster) throws Exception {
    cluster.startNode("node" + started++);
  }

  private void step(ProcessCluster cluster) throws Exception {
    List<String> nodes = List.copyOf(cluster.nodes());
    int roll = random.nextInt(100);
    if (nodes.isEmpty() || roll < 30 && nodes.size() < NODES) {
      run("node joins", cluster, () -> node(cluster));
    } else if (roll < 45) {
      String node = one(nodes);
      run("node is killed", cluster, () -> cluster.end(node, "KILL"));
    } else if (roll < 60) {
      String node = one(nodes);
      run("node leaves", cluster, () -> cluster.end(node, "TERM"));
    } else if (roll < 66) {
      String node = one(nodes);
      run("node freezes", cluster, () -> cluster.signal(node, "STOP"));
      cluster.end(node, "KILL");
    } else if (roll < 73) {
      String node = one(nodes);
      run(
          "node restarts",
          cluster,
          () -> {
            cluster.end(node, "TERM");
            cluster.startNode(node);
          });
    } else if (roll < 83) {
      leader(cluster, roll < 78 ? "KILL" : "TERM");
    } else {
      run("rows are inserted", cluster, () -> insert(cluster));
    }
  }

  private String one(List<String> nodes) {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private void insert(ProcessCluster cluster) throws SQLException {
    int more = 1 + random.nextInt(500);
    try (Connection connection = cluster.connect()) {
      TestWarehouse.execute(
          connection,
          "insert into numbers select n + "
              + rows
              + " from generate_series(1, "
              + more
              + ") as s(n)");
    }
    rows += more;
  }

  /// Another leader, while an insert runs of which nobody knows whether it has got through: it has
  /// as a whole, or not at all.
  private void leader(ProcessCluster cluster, String signal) throws Exception {
    done.merge("leader is replaced", 1, Integer::sum);
    int more = 1 + random.nextInt(500);
    String insert =
        "insert into numbers select n + " + rows + " from generate_series(1, " + more + ") as s(n)";
    List<String> states = Collections.synchronizedList(new ArrayList<>());
    Thread writing =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (Connection connection = cluster.connect()) {
                    TestWarehouse.execute(connection, insert);
                  } catch (SQLException e) {
                    states.add(String.valueOf(e.getSQLState()));
                  }
                });
    Thread.sleep(random.nextInt(60));
    cluster.end(ProcessCluster.LEADER, signal);
    writing.join(PATIENCE_MILLIS);
    assertThat(List.of("08001", "08006", "57P01", "57014")).containsAll(states);
    cluster.startLeader();
    try (Connection connection = cluster.connect()) {
      int found =
          Integer.parseInt(
              TestWarehouse.rows(connection, "select count(*) from numbers").getFirst());
      assertThat(found).isIn(rows, rows + more);
      rows = found;
    }
  }

  /// Has queries run while something happens that does not touch the leader.
  private void run(String name, ProcessCluster cluster, Step step) throws Exception {
    done.merge(name, 1, Integer::sum);
    List<List<String>> found = Collections.synchronizedList(new ArrayList<>());
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    int before = rows;
    Thread asking =
        Thread.ofPlatform()
            .start(
                () -> {
                  try (Connection connection = cluster.connect()) {
                    TestWarehouse.execute(connection, "set enable_result_cache_for_session to off");
                    for (int i = 0; i < 3; i++) {
                      found.add(TestWarehouse.rows(connection, SUMS));
                    }
                  } catch (SQLException | RuntimeException e) {
                    failures.add(e);
                  }
                });
    Thread.sleep(random.nextInt(200));
    step.run();
    asking.join(PATIENCE_MILLIS);
    assertThat(asking.isAlive()).as("queries end while a %s", name).isFalse();
    for (Throwable failure : failures) {
      assertThat(failure).isInstanceOf(SQLException.class);
      assertThat(((SQLException) failure).getSQLState()).isEqualTo("08006");
      refused++;
    }
    for (List<String> answer : found) {
      assertThat(answer).as(name).isIn(sums(before), sums(rows));
      answers++;
    }
  }

  private void check(ProcessCluster cluster) throws SQLException {
    try (Connection connection = cluster.connect()) {
      TestWarehouse.execute(connection, "set enable_result_cache_for_session to off");
      assertThat(TestWarehouse.rows(connection, SUMS)).as("after %s", done).isEqualTo(sums(rows));
      assertThat(
              TestWarehouse.rows(
                  connection, "select count(*), count(distinct n), sum(n) from numbers"))
          .containsExactly(rows + "|" + rows + "|" + (long) rows * (rows + 1) / 2);
      answers += 2;
    }
  }

  private static List<String> sums(int rows) {
    long[] counts = new long[KEYS];
    long[] sums = new long[KEYS];
    for (int n = 1; n <= rows; n++) {
      counts[n % KEYS]++;
      sums[n % KEYS] += n + 3 * (n % 100);
    }
    List<String> lines = new ArrayList<>();
    for (int k = 0; k < KEYS; k++) {
      lines.add(k + "|" + counts[k] + "|" + sums[k]);
    }
    return lines;
  }
}
