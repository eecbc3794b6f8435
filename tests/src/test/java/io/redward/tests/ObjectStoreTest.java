package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.server.StoreAddress;
import io.redward.storage.objectstore.s3.S3Options;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Warehouses whose objects are elsewhere than in their data directory.
class ObjectStoreTest {
  @TempDir Path directory;

  @Test
  void aWarehouseInABucketOutlivesItsMachine() throws Exception {
    try (S3Server server = new S3Server(directory.resolve("s3"))) {
      try (TestWarehouse first = new TestWarehouse(directory.resolve("a"), server.store("one"));
          Connection connection = first.connect()) {
        fill(connection);
      }
      try (TestWarehouse second = new TestWarehouse(directory.resolve("b"), server.store("one"));
          Connection connection = second.connect()) {
        check(connection);
      }
      assertThat(directory.resolve("a").resolve("log")).doesNotExist();
    }
  }

  @Test
  void aWarehouseMayKeepItsObjectsInAnotherDirectory() throws Exception {
    Optional<StoreAddress> store = address(directory.resolve("objects").toUri().toString());
    try (TestWarehouse first = new TestWarehouse(directory.resolve("a"), store);
        Connection connection = first.connect()) {
      fill(connection);
    }
    try (TestWarehouse second = new TestWarehouse(directory.resolve("b"), store);
        Connection connection = second.connect()) {
      check(connection);
    }
  }

  @Test
  void aWarehouseMayLiveInMemory() throws Exception {
    try (TestWarehouse warehouse = new TestWarehouse(directory.resolve("a"), address("memory:"));
        Connection connection = warehouse.connect()) {
      fill(connection);
      check(connection);
    }
    assertThat(directory.resolve("a").resolve("log")).doesNotExist();
  }

  @Test
  void whatIsNoAddressIsRefused() {
    for (String text : new String[] {"s3://", "s3:///a", "ftp://a/b", "file:a", ""}) {
      assertThatThrownBy(() -> address(text))
          .isInstanceOf(SqlException.class)
          .hasMessage("\"" + text + "\" is not the address of a store");
    }
  }

  private static Optional<StoreAddress> address(String text) {
    return Optional.of(StoreAddress.parse(text, S3Options.ofEnvironment(Map.of())));
  }

  private static void fill(Connection connection) throws Exception {
    TestWarehouse.execute(
        connection,
        "create table t (a int, b varchar(20))",
        "insert into t values (1, 'one'), (2, 'two'), (3, 'three')",
        "insert into t select a + 10, b from t",
        "delete from t where a = 2",
        "create table big as select x.a * 1000 + y.a as n from t x, t y");
  }

  private static void check(Connection connection) throws Exception {
    assertThat(TestWarehouse.rows(connection, "select a, b from t order by a"))
        .containsExactly("1|one", "3|three", "11|one", "12|two", "13|three");
    assertThat(TestWarehouse.rows(connection, "select count(*), sum(n) from big"))
        .containsExactly("25|200200");
  }
}
