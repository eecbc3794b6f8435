package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Statements of the extended mode over the protocol that drivers speak, and side by side.
class ExtendedStatementsTest {
  @TempDir private static Path directory;
  @AutoClose private static TestWarehouse warehouse;

  @BeforeAll
  static void start() throws Exception {
    warehouse = new TestWarehouse(directory);
  }

  @Test
  void aDriverGetsGeneratedKeysAndDescriptionsOfReturnedRows() throws Exception {
    try (Connection connection = warehouse.connect()) {
      TestWarehouse.execute(
          connection, "create table event (id bigint identity(1, 1), name varchar(20))");
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into event (name) values (?)", Statement.RETURN_GENERATED_KEYS)) {
        for (int i = 1; i <= 3; i++) {
          insert.setString(1, "e" + i);
          assertThat(insert.executeUpdate()).isOne();
          try (ResultSet keys = insert.getGeneratedKeys()) {
            assertThat(keys.next()).isTrue();
            assertThat(keys.getLong("id")).isEqualTo(i);
            assertThat(keys.getString("name")).isEqualTo("e" + i);
          }
        }
      }
      try (PreparedStatement update =
          connection.prepareStatement(
              "update event set name = name || ? where id > ? returning id as key, name")) {
        update.setString(1, "!");
        update.setInt(2, 1);
        assertThat(update.getMetaData().getColumnName(1)).isEqualTo("key");
        try (ResultSet rows = update.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getString(2)).isEqualTo("e2!");
          assertThat(rows.next()).isTrue();
        }
      }
      assertThat(TestWarehouse.rows(connection, "select count(*) from event where name like '%!'"))
          .containsExactly("2");
    }
  }

  @Test
  void returnedRowsMayBeFetchedInPortions() throws Exception {
    try (Connection connection = warehouse.connect()) {
      connection.setAutoCommit(false);
      TestWarehouse.execute(connection, "create table portion (n int)");
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into portion select g from generate_series(1, 2500) g returning n")) {
        insert.setFetchSize(100);
        int count = 0;
        try (ResultSet rows = insert.executeQuery()) {
          while (rows.next()) {
            count++;
          }
        }
        assertThat(count).isEqualTo(2500);
      }
      assertThat(TestWarehouse.rows(connection, "select count(*) from portion"))
          .containsExactly("2500");
    }
  }

  @Test
  void ofTwoTransactionsThatAddTheSameKeyOneFails() throws Exception {
    try (Connection one = warehouse.connect();
        Connection two = warehouse.connect()) {
      TestWarehouse.execute(one, "create table keyed (k int primary key enforced, v int)");
      one.setAutoCommit(false);
      two.setAutoCommit(false);
      TestWarehouse.execute(one, "insert into keyed values (1, 1)");
      TestWarehouse.execute(two, "insert into keyed values (1, 2)");
      one.commit();
      assertThatThrownBy(two::commit).isInstanceOf(SQLException.class).hasMessageContaining("1023");

      TestWarehouse.execute(one, "insert into keyed values (2, 1)");
      TestWarehouse.execute(two, "insert into keyed values (3, 2)");
      one.commit();
      two.commit();
      assertThat(TestWarehouse.rows(one, "select k, v from keyed order by 1"))
          .containsExactly("1|1", "2|1", "3|2");
    }
  }

  @Test
  void aRowIsNotAddedUnderAParentThatGoesMeanwhile() throws Exception {
    try (Connection one = warehouse.connect();
        Connection two = warehouse.connect()) {
      TestWarehouse.execute(
          one,
          "create table parent (k int primary key enforced)",
          "create table child (p int references parent enforced)",
          "insert into parent values (1), (2)");
      one.setAutoCommit(false);
      two.setAutoCommit(false);
      TestWarehouse.execute(one, "insert into child values (1)");
      TestWarehouse.execute(two, "delete from parent where k = 1");
      one.commit();
      assertThatThrownBy(two::commit).isInstanceOf(SQLException.class).hasMessageContaining("1023");

      TestWarehouse.execute(one, "delete from parent where k = 2");
      TestWarehouse.execute(two, "insert into child values (2)");
      one.commit();
      assertThatThrownBy(two::commit).isInstanceOf(SQLException.class).hasMessageContaining("1023");
      assertThat(TestWarehouse.rows(one, "select p from child")).containsExactly("1");
    }
  }

  @Test
  void manyWritersNeverDoubleAKey() throws Exception {
    try (Connection connection = warehouse.connect()) {
      TestWarehouse.execute(connection, "create table raced (k int unique enforced, w int)");
      List<Thread> writers = new ArrayList<>();
      AtomicInteger taken = new AtomicInteger();
      Queue<String> unexpected = new ConcurrentLinkedQueue<>();
      for (int writer = 0; writer < 4; writer++) {
        int id = writer;
        writers.add(Thread.ofPlatform().start(() -> race(id, taken, unexpected)));
      }
      for (Thread writer : writers) {
        writer.join();
      }
      assertThat(unexpected).isEmpty();
      assertThat(TestWarehouse.rows(connection, "select count(*), count(distinct k) from raced"))
          .containsExactly(taken.get() + "|" + taken.get());
    }
  }

  private static void race(int id, AtomicInteger taken, Queue<String> unexpected) {
    Random random = new Random(id);
    try (Connection connection = warehouse.connect();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < 12; i++) {
        try {
          statement.executeUpdate(
              "insert into raced values (" + random.nextInt(20) + ", " + id + ")");
          taken.incrementAndGet();
        } catch (SQLException e) {
          if (!"23505".equals(e.getSQLState())) {
            unexpected.add(e.toString());
          }
        }
      }
    } catch (SQLException e) {
      unexpected.add(e.toString());
    }
  }
}
