package io.redward.server;

import io.redward.gateway.aws.AccessKeys;
import io.redward.gateway.aws.Callers;
import io.redward.gateway.console.ConsoleApi;
import io.redward.gateway.console.ConsoleSite;
import io.redward.gateway.console.ConsoleUploads;
import io.redward.gateway.dataapi.DataApi;
import io.redward.gateway.dataapi.DataApiOptions;
import io.redward.gateway.dataapi.DataOperations;
import io.redward.gateway.http.HttpPage;
import io.redward.gateway.http.HttpServer;
import io.redward.gateway.management.AwsCalls;
import io.redward.gateway.management.ClusterApi;
import io.redward.gateway.management.ServerlessApi;
import io.redward.gateway.management.WarehouseAddress;
import io.redward.gateway.observe.Health;
import io.redward.gateway.observe.WarehouseMetrics;
import io.redward.leader.session.Uploads;
import io.redward.leader.session.Warehouse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything on the HTTP port.
final class HttpEndpoint implements AutoCloseable {
  private final HttpServer server;
  private final DataOperations dataApi;
  private final DataOperations console;

  private HttpEndpoint(HttpServer server, DataOperations dataApi, DataOperations console) {
    this.server = server;
    this.dataApi = dataApi;
    this.console = console;
  }

  /// @param keyFile access keys; without one only trusted callers are served
  /// @param pgPort where the wire protocol is
  record Access(
      List<HttpServer.Port> ports, boolean trustLoopback, Optional<Path> keyFile, int pgPort) {}

  /// What probes ask.
  ///
  /// @param ready whether statements sent now would be served
  /// @param warm whether they would take no longer than those that are sent later
  record Probes(Health ready, Health warm) {}

  /// What is served.
  ///
  /// @param uploads where the console puts files that users hand over
  record Served(Warehouse warehouse, Uploads uploads) {}

  static HttpEndpoint start(
      Served served, Access access, Path results, WarehouseMetrics metrics, Probes probes) {
    Warehouse warehouse = served.warehouse();
    InstantSource clock = InstantSource.system();
    AccessKeys keys = access.keyFile().map(AccessKeys::read).orElseGet(AccessKeys::none);
    Callers callers = new Callers(access.trustLoopback(), keys, clock);
    DataOperations dataApi =
        new DataOperations(
            warehouse, new DataApiOptions(results, DataApiOptions.Limits.DOCUMENTED), clock);
    DataOperations console =
        new DataOperations(
            warehouse,
            new DataApiOptions(
                results.resolveSibling("console-results"), DataApiOptions.Limits.CONSOLE),
            clock);
    WarehouseAddress where = new WarehouseAddress(access.pgPort(), clock.instant());
    AwsCalls calls =
        new AwsCalls(
            new DataApi(dataApi, callers),
            new ClusterApi(warehouse, callers, where),
            new ServerlessApi(warehouse, callers, where));
    HttpPage alive = Health::alive;
    HttpPage site = new ConsoleSite();
    Map<String, HttpPage> pages =
        Map.of(
            "/health", alive,
            "/health/live", alive,
            "/health/ready", probes.ready(),
            "/health/warm", probes.warm(),
            "/metrics", metrics,
            "/", site,
            "/console/*", site,
            "/manual/*", site);
    Map<String, HttpPage> posts =
        Map.of(
            "/",
            calls,
            ConsoleApi.PREFIX + "*",
            new ConsoleApi(
                warehouse, callers, console, new ConsoleUploads(served.uploads()), clock));
    return new HttpEndpoint(HttpServer.start(access.ports(), pages, posts), dataApi, console);
  }

  /// Takes no more statements and waits for those that run, no longer than to `deadline`.
  void drain(long deadlineNanos) {
    dataApi.end();
    console.end();
    try {
      while (dataApi.activeStatements() + console.activeStatements() > 0
          && System.nanoTime() < deadlineNanos) {
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The ports that are really listened on, in the order in which they were asked for.
  List<Integer> ports() {
    return server.ports();
  }

  @Override
  public void close() {
    server.close();
    dataApi.close();
    console.close();
  }
}
