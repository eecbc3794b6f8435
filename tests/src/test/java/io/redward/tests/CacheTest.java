package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.server.CacheSettings;
import io.redward.server.EmbeddedWarehouse;
import io.redward.server.StorageSettings;
import io.redward.server.StoreAddress;
import io.redward.storage.encryption.KeyFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The block cache over a whole warehouse: `--cache-disk` and what `svv_block_cache` shows of it.
class CacheTest {
  private static final String QUERY = "select count(*), sum(n), min(d), max(d) from many";

  @TempDir Path directory;

  @Test
  void aRestartedServerReadsItsBlocksFromTheDiskAndDamageThereIsNeverSeen() throws Exception {
    try (S3Server s3 = new S3Server(directory.resolve("s3"))) {
      Optional<StoreAddress> store = s3.store("cached");
      List<String> answer;
      // Made past the server, which spares the probe of a fresh store.
      try (EmbeddedWarehouse warehouse = start(s3.folder("cached"));
          Connection connection = connect(warehouse)) {
        fill(connection);
      }
      try (EmbeddedWarehouse warehouse = start(store);
          Connection connection = connect(warehouse)) {
        answer = TestWarehouse.rows(connection, QUERY);
      }
      assertThat(cacheFiles()).isNotEmpty();
      try (EmbeddedWarehouse warehouse = start(store);
          Connection connection = connect(warehouse)) {
        assertThat(TestWarehouse.rows(connection, QUERY)).isEqualTo(answer);
        assertThat(disk(connection, "hits > 0")).isEqualTo("t");
        assertThat(disk(connection, "admitted")).isEqualTo("0");
      }
      for (Path file : cacheFiles()) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 4;
        Files.write(file, bytes);
      }
      try (EmbeddedWarehouse warehouse = start(store);
          Connection connection = connect(warehouse)) {
        assertThat(TestWarehouse.rows(connection, QUERY)).isEqualTo(answer);
        assertThat(disk(connection, "damaged > 0 and damaged = admitted")).isEqualTo("t");
      }
    }
  }

  @Test
  void theDiskOfAnEncryptedWarehouseHoldsNothingInTheClear() throws Exception {
    Path key = directory.resolve("key");
    KeyFile.create(key);
    Optional<StoreAddress> store =
        Optional.of(
            new StoreAddress.Encrypted(
                new StoreAddress.Directory(directory.resolve("objects")), key));
    try (EmbeddedWarehouse warehouse = start(store);
        Connection connection = connect(warehouse)) {
      fill(connection);
      TestWarehouse.rows(connection, QUERY);
    }
    try (EmbeddedWarehouse warehouse = start(store);
        Connection connection = connect(warehouse)) {
      TestWarehouse.rows(connection, QUERY);
      assertThat(disk(connection, "hits > 0 and damaged = 0")).isEqualTo("t");
    }
    assertThat(cacheFiles()).isNotEmpty();
    for (Path file : cacheFiles()) {
      assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
          .doesNotContain("nightshade");
    }
  }

  @Test
  void aStoreOnTheMachineHasAMemoryTierOnly() throws Exception {
    try (EmbeddedWarehouse warehouse =
            start(
                Optional.empty(), new CacheSettings(OptionalLong.of(1 << 20), none(), cache(), 0));
        Connection connection = connect(warehouse)) {
      assertThat(TestWarehouse.rows(connection, "select tier, limit_bytes from svv_block_cache"))
          .containsExactly("memory|1048576");
    }
    assertThatThrownBy(() -> start(Optional.empty(), settings()))
        .isInstanceOf(SqlException.class)
        .hasMessageContaining("a store on this machine is not cached on its disk");
  }

  private static String disk(Connection connection, String expression) throws Exception {
    return TestWarehouse.rows(
            connection, "select " + expression + " from svv_block_cache where tier = 'disk'")
        .getFirst();
  }

  private static void fill(Connection connection) throws Exception {
    TestWarehouse.execute(
        connection,
        "create table many (n int, d varchar(40) encode raw)",
        "insert into many select a.oid, 'nightshade ' || a.oid || ' ' || b.oid"
            + " from pg_class a, pg_class b");
  }

  private CacheSettings settings() {
    return new CacheSettings(none(), OptionalLong.of(64 << 20), cache(), 4);
  }

  private static OptionalLong none() {
    return OptionalLong.empty();
  }

  private Optional<Path> cache() {
    return Optional.of(directory.resolve("cache"));
  }

  private EmbeddedWarehouse start(Optional<StoreAddress> store) throws IOException {
    return start(store, settings());
  }

  private EmbeddedWarehouse start(Optional<StoreAddress> store, CacheSettings settings)
      throws IOException {
    return EmbeddedWarehouse.start(
        directory.resolve("data"),
        StorageSettings.of(store).withCache(settings),
        List.of(),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        true);
  }

  private static Connection connect(EmbeddedWarehouse warehouse) throws Exception {
    return DriverManager.getConnection(warehouse.url(), "admin", "");
  }

  private List<Path> cacheFiles() throws IOException {
    try (Stream<Path> all = Files.walk(directory.resolve("cache"))) {
      return all.filter(path -> path.toString().endsWith(".blk")).toList();
    }
  }
}
