package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.redward.leader.session.StatementReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a watcher sees: metrics, health, events of the flight recorder, traces.
class ObservabilityTest {
  @TempDir private static Path directory;

  private static TestWarehouse warehouse;
  private static Connection connection;
  private static String http;

  @BeforeAll
  static void start() throws IOException, SQLException {
    warehouse = new TestWarehouse(directory.resolve("data"));
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    http = "http://127.0.0.1:" + warehouse.warehouse().serveHttp(anyPort, true, Optional.empty());
    connection = warehouse.connect("preferQueryMode", "simple");
  }

  @AfterAll
  static void stop() throws SQLException {
    connection.close();
    warehouse.close();
  }

  @Test
  void metrics_count_statements_by_kind_and_outcome() throws Exception {
    double queries = metric("redward_statements_total{kind=\"query\",outcome=\"ok\"}");
    double failures = metric("redward_statements_total{kind=\"query\",outcome=\"error\"}");
    double divisions = metric("redward_errors_total{sqlstate=\"22012\"}");
    double stages = metric("redward_stage_seconds_count{stage=\"execute\"}");

    TestWarehouse.rows(connection, "select 1");
    TestWarehouse.rows(connection, "select 2");
    assertThatThrownBy(
            () ->
                TestWarehouse.rows(
                    connection,
                    "select 1 / (nation - nation) from"
                        + " (select 1 as nation union all select 2) n"))
        .hasMessageContaining("zero");

    assertThat(metric("redward_statements_total{kind=\"query\",outcome=\"ok\"}"))
        .isEqualTo(queries + 2);
    assertThat(metric("redward_statements_total{kind=\"query\",outcome=\"error\"}"))
        .isEqualTo(failures + 1);
    assertThat(metric("redward_errors_total{sqlstate=\"22012\"}")).isEqualTo(divisions + 1);
    assertThat(metric("redward_stage_seconds_count{stage=\"execute\"}")).isEqualTo(stages + 3);
  }

  @Test
  void metrics_tell_of_connections_rows_and_reused_results() throws Exception {
    assertThat(metric("redward_connections")).isGreaterThanOrEqualTo(1);
    double taken = metric("redward_connections_accepted_total");
    double open = metric("redward_sessions");
    try (Connection another = warehouse.connect()) {
      assertThat(metric("redward_connections_accepted_total")).isEqualTo(taken + 1);
      assertThat(metric("redward_sessions")).isEqualTo(open + 1);
      TestWarehouse.execute(another, "create table counted (a int)");
    }
    double rows = metric("redward_rows_total");
    TestWarehouse.execute(connection, "insert into counted values (1), (2), (3)");
    assertThat(metric("redward_rows_total")).isEqualTo(rows + 3);

    double reused = metric("redward_result_cache_hits_total");
    TestWarehouse.rows(connection, "select sum(a) from counted");
    TestWarehouse.rows(connection, "select sum(a) from counted");
    assertThat(metric("redward_result_cache_hits_total")).isEqualTo(reused + 1);
  }

  @Test
  void metrics_have_help_types_and_figures_of_the_process() throws Exception {
    HttpResponse<String> page = get("/metrics");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-type").orElse(""))
        .startsWith("text/plain; version=0.0.4");
    assertThat(page.body())
        .contains("# TYPE redward_statement_seconds histogram")
        .contains("# HELP redward_storage_bytes ")
        .contains("process_cpu_seconds_total ")
        .contains("jvm_memory_heap_used_bytes ");
  }

  @Test
  void health_tells_alive_from_ready() throws Exception {
    assertThat(get("/health").body()).isEqualTo("ok\n");
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    HttpResponse<String> ready = get("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body()).startsWith("ready\n").contains("storage: ok");
  }

  @Test
  void the_flight_recorder_gets_an_event_a_stage_with_the_query_number() throws Exception {
    Path file = directory.resolve("stages.jfr");
    List<StatementReport> reports = new CopyOnWriteArrayList<>();
    warehouse.warehouse().observe(reports::add);
    try (Recording recording = new Recording()) {
      for (String name : List.of("Parse", "Bind", "Optimize", "Plan", "Compile", "Execute")) {
        recording.enable("redward." + name).withoutThreshold();
      }
      recording.start();
      TestWarehouse.rows(connection, "select count(*) + 4711 from (select 1 union select 2) t");
      recording.stop();
      recording.dump(file);
    }
    StatementReport report =
        reports.stream().filter(r -> r.text().contains("4711")).findFirst().orElseThrow();
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    assertThat(events)
        .extracting(event -> event.getEventType().getName())
        .contains(
            "redward.Parse",
            "redward.Bind",
            "redward.Optimize",
            "redward.Plan",
            "redward.Compile",
            "redward.Execute");
    assertThat(events)
        .filteredOn(event -> event.getEventType().getName().equals("redward.Execute"))
        .extracting(event -> event.getInt("query"))
        .contains(report.queryId());
  }

  @Test
  void a_collector_gets_each_statement_as_a_trace_of_its_stages() throws Exception {
    List<String> received = new CopyOnWriteArrayList<>();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          received.add(new String(body, StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    String trace = "0af7651916cd43dd8448eb211c80319c";
    try (TestWarehouse traced = new TestWarehouse(directory.resolve("traced"))) {
      traced
          .warehouse()
          .trace("http://127.0.0.1:" + collector.getAddress().getPort(), "test-warehouse");
      try (Connection traceable = traced.connect("preferQueryMode", "simple")) {
        TestWarehouse.rows(
            traceable, "select 42 /*traceparent='00-" + trace + "-b7ad6b7169203331-01'*/");
        TestWarehouse.execute(traceable, "create user secretive password 'Hidden123'");
      }
    } finally {
      collector.stop(0);
    }
    String all = String.join("", received);
    assertThat(all)
        .contains("test-warehouse", "parse", "bind", "optimize", "plan", "execute", "select 42")
        .contains(binary(trace))
        .doesNotContain("Hidden123");
  }

  /// A trace's id as the protocol sends it.
  private static String binary(String hex) {
    return new String(java.util.HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
  }

  private static double metric(String name) throws IOException, InterruptedException {
    Matcher line =
        Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)").matcher(get("/metrics").body());
    return line.find() ? Double.parseDouble(line.group(1)) : 0;
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(http + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
