package io.redward.bench;

import io.redward.server.TpchQueries;
import java.nio.file.Path;
import java.sql.Connection;

/// What all TPC-H queries cost with one node and with several, round after round: each process
/// compiles what it runs often, which a cluster does as often as it has processes, until it ends.
final class ClusterRounds {
  private final Path data;
  private final int rounds;

  /// @param data of the cluster, loaded
  ClusterRounds(Path data, int rounds) {
    this.data = data;
    this.rounds = rounds;
  }

  /// Processor time of one round.
  ///
  /// @param compiling what of it the JVMs' compilers took
  private record Round(double seconds, double compiling) {}

  int print(int nodes) throws Exception {
    Round[] one = run(1);
    Round[] many = run(nodes);
    System.out.printf(
        "round | cpu, 1 node (compiling) | cpu, %d nodes (compiling) | ratio | without compiling%n",
        nodes);
    for (int round = 0; round < rounds; round++) {
      Round few = one[round];
      Round all = many[round];
      System.out.printf(
          "%5d | %10.2f s (%7.2f s) | %11.2f s (%7.2f s) | %5.2f | %17.2f%n",
          round + 1,
          few.seconds(),
          few.compiling(),
          all.seconds(),
          all.compiling(),
          all.seconds() / few.seconds(),
          (all.seconds() - all.compiling()) / (few.seconds() - few.compiling()));
    }
    return 0;
  }

  private Round[] run(int nodes) throws Exception {
    Round[] measured = new Round[rounds];
    try (BenchCluster cluster = BenchCluster.start(data, nodes);
        Connection connection = cluster.connect()) {
      BenchCluster.execute(connection, "set enable_result_cache_for_session to off");
      for (int round = 0; round < rounds; round++) {
        double cpu = cluster.cpuSeconds();
        double compiled = CompilerTime.seconds(cluster.processes());
        for (int query = 1; query <= TpchQueries.COUNT; query++) {
          String unused = BenchCluster.answer(connection, Tpch.query(query));
        }
        measured[round] =
            new Round(
                cluster.cpuSeconds() - cpu, CompilerTime.seconds(cluster.processes()) - compiled);
      }
    }
    return measured;
  }
}
