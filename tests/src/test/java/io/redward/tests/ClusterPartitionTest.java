package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.cluster.node.ClusterOptions;
import io.redward.server.ComputeServer;
import io.redward.server.EmbeddedWarehouse;
import io.redward.server.StorageSettings;
import io.redward.server.StoreAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A network that drops everything between leader and node, and heals.
class ClusterPartitionTest {
  private static final String QUERY =
      "select k % 5, count(*), sum(v) from numbers group by 1 order by 1";

  @TempDir private Path directory;

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void queries_are_answered_while_the_network_is_cut_and_spread_when_it_has_healed()
      throws Exception {
    int leaderPort = TestCluster.freePort();
    int nodePort = TestCluster.freePort();
    StorageSettings storage =
        StorageSettings.of(Optional.of(new StoreAddress.Directory(directory.resolve("store"))));
    try (TcpProxy toLeader = new TcpProxy(leaderPort);
        TcpProxy toNode = new TcpProxy(nodePort);
        EmbeddedWarehouse leader =
            leader(storage, options("leader", ClusterOptions.Role.LEADER, leaderPort, toLeader));
        ComputeServer node =
            ComputeServer.start(
                directory.resolve("node"),
                storage,
                options("node", ClusterOptions.Role.COMPUTE, nodePort, toNode, toLeader));
        Connection connection = TestCluster.connect(leader)) {
      TestWarehouse.execute(
          connection,
          "set enable_result_cache_for_session to off",
          "create table numbers (k bigint, v bigint) distkey(k)",
          "insert into numbers select n, n * 3 from generate_series(1, 100000) as s(n)");
      List<String> wanted = TestWarehouse.rows(connection, QUERY);
      assertThat(leader.spreadQueries()).as("queries with the node").isPositive();
      assertThat(node.memberCount()).isEqualTo(2);

      toLeader.cut();
      toNode.cut();
      assertThat(TestWarehouse.rows(connection, QUERY)).as("while it is cut").isEqualTo(wanted);
      TestWarehouse.execute(connection, "insert into numbers values (5, 7)");
      List<String> more = TestWarehouse.rows(connection, QUERY);
      assertThat(more).as("after a write on the leader's side").isNotEqualTo(wanted);

      toLeader.heal();
      toNode.heal();
      long before = leader.spreadQueries();
      while (leader.spreadQueries() == before) {
        Thread.sleep(200);
        assertThat(TestWarehouse.rows(connection, QUERY)).as("healing").isEqualTo(more);
      }
    }
  }

  private EmbeddedWarehouse leader(StorageSettings storage, ClusterOptions options)
      throws IOException {
    return EmbeddedWarehouse.start(
        directory.resolve("leader"),
        storage,
        List.of(),
        new EmbeddedWarehouse.Place(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            true,
            Optional.of(options),
            Optional.empty()));
  }

  private ClusterOptions options(
      String name, ClusterOptions.Role role, int port, TcpProxy own, TcpProxy... join) {
    return new ClusterOptions(
        role,
        new ClusterOptions.Endpoint("127.0.0.1", port),
        Optional.of(new ClusterOptions.Endpoint("127.0.0.1", own.port())),
        Arrays.stream(join.length == 0 ? new TcpProxy[] {own} : join)
            .map(proxy -> "127.0.0.1:" + proxy.port())
            .toList(),
        Optional.of("open sesame"),
        name,
        directory.resolve(name).resolve("temp"),
        0);
  }
}
