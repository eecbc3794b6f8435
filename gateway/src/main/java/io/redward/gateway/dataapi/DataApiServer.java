package io.redward.gateway.dataapi;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.redward.foundation.base.SqlException;
import io.redward.leader.session.Warehouse;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// The Data API's HTTP service.
public final class DataApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataApiServer.class);

  /// Held, because a logger nobody holds forgets its level; the web server tells of its start at
  /// INFO on the terminal.
  private static final java.util.logging.Logger WEB_SERVER_LOG =
      java.util.logging.Logger.getLogger("io.helidon");

  private static final String TARGET_PREFIX = "RedshiftData.";
  private static final int MAX_REQUEST_BYTES = 8 << 20;
  private static final int MAX_CONNECTIONS = 2_000;

  private final StatementDesk desk;
  private final StatementCalls statements;
  private final CatalogCalls catalog;
  private final Callers callers;
  private final WebServer server;

  private DataApiServer(Warehouse warehouse, DataApiOptions options, InstantSource clock) {
    WEB_SERVER_LOG.setLevel(Level.WARNING);
    desk = new StatementDesk(warehouse, clock, options.directory(), options.limits());
    statements = new StatementCalls(desk, options.limits());
    catalog = new CatalogCalls(warehouse);
    AccessKeys keys = options.keyFile().map(AccessKeys::read).orElseGet(AccessKeys::none);
    callers = new Callers(options.trustLoopback(), new SignatureCheck(keys, clock));
    server =
        WebServer.builder()
            .address(options.address().getAddress())
            .port(options.address().getPort())
            .maxPayloadSize(MAX_REQUEST_BYTES)
            .maxTcpConnections(MAX_CONNECTIONS)
            .shutdownHook(false)
            .shutdownGracePeriod(Duration.ofMillis(100))
            .routing(
                routing ->
                    routing
                        .get("/health", (_, response) -> response.send("ok\n"))
                        .post("/", this::serve))
            .build();
  }

  /// Listens and returns.
  ///
  /// @throws java.io.UncheckedIOException if the port is taken or the address is not this machine's
  /// @throws IllegalArgumentException if the key file cannot be read
  public static DataApiServer start(Warehouse warehouse, DataApiOptions options) {
    DataApiServer api = new DataApiServer(warehouse, options, InstantSource.system());
    api.server.start();
    return api;
  }

  /// The port that is really listened on.
  public int port() {
    return server.port();
  }

  private void serve(ServerRequest request, ServerResponse response) {
    ObjectNode answer;
    response.header(HeaderNames.create("x-amzn-RequestId"), UUID.randomUUID().toString());
    response.header(HeaderNames.CONTENT_TYPE, "application/x-amz-json-1.1");
    try {
      HttpCall call = read(request);
      Caller caller = callers.identify(call);
      answer = answer(call, caller);
    } catch (ApiException e) {
      answer = error(response, e);
    } catch (SqlException e) {
      answer = error(response, ApiException.validation(e.message()));
    } catch (RuntimeException e) {
      LOG.error("data api call failed", e);
      answer = error(response, ApiException.of(500, "InternalServerException", "internal error"));
    }
    response.send(ApiBody.MAPPER.writeValueAsBytes(answer));
  }

  private static HttpCall read(ServerRequest request) {
    Map<String, List<String>> headers = new HashMap<>();
    for (Header header : request.headers()) {
      headers.put(header.name().toLowerCase(Locale.ROOT), header.allValues());
    }
    headers.put("host", List.of(request.authority()));
    byte[] body = request.content().hasEntity() ? request.content().as(byte[].class) : new byte[0];
    return new HttpCall(
        request.prologue().method().text(),
        request.path().rawPath()
            + (request.query().isEmpty() ? "" : "?" + request.query().rawValue()),
        headers,
        body,
        ((InetSocketAddress) request.remotePeer().address()).getAddress());
  }

  private ObjectNode answer(HttpCall call, Caller caller) {
    String target = call.header("x-amz-target").orElse("");
    if (!target.startsWith(TARGET_PREFIX)) {
      throw unknown(target);
    }
    ApiBody body = ApiBody.parse(call.body());
    return switch (target.substring(TARGET_PREFIX.length())) {
      case "ExecuteStatement" -> statements.execute(body, caller);
      case "BatchExecuteStatement" -> statements.executeBatch(body, caller);
      case "DescribeStatement" -> statements.describe(body, caller);
      case "GetStatementResult" -> statements.results(body, caller, false);
      case "GetStatementResultV2" -> statements.results(body, caller, true);
      case "ListStatements" -> statements.list(body, caller);
      case "CancelStatement" -> statements.cancel(body, caller);
      case "ListDatabases" -> catalog.databases(body, caller);
      case "ListSchemas" -> catalog.schemas(body, caller);
      case "ListTables" -> catalog.tables(body, caller);
      case "DescribeTable" -> catalog.columns(body, caller);
      default -> throw unknown(target);
    };
  }

  private static ApiException unknown(String target) {
    return ApiException.of(
        400, "UnknownOperationException", "Operation \"" + target + "\" does not exist.");
  }

  private static ObjectNode error(ServerResponse response, ApiException e) {
    response.status(Status.create(e.status()));
    response.header(HeaderNames.create("x-amzn-ErrorType"), e.type());
    ObjectNode node = ApiBody.MAPPER.createObjectNode();
    node.put("__type", e.type());
    node.put("Message", e.text());
    e.members().forEach(node::put);
    return node;
  }

  /// Stops listening, stops what runs and forgets all statements.
  @Override
  public void close() {
    server.stop();
    desk.close();
  }
}
