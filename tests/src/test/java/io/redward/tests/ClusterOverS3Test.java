package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cluster of processes whose store is a bucket, and a rolling restart of all of them.
class ClusterOverS3Test {
  private static final String SUMS =
      "select n % 3, count(*), sum(n) from numbers group by 1 order by 1";

  @TempDir private Path directory;

  @Test
  void processes_over_a_bucket_answer_alike_through_a_rolling_restart_and_a_kill()
      throws Exception {
    try (S3Server server = new S3Server(directory.resolve("s3"));
        ProcessCluster cluster =
            new ProcessCluster(
                directory,
                List.of(
                    "--store",
                    "s3://warehouse/cluster",
                    "--s3-endpoint",
                    server.endpoint().toString(),
                    "--s3-region",
                    "us-east-1"))) {
      cluster.startLeader();
      cluster.startNode("one");
      cluster.startNode("two");
      try (Connection connection = cluster.connect()) {
        TestWarehouse.execute(
            connection,
            "set enable_result_cache_for_session to off",
            "create table numbers (n bigint) distkey(n)",
            "insert into numbers select n from generate_series(1, 60000) as s(n)");
        for (String node : List.of("one", "two")) {
          check(connection, 60_000);
          cluster.end(node, "TERM");
          check(connection, 60_000);
          cluster.startNode(node);
        }
      }
      cluster.end(ProcessCluster.LEADER, "TERM");
      cluster.startLeader();
      try (Connection connection = cluster.connect()) {
        check(connection, 60_000);
        cluster.end("one", "KILL");
        TestWarehouse.execute(
            connection,
            "insert into numbers select n + 60000 from generate_series(1, 500) as s(n)");
        check(connection, 60_500);
      }
    }
  }

  private static void check(Connection connection, long rows) throws Exception {
    long[] counts = new long[3];
    long[] sums = new long[3];
    for (long n = 1; n <= rows; n++) {
      counts[(int) (n % 3)]++;
      sums[(int) (n % 3)] += n;
    }
    assertThat(TestWarehouse.rows(connection, SUMS))
        .containsExactly(
            "0|" + counts[0] + "|" + sums[0],
            "1|" + counts[1] + "|" + sums[1],
            "2|" + counts[2] + "|" + sums[2]);
  }
}
