package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.server.StoreAddress;
import io.redward.storage.objectstore.s3.S3Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several servers on one store, and stores that fail, as clients see it.
class SharedStoreTest {
  /// So long after a commit every server has seen it: the staleness that is documented, and some.
  private static final long STALENESS_MILLIS = 300;

  private static final int WRITES = 6;

  @TempDir Path directory;

  @Test
  void twoServersOnOneBucketSeeWholeCommitsAndBothWrite() throws Exception {
    try (S3Server bucket = new S3Server(directory.resolve("s3"));
        TestWarehouse first = new TestWarehouse(directory.resolve("a"), bucket.store("shared"));
        TestWarehouse second = new TestWarehouse(directory.resolve("b"), bucket.store("shared"));
        Connection one = first.connect();
        Connection two = second.connect()) {
      TestWarehouse.execute(
          one,
          "create table t (server int, n int identity(1, 1), half int)",
          "create table other (a int)",
          "insert into other values (7)");
      Thread.sleep(STALENESS_MILLIS);
      assertThat(TestWarehouse.rows(two, "select a from other")).containsExactly("7");
      try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
        List<Future<?>> writers = new ArrayList<>();
        writers.add(executor.submit(writer(first, 1)));
        writers.add(executor.submit(writer(second, 2)));
        while (writers.stream().anyMatch(each -> !each.isDone())) {
          for (Connection reader : List.of(one, two)) {
            assertThat(
                    TestWarehouse.rows(reader, "select sum(half), count(*) % 2 from t").getFirst())
                .as("a part of a commit is seen")
                .isIn("0|0", "NULL|0");
          }
        }
        for (Future<?> writer : writers) {
          writer.get();
        }
      }
      Thread.sleep(STALENESS_MILLIS);
      for (Connection reader : List.of(one, two)) {
        assertThat(
                TestWarehouse.rows(
                    reader,
                    "select server, count(*), (select count(distinct n) from t)"
                        + " from t group by server order by server"))
            .containsExactly(
                "1|" + 2 * WRITES + "|" + 4 * WRITES, "2|" + 2 * WRITES + "|" + 4 * WRITES);
      }
    }
  }

  private static Callable<Boolean> writer(TestWarehouse warehouse, int server) {
    return () -> {
      try (Connection connection = warehouse.connect()) {
        for (int i = 0; i < WRITES; i++) {
          TestWarehouse.execute(
              connection,
              "begin",
              "insert into t (server, half) values (" + server + ", 1)",
              "insert into t (server, half) values (" + server + ", -1)",
              "commit");
        }
      }
      return true;
    };
  }

  @Test
  void aMissingObjectIsNamedAndOtherTablesStayReadable() throws Exception {
    Path objects = directory.resolve("objects");
    Optional<StoreAddress> store =
        Optional.of(
            StoreAddress.parse(objects.toUri().toString(), S3Options.ofEnvironment(Map.of())));
    Path rowset;
    try (TestWarehouse warehouse = new TestWarehouse(directory.resolve("a"), store);
        Connection connection = warehouse.connect()) {
      TestWarehouse.execute(
          connection,
          "create table healthy (a int)",
          "insert into healthy values (1), (2)",
          "create table seed (a bigint)",
          "insert into seed values (1), (2), (3), (4), (5), (6), (7), (8), (9), (10)",
          "create table big as select a.a * 9176531 + b.a * 77521 + c.a * 7919 + d.a * 31 as n,"
              + " md5((a.a * 1000 + b.a * 100 + c.a * 10 + d.a)::varchar) as m"
              + " from seed a, seed b, seed c, seed d");
      rowset = rowsets(objects).getFirst();
    }
    Files.delete(rowset);
    try (TestWarehouse warehouse = new TestWarehouse(directory.resolve("a"), store);
        Connection connection = warehouse.connect()) {
      assertThatThrownBy(() -> TestWarehouse.rows(connection, "select min(m) from big"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining(objects.relativize(rowset).toString())
          .hasMessageContaining("is missing");
      assertThat(TestWarehouse.rows(connection, "select sum(a) from healthy")).containsExactly("3");
      TestWarehouse.execute(connection, "insert into healthy values (3)");
    }
  }

  @Test
  void aStoreThatVanishesFailsStatementsAndComesBack() throws Exception {
    Path objects = directory.resolve("objects");
    Optional<StoreAddress> store =
        Optional.of(
            StoreAddress.parse(objects.toUri().toString(), S3Options.ofEnvironment(Map.of())));
    try (TestWarehouse warehouse = new TestWarehouse(directory.resolve("a"), store);
        Connection connection = warehouse.connect()) {
      TestWarehouse.execute(connection, "create table t (a int)", "insert into t values (1)");
      Path log = objects.resolve("log");
      Path hidden = objects.resolve("hidden");
      Files.move(log, hidden);
      Files.writeString(log, "not a directory");
      assertThatThrownBy(() -> TestWarehouse.execute(connection, "insert into t values (2)"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("log/");
      Files.delete(log);
      Files.move(hidden, log);
      TestWarehouse.execute(connection, "insert into t values (3)");
      assertThat(TestWarehouse.rows(connection, "select a from t where a <> 2 order by a"))
          .containsExactly("1", "3");
    }
  }

  private static List<Path> rowsets(Path objects) throws IOException {
    try (Stream<Path> all = Files.walk(objects)) {
      return all.filter(path -> path.toString().endsWith(".rws")).toList();
    }
  }
}
