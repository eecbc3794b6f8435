package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.gateway.pgwire.PgLimits;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that ends, and what contains clients that do not behave.
class ShutdownTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private static final String ENDLESS =
      "select count(*) from pg_attribute a, pg_attribute b, pg_attribute c, pg_attribute d"
          + " where a.attname || b.attname || c.attname || d.attname = 'none'";

  @TempDir private Path directory;

  @Test
  void idle_sessions_are_told_at_once_and_running_statements_finish() throws Exception {
    try (TestWarehouse warehouse = new TestWarehouse(directory);
        Connection idle = warehouse.connect();
        Connection encrypted = warehouse.connect("sslmode", "require");
        Connection busy = warehouse.connect()) {
      busy.setAutoCommit(false);
      TestWarehouse.execute(busy, "create table kept (a int)", "insert into kept values (1)");
      CompletableFuture<Void> drained =
          CompletableFuture.runAsync(() -> warehouse.warehouse().drain(LONG));
      assertEnded(idle);
      assertEnded(encrypted);
      assertThatThrownBy(warehouse::connect).isInstanceOf(SQLException.class);

      assertThat(drained).isNotDone();
      assertThat(TestWarehouse.rows(busy, "select count(*) from kept")).containsExactly("1");
      busy.commit();

      drained.get(LONG.toSeconds(), TimeUnit.SECONDS);
      assertEnded(busy);
    }
    try (TestWarehouse again = new TestWarehouse(directory);
        Connection connection = again.connect()) {
      assertThat(TestWarehouse.rows(connection, "select a from kept")).containsExactly("1");
    }
  }

  private static void assertEnded(Connection connection) throws InterruptedException {
    AtomicReference<String> state = new AtomicReference<>("00000");
    await(
        () -> {
          state.set(endState(connection));
          return !state.get().equals("00000");
        });
    assertThat(state.get()).isEqualTo("57P01");
  }

  private static String endState(Connection connection) {
    try {
      TestWarehouse.rows(connection, "select 1");
      return "00000";
    } catch (SQLException e) {
      return String.valueOf(e.getSQLState());
    }
  }

  @Test
  void what_runs_after_the_grace_is_ended() throws Exception {
    try (TestWarehouse warehouse = new TestWarehouse(directory);
        Connection busy = warehouse.connect()) {
      CompletableFuture<SQLException> failure =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  TestWarehouse.rows(busy, ENDLESS);
                  throw new AssertionError("it was to be ended");
                } catch (SQLException e) {
                  return e;
                }
              });
      await(() -> warehouse.warehouse().leader().runningStatements() == 1);
      warehouse.warehouse().drain(Duration.ofMillis(50));
      assertThat(failure.get(20, TimeUnit.SECONDS).getSQLState()).isEqualTo("57P01");
    }
  }

  @Test
  void a_draining_server_is_alive_but_not_ready() throws Exception {
    try (TestWarehouse warehouse = new TestWarehouse(directory)) {
      InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      int port = warehouse.warehouse().serveHttp(anyPort, true, Optional.empty());
      assertThat(get(port, "/health/ready").statusCode()).isEqualTo(200);
      warehouse.warehouse().drain(Duration.ZERO);
      assertThat(get(port, "/health/ready").statusCode()).isEqualTo(503);
      assertThat(get(port, "/health/ready").body()).contains("server: ending");
      assertThat(get(port, "/health/live").statusCode()).isEqualTo(200);
    }
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void connections_over_the_limit_are_refused_clearly_with_and_without_tls() throws Exception {
    try (TestWarehouse warehouse = new TestWarehouse(directory)) {
      warehouse.warehouse().limitClients(PgLimits.DEFAULT.withMaxConnections(2));
      try (Connection first = warehouse.connect();
          Connection second = warehouse.connect()) {
        for (String mode : List.of("disable", "require")) {
          assertThatThrownBy(() -> warehouse.connect("sslmode", mode))
              .isInstanceOfSatisfying(
                  SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("53300"))
              .hasMessageContaining("too many clients already")
              .hasMessageContaining("at most 2 connections");
        }
        assertThat(TestWarehouse.rows(first, "select 1")).containsExactly("1");
        assertThat(TestWarehouse.rows(second, "select 2")).containsExactly("2");
      }
      await(() -> connects(warehouse));
    }
  }

  private static boolean connects(TestWarehouse warehouse) {
    try (Connection connection = warehouse.connect()) {
      return connection.isValid(10);
    } catch (SQLException e) {
      return false;
    }
  }

  @Test
  void sockets_that_do_not_log_in_are_closed() throws Exception {
    try (TestWarehouse warehouse = new TestWarehouse(directory)) {
      warehouse.warehouse().limitClients(PgLimits.DEFAULT.withLogin(Duration.ofMillis(200)));
      List<Socket> silent = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), warehouse.port());
        socket.setSoTimeout(20_000);
        silent.add(socket);
      }
      Socket dripping = silent.getFirst();
      dripping.getOutputStream().write(new byte[] {0, 0, 0});
      for (Socket socket : silent) {
        assertThat(endOf(socket.getInputStream())).isTrue();
        socket.close();
      }
      warehouse.warehouse().limitClients(PgLimits.DEFAULT);
      assertThat(connects(warehouse)).isTrue();
    }
  }

  private static boolean endOf(InputStream in) {
    try {
      while (in.read() >= 0) {}
      return true;
    } catch (IOException e) {
      return e instanceof java.net.SocketException;
    }
  }

  @Test
  void a_client_that_takes_no_rows_is_disconnected_and_holds_up_nobody() throws Exception {
    try (TestWarehouse warehouse = new TestWarehouse(directory)) {
      warehouse.warehouse().limitClients(PgLimits.DEFAULT.withStalled(Duration.ofSeconds(1)));
      try (Connection connection = warehouse.connect();
          Socket deaf = new Socket()) {
        TestWarehouse.execute(
            connection,
            "create table wide as select repeat('x', 1000) as t from"
                + " (select 1 from pg_attribute limit 300) a, (select 1 from pg_attribute limit"
                + " 300) b");
        deaf.setReceiveBufferSize(4096);
        deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), warehouse.port()));
        DataOutputStream out = new DataOutputStream(deaf.getOutputStream());
        byte[] parameters = "user\0admin\0database\0dev\0\0".getBytes(StandardCharsets.UTF_8);
        out.writeInt(parameters.length + 8);
        out.writeInt(3 << 16);
        out.write(parameters);
        byte[] query = "select * from wide\0".getBytes(StandardCharsets.UTF_8);
        out.writeByte('Q');
        out.writeInt(query.length + 4);
        out.write(query);
        out.flush();

        await(() -> warehouse.warehouse().leader().sessions().size() == 2);
        assertThat(TestWarehouse.rows(connection, "select count(*) from wide")).hasSize(1);
        await(() -> warehouse.warehouse().leader().sessions().size() == 1);
        assertThat(TestWarehouse.rows(connection, "select count(*) from wide")).hasSize(1);
      }
    }
  }

  @Test
  void idle_sessions_end_after_the_servers_idle_timeout() throws Exception {
    try (TestWarehouse warehouse = new TestWarehouse(directory);
        Connection idle = warehouse.connect()) {
      warehouse.warehouse().leader().idleTimeout(OptionalInt.of(0));
      await(() -> warehouse.warehouse().leader().sessions().isEmpty());
      assertEnded(idle);
      warehouse.warehouse().leader().idleTimeout(OptionalInt.of(900));
      try (Connection next = warehouse.connect()) {
        assertThat(TestWarehouse.rows(next, "select distinct timed_out from stl_sessions"))
            .containsExactly("1");
        assertThat(TestWarehouse.rows(next, "select timeout_sec from stv_sessions"))
            .containsExactly("900");
      }
    }
  }

  @Test
  void statements_end_after_the_statement_timeout() throws Exception {
    try (TestWarehouse warehouse = new TestWarehouse(directory);
        Connection connection = warehouse.connect()) {
      TestWarehouse.execute(connection, "set statement_timeout to 500");
      assertThatThrownBy(() -> TestWarehouse.rows(connection, ENDLESS))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"))
          .hasMessageContaining("statement timeout");
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waiting").isLessThan(deadline);
      Thread.sleep(20);
    }
  }
}
