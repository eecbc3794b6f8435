package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.server.EmbeddedWarehouse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plans outlive the server that has made them, as long as they are right.
class KeptPlansTest {
  private static final String QUERY =
      "select kind, count(*), sum(price), max(name) from items join kinds on items.kind = kinds.id"
          + " where price > 20.5 and name like 'item 1%' group by kind order by kind limit 5";

  @TempDir private Path directory;

  private interface Work {
    void on(Life life) throws SQLException;
  }

  /// A server's life, with one client.
  private record Life(EmbeddedWarehouse warehouse, Connection connection) {
    List<String> rows(String query) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(query)) {
        return read(rows);
      }
    }

    void run(String text) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute(text);
      }
    }

    long restored() {
      return warehouse.leader().restoredPlans();
    }

    private static List<String> read(ResultSet rows) throws SQLException {
      List<String> read = new ArrayList<>();
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int column = 1; column <= columns; column++) {
          row.append(rows.getMetaData().getColumnName(column));
          row.append('=').append(rows.getString(column)).append(' ');
        }
        read.add(row.toString());
      }
      return read;
    }
  }

  private void live(Work work) throws Exception {
    live("build 1", work);
  }

  private void live(String build, Work work) throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (EmbeddedWarehouse warehouse = EmbeddedWarehouse.start(directory.resolve("w"), any, true)) {
      warehouse.leader().keepPlans(directory.resolve("plans"), build);
      try (Connection connection =
          DriverManager.getConnection(warehouse.url() + "?preferQueryMode=simple", "admin", "")) {
        Life life = new Life(warehouse, connection);
        life.run("set enable_result_cache_for_session to off");
        work.on(life);
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(directory.resolve("plans"))) {
      return all.toList();
    }
  }

  /// Makes the tables and has one plan kept.
  @BeforeEach
  void keep() throws Exception {
    live(
        life -> {
          life.run("create table kinds (id int, title varchar(20))");
          life.run("create table items (id int, kind int, name varchar(20), price decimal(10,2))");
          life.run("insert into kinds values (1, 'a'), (2, 'b'), (3, 'c')");
          life.run(
              "insert into items select n, n % 3 + 1, 'item ' || n, n / 2.0"
                  + " from generate_series(1, 200) as s(n)");
          List<String> first = life.rows(QUERY);
          assertThat(first).hasSize(3);
          assertThat(life.rows(QUERY)).isEqualTo(first);
          assertThat(life.restored()).isZero();
        });
    assertThat(files()).hasSize(1);
  }

  private List<String> expected() throws Exception {
    List<String> rows = new ArrayList<>();
    live("another build", life -> rows.addAll(life.rows(QUERY)));
    return rows;
  }

  private static int replay(Life life) {
    return life.warehouse().leader().replay(Duration.ofMinutes(1), () -> {});
  }

  @Test
  void what_was_run_before_is_run_again_while_nobody_asks() throws Exception {
    live(life -> assertThat(replay(life)).isEqualTo(1));
    live("another build", life -> assertThat(replay(life)).isZero());
    live(
        life -> {
          life.run("alter table kinds add column more int");
          assertThat(replay(life)).isZero();
        });
  }

  @Test
  void plans_with_parameters_are_not_run_without_a_client() throws Exception {
    live(
        life -> {
          try (PreparedStatement prepared =
              life.connection.prepareStatement("select count(*) from kinds where id = ?")) {
            for (int time = 0; time < 3; time++) {
              prepared.setInt(1, time);
              prepared.executeQuery().close();
            }
          }
        });
    live(life -> assertThat(replay(life)).isEqualTo(1));
  }

  @Test
  void aRestartedServerUsesThePlanAndAnswersTheSame() throws Exception {
    List<String> expected = expected();
    live(
        life -> {
          assertThat(life.rows(QUERY.replace("select", "SELECT -- again\n"))).isEqualTo(expected);
          assertThat(life.rows(QUERY)).isEqualTo(expected);
          assertThat(life.restored()).isOne();
          assertThat(life.rows("explain " + QUERY)).isNotEmpty();
        });
  }

  @Test
  void anotherBuildPlansAnew() throws Exception {
    live(
        "build 2",
        life -> {
          assertThat(life.rows(QUERY)).hasSize(3);
          assertThat(life.restored()).isZero();
        });
  }

  @Test
  void rowsThatCameLaterAreInTheAnswer() throws Exception {
    live("another build", life -> life.run("insert into items values (1000, 2, 'item 1x', 999)"));
    List<String> expected = expected();
    assertThat(expected.get(1)).contains("max=item 1x");
    live(life -> assertThat(life.rows(QUERY)).isEqualTo(expected));
  }

  @Test
  void tablesThatHaveGrownMuchArePlannedAnew() throws Exception {
    live(
        "another build",
        life ->
            life.run(
                "insert into items select n, n % 3 + 1, 'item ' || n, n"
                    + " from generate_series(1000, 30000) as s(n)"));
    List<String> expected = expected();
    live(
        life -> {
          assertThat(life.rows(QUERY)).isEqualTo(expected);
          assertThat(life.rows(QUERY)).isEqualTo(expected);
        });
    live(
        life -> {
          assertThat(life.rows(QUERY)).isEqualTo(expected);
          assertThat(life.restored()).isOne();
        });
  }

  @Test
  void changedTablesArePlannedAnew() throws Exception {
    live(
        "another build",
        life -> {
          life.run("alter table items drop column name");
          life.run("alter table items add column name varchar(20) default 'item 1'");
        });
    List<String> expected = expected();
    assertThat(expected.getFirst()).contains("max=item 1 ");
    live(
        life -> {
          assertThat(life.rows(QUERY)).isEqualTo(expected);
          assertThat(life.restored()).isZero();
        });
  }

  @Test
  void aChangeAfterTheRestartVoidsThePlan() throws Exception {
    live(
        life -> {
          List<String> before = life.rows(QUERY);
          assertThat(life.restored()).isOne();
          life.run("create temporary table unrelated (a int)");
          life.run("drop table unrelated");
          life.run("alter table items rename to things");
          life.run("create view items as select id, kind, name, price + 1 as price from things");
          assertThat(life.rows(QUERY)).isNotEqualTo(before).hasSize(3);
        });
  }

  @Test
  void privilegesAreAskedForEachTime() throws Exception {
    live(
        life -> {
          life.run("create user reader password 'Reader123'");
          life.run("grant select on items, kinds to reader");
          life.run("set session authorization reader");
          assertThat(life.rows(QUERY)).isEqualTo(life.rows(QUERY)).hasSize(3);
        });
    live(
        life -> {
          life.run("set session authorization reader");
          assertThat(life.rows(QUERY)).hasSize(3);
          assertThat(life.restored()).isOne();
          life.run("reset session authorization");
          life.run("revoke select on kinds from reader");
          life.run("set session authorization reader");
          assertThatThrownBy(() -> life.rows(QUERY))
              .hasMessageContaining("permission denied for relation kinds");
        });
  }

  @Test
  void damagedFilesAreLeftAsideAndGo() throws Exception {
    List<String> expected = expected();
    Path file = files().getFirst();
    byte[] good = Files.readAllBytes(file);
    List<byte[]> bad = new ArrayList<>();
    bad.add(new byte[0]);
    bad.add(Arrays.copyOf(good, good.length / 2));
    byte[] flipped = good.clone();
    flipped[good.length / 3] ^= 1;
    bad.add(flipped);
    for (byte[] content : bad) {
      Files.write(file, content);
      live(
          life -> {
            assertThat(life.rows(QUERY)).isEqualTo(expected);
            assertThat(life.restored()).isZero();
            assertThat(file).doesNotExist();
          });
    }
  }

  @Test
  void parametersAreTakenAgain() throws Exception {
    String query = "select count(*) as n from items where id <= ? and name like ?";
    for (int round = 0; round < 2; round++) {
      long restored = round;
      live(
          life -> {
            try (Connection extended =
                    DriverManager.getConnection(life.warehouse().url(), "admin", "");
                PreparedStatement statement = extended.prepareStatement(query)) {
              for (int most = 10; most < 13; most++) {
                statement.setInt(1, most);
                statement.setString(2, "item%");
                try (ResultSet rows = statement.executeQuery()) {
                  assertThat(Life.read(rows)).containsExactly("n=" + most + " ");
                }
              }
            }
            assertThat(life.restored()).isEqualTo(restored);
          });
    }
  }
}
