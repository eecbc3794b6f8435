package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.cluster.scaling.Provisioner;
import io.redward.cluster.scaling.ScalingOptions;
import io.redward.server.EmbeddedWarehouse;
import io.redward.server.Scaling;
import io.redward.server.ScalingProcess;
import io.redward.server.StorageSettings;
import io.redward.server.StoreAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Queries that stand in line run on clusters that are added, with the answers and errors that they
/// would have had on the main one.
class ConcurrencyScalingTest {
  private static final String SECRET = "open sesame";
  private static final String SLOW =
      "select count(*), sum((a.n * b.n) % 13) from numbers a, numbers b where a.n % 3 <> b.n % 5"
          + " and b.n <= 100";

  /// Takes minutes.
  private static final String ENDLESS =
      "select count(*), min(a.n * b.n - c.n) from numbers a, numbers b, numbers c where a.n % 3 <>"
          + " b.n % 5 and b.n * c.n % 7 <> a.n % 11";

  @TempDir private Path directory;

  private final AtomicInteger starts = new AtomicInteger();
  private final AtomicReference<Optional<ScalingProcess>> started =
      new AtomicReference<>(Optional.empty());
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private Optional<StoreAddress> store() {
    return Optional.of(new StoreAddress.Directory(directory.resolve("store")));
  }

  /// Starts the cluster in this process.
  private Provisioner.Provisioned start(int number) throws IOException {
    ScalingProcess process =
        ScalingProcess.start(
            directory.resolve("scaling" + starts.incrementAndGet()),
            StorageSettings.of(store()),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            SECRET);
    started.set(Optional.of(process));
    return new Provisioner.Provisioned() {
      @Override
      public String host() {
        return "127.0.0.1";
      }

      @Override
      public int port() {
        return process.port();
      }

      @Override
      public boolean alive() {
        return true;
      }

      @Override
      public void close() {
        process.close();
      }
    };
  }

  private EmbeddedWarehouse server(Provisioner provisioner, Duration idle) throws Exception {
    ScalingOptions options = new ScalingOptions(1, 1, 1_000, Duration.ofMillis(1), idle, SECRET);
    EmbeddedWarehouse server =
        EmbeddedWarehouse.start(
            directory.resolve("main"),
            StorageSettings.of(store()),
            List.of(),
            new EmbeddedWarehouse.Place(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Scaling(options, provisioner))));
    open.add(server);
    try (Connection connection = TestCluster.connect(server)) {
      TestWarehouse.execute(
          connection,
          "create table numbers (n bigint, t varchar(20))",
          "insert into numbers select n, 'row ' || n from generate_series(1, 5000) as s(n)",
          "create table notes (client int, n int)");
    }
    return server;
  }

  private static Connection session(EmbeddedWarehouse server) throws SQLException {
    Connection connection = TestCluster.connect(server);
    TestWarehouse.execute(connection, "set enable_result_cache_for_session to off");
    return connection;
  }

  private static List<String> admin(EmbeddedWarehouse server, String query) throws SQLException {
    try (Connection connection = TestCluster.connect(server)) {
      return TestWarehouse.rows(connection, query);
    }
  }

  private static long scaled(EmbeddedWarehouse server) throws SQLException {
    return Long.parseLong(
        admin(server, "select count(*) from stl_query where concurrency_scaling_status = 1")
            .getFirst());
  }

  /// Runs `work` in as many threads, until one of the queries has run elsewhere.
  private static void together(int threads, Callable<Boolean> work) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(pool.submit(work));
      }
      for (Future<Boolean> each : all) {
        assertThat(each.get()).isTrue();
      }
    }
  }

  @Test
  void queries_in_line_run_elsewhere_and_see_what_their_session_has_written() throws Exception {
    EmbeddedWarehouse server = server(this::start, Duration.ofMillis(300));
    List<String> slow = admin(server, SLOW);
    AtomicInteger clients = new AtomicInteger();
    together(
        4,
        () -> {
          int client = clients.incrementAndGet();
          try (Connection connection = session(server)) {
            for (int i = 1; i <= 100 && (i <= 3 || scaled(server) < 5); i++) {
              TestWarehouse.execute(
                  connection, "insert into notes values (" + client + ", " + i + ")");
              assertThat(
                      TestWarehouse.rows(
                          connection,
                          "select count(*), max(t), (select max(n) from notes where client = "
                              + client
                              + ") from numbers"))
                  .containsExactly("5000|row 999|" + i);
              assertThat(TestWarehouse.rows(connection, SLOW)).isEqualTo(slow);
            }
          }
          return true;
        });
    assertThat(scaled(server)).isPositive();
    assertThat(
            admin(
                server,
                "select count(*) > 0 from sys_query_history where compute_type = 'primary-scale'"
                    + " and queue_time > 0"))
        .containsExactly("t");
    assertThat(
            admin(
                server,
                "select distinct compute_type from sys_query_history where query_text like"
                    + " 'select count%' order by 1"))
        .containsExactly("primary", "primary-scale");
    assertThat(
            admin(
                server,
                "select sum(queries), count(*) > 0, min(usage_in_seconds) >= 0 from"
                    + " svcs_concurrency_scaling_usage"))
        .containsExactly(scaled(server) + "|t|t");
    assertThat(admin(server, "show max_concurrency_scaling_clusters")).containsExactly("1");
  }

  @Test
  void a_session_keeps_its_own_changes_and_values_of_its_session_on_the_main_cluster()
      throws Exception {
    EmbeddedWarehouse server = server(this::start, Duration.ofSeconds(60));
    try (Connection connection = session(server);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("insert into numbers values (5001, 'mine')");
      assertThat(TestWarehouse.rows(connection, "select /* own */ count(*), max(t) from numbers"))
          .containsExactly("5001|row 999");
      connection.rollback();
      connection.setAutoCommit(true);
      assertThat(
              TestWarehouse.rows(
                  connection,
                  "select /* session */ count(*) from numbers where pg_get_userbyid(n::int) <>"
                      + " 'x'"))
          .hasSize(1);
    }
    assertThat(
            admin(
                server,
                "select concurrency_scaling_status from stl_query where querytxt like"
                    + " '%/* own */%' and querytxt not like '%stl_query%'"))
        .containsExactly("11");
    assertThat(
            admin(
                server,
                "select concurrency_scaling_status from stl_query where querytxt like"
                    + " '%/* session */%' and querytxt not like '%stl_query%'"))
        .containsExactly("9");
    assertThat(admin(server, "select count(*) from svcs_concurrency_scaling_usage"))
        .containsExactly("0");
  }

  @Test
  void where_no_cluster_can_be_started_queries_stay_in_line() throws Exception {
    Provisioner failing =
        number -> {
          starts.incrementAndGet();
          throw new IOException("no machine is left");
        };
    EmbeddedWarehouse server = server(failing, Duration.ofSeconds(60));
    List<String> slow = admin(server, SLOW);
    together(
        4,
        () -> {
          try (Connection connection = session(server)) {
            for (int i = 0; i < 20 && (i < 2 || starts.get() == 0); i++) {
              assertThat(TestWarehouse.rows(connection, SLOW)).isEqualTo(slow);
            }
          }
          return true;
        });
    assertThat(starts.get()).isPositive();
    assertThat(scaled(server)).isZero();
  }

  @Test
  void a_cluster_that_dies_costs_no_answer_and_errors_come_back_as_they_are() throws Exception {
    EmbeddedWarehouse server = server(this::start, Duration.ofSeconds(60));
    List<String> slow = admin(server, SLOW);
    together(
        3,
        () -> {
          try (Connection connection = session(server)) {
            for (int i = 0; i < 100 && (i < 3 || scaled(server) < 3); i++) {
              assertThat(TestWarehouse.rows(connection, SLOW)).isEqualTo(slow);
              assertThatThrownBy(
                      () ->
                          TestWarehouse.rows(connection, "select sum(n / (n - 4711)) from numbers"))
                  .hasMessageContaining("division by zero");
              if (i == 2) {
                started.get().ifPresent(ScalingProcess::close);
              }
            }
          }
          return true;
        });
  }

  /// Takes the main cluster's only seat until it is closed.
  private static AutoCloseable occupied(EmbeddedWarehouse server) throws Exception {
    Connection connection = session(server);
    Statement statement = connection.createStatement();
    Thread thread =
        Thread.ofPlatform().start(() -> assertThatThrownBy(() -> statement.executeQuery(ENDLESS)));
    await(server, "select count(*) from stv_inflight where text like 'select count(*), min(a.n%'");
    return () -> {
      statement.cancel();
      thread.join();
      connection.close();
    };
  }

  private static void await(EmbeddedWarehouse server, String countOfOne) throws Exception {
    while (!admin(server, countOfOne).getFirst().equals("1")) {
      Thread.sleep(20);
    }
  }

  private static boolean isServing() {
    return Thread.getAllStackTraces().values().stream()
        .anyMatch(
            stack ->
                Arrays.stream(stack)
                    .anyMatch(
                        frame ->
                            frame.getClassName().endsWith(".ScalingServer")
                                && frame.getMethodName().equals("execute")));
  }

  @Test
  @Timeout(120)
  void a_query_that_runs_elsewhere_can_be_cancelled_and_ends_there() throws Exception {
    EmbeddedWarehouse server = server(this::start, Duration.ofSeconds(60));
    try (AutoCloseable unused = occupied(server);
        Connection connection = session(server);
        Statement statement = connection.createStatement()) {
      try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
        Future<?> query = pool.submit(() -> statement.executeQuery(ENDLESS));
        while (!isServing()) {
          Thread.sleep(20);
        }
        statement.cancel();
        assertThatThrownBy(query::get)
            .hasRootCauseInstanceOf(SQLException.class)
            .hasMessageContaining("cancelled on user's request");
      }
      while (isServing()) {
        Thread.sleep(20);
      }
      statement.execute("set statement_timeout to 700");
      assertThatThrownBy(() -> statement.executeQuery(ENDLESS))
          .isInstanceOf(SQLException.class)
          .extracting(thrown -> ((SQLException) thrown).getSQLState())
          .isEqualTo("57014");
      while (isServing()) {
        Thread.sleep(20);
      }
      statement.execute("set statement_timeout to 0");
      assertThat(TestWarehouse.rows(connection, "select count(*) from numbers"))
          .as("the seat is free again")
          .containsExactly("5000");
    }
    assertThat(scaled(server)).isPositive();
  }

  @Test
  @Timeout(120)
  void temporary_tables_are_seen_by_their_sessions_queries_elsewhere() throws Exception {
    EmbeddedWarehouse server = server(this::start, Duration.ofSeconds(60));
    String joined = "select count(*), sum(mine.n) from numbers join mine on mine.n = numbers.n";
    try (AutoCloseable unused = occupied(server);
        Connection one = session(server);
        Connection other = session(server)) {
      TestWarehouse.execute(
          one, "create temp table mine (n int)", "insert into mine values (1), (2), (9000)");
      TestWarehouse.execute(
          other,
          "create temp table mine (n bigint, note varchar(9))",
          "insert into mine values (7)");
      assertThat(TestWarehouse.rows(one, joined)).containsExactly("2|3");
      assertThat(TestWarehouse.rows(other, joined)).containsExactly("1|7");
      TestWarehouse.execute(
          one, "insert into mine select n from numbers where n between 10 and 12");
      assertThat(TestWarehouse.rows(one, joined)).containsExactly("5|36");
      TestWarehouse.execute(other, "delete from mine");
      assertThat(TestWarehouse.rows(other, joined)).containsExactly("0|NULL");
      TestWarehouse.execute(one, "create temp table kept as " + joined);
      assertThat(TestWarehouse.rows(one, "select * from kept")).containsExactly("5|36");
      one.setAutoCommit(false);
      TestWarehouse.execute(one, "create temp table mine2 as select n from numbers where n <= 3");
      assertThat(TestWarehouse.rows(one, "select count(*) from numbers join mine2 using (n)"))
          .as("not committed yet")
          .containsExactly("3");
      one.rollback();
    }
    assertThat(
            admin(
                server,
                "select count(*) from stl_query where concurrency_scaling_status = 1 and querytxt"
                    + " like '%join mine on%'"))
        .containsExactly("4");
    assertThat(admin(server, "select count(*) from pg_class where relname = 'mine'"))
        .as("gone with their sessions")
        .containsExactly("0");
  }
}
