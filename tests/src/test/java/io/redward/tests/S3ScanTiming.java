package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.server.CacheSettings;
import io.redward.server.EmbeddedWarehouse;
import io.redward.server.StorageSettings;
import io.redward.server.StoreAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Not a test of behaviour: prints what a scan takes over an S3 server that answers 20 ms later,
/// with nothing in the cache and with either tier warm, reading ahead or not. Run by name.
class S3ScanTiming {
  private static final int DELAY_MILLIS = 20;
  private static final int ROUNDS = 5;
  private static final String QUERY = "select sum(a), sum(b), sum(c), sum(d), max(e) from wide";

  @TempDir Path directory;

  @Test
  void coldAndWarm() throws Exception {
    try (S3Server s3 = new S3Server(directory.resolve("s3"));
        FaultyLine line = new FaultyLine(s3.endpoint(), DELAY_MILLIS)) {
      try (EmbeddedWarehouse warehouse = start(s3.folder("timed"), 0);
          Connection connection = connect(warehouse)) {
        fill(connection);
      }
      Optional<StoreAddress> store = s3.store("timed", line.endpoint());
      System.out.println("| cache | read ahead | ms | reads of the store |");
      System.out.println("|---|---|---|---|");
      for (int prefetch : new int[] {0, 16}) {
        for (int round = 0; round < ROUNDS; round++) {
          delete(directory.resolve("cache"));
          try (EmbeddedWarehouse warehouse = start(store, prefetch);
              Connection connection = connect(warehouse)) {
            print("cold", prefetch, time(connection), connection);
            print("memory warm", prefetch, time(connection), connection);
          }
        }
        for (int round = 0; round < ROUNDS; round++) {
          Files.deleteIfExists(directory.resolve("cache").resolve("hot"));
          try (EmbeddedWarehouse warehouse = start(store, prefetch);
              Connection connection = connect(warehouse)) {
            print("disk warm", prefetch, time(connection), connection);
          }
        }
      }
    }
  }

  private static void print(String cache, int prefetch, long millis, Connection connection)
      throws Exception {
    String misses =
        TestWarehouse.rows(connection, "select misses from svv_block_cache where tier = 'disk'")
            .getFirst();
    System.out.printf("| %s | %d | %d | %s |%n", cache, prefetch, millis, misses);
  }

  private static long time(Connection connection) throws Exception {
    long begun = System.nanoTime();
    assertThat(TestWarehouse.rows(connection, QUERY)).hasSize(1);
    return (System.nanoTime() - begun) / 1_000_000;
  }

  private static void fill(Connection connection) throws Exception {
    TestWarehouse.execute(
        connection,
        "create table digits (n int)",
        "insert into digits values (0),(1),(2),(3),(4),(5),(6),(7),(8),(9)",
        "create table wide (a int, b bigint, c bigint, d int, e varchar(20))",
        "insert into wide select i, i::bigint * 7919 % 1000003, i::bigint * 104729 % 99991, i %"
            + " 365, 'e' || i % 5003 from (select x.n + 10*y.n + 100*z.n + 1000*u.n + 10000*v.n +"
            + " 100000*w.n as i from digits x, digits y, digits z, digits u, digits v, digits w"
            + " where w.n < 8) t");
  }

  private EmbeddedWarehouse start(Optional<StoreAddress> store, int prefetch) throws Exception {
    return EmbeddedWarehouse.start(
        directory.resolve("data"),
        StorageSettings.of(store)
            .withCache(
                new CacheSettings(
                    OptionalLong.empty(),
                    OptionalLong.of(1L << 30),
                    Optional.of(directory.resolve("cache")),
                    prefetch)),
        List.of(),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        true);
  }

  private static Connection connect(EmbeddedWarehouse warehouse) throws Exception {
    Connection connection = DriverManager.getConnection(warehouse.url(), "admin", "");
    TestWarehouse.execute(
        connection, "set enable_result_cache_for_session to off", "select count(*) from pg_class");
    return connection;
  }

  private static void delete(Path directory) throws Exception {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
