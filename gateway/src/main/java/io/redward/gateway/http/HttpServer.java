package io.redward.gateway.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves pages over HTTP.
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  /// Held, because a logger nobody holds forgets its level; the web server tells of its start at
  /// INFO on the terminal.
  private static final java.util.logging.Logger WEB_SERVER_LOG =
      java.util.logging.Logger.getLogger("io.helidon");

  private static final int MAX_REQUEST_BYTES = 8 << 20;
  private static final int MAX_CONNECTIONS = 2_000;

  private final List<Port> ports;
  private final WebServer server;

  private HttpServer(List<Port> ports, Map<String, HttpPage> pages, Map<String, HttpPage> calls) {
    this.ports = List.copyOf(ports);
    WEB_SERVER_LOG.setLevel(Level.WARNING);
    WebServerConfig.Builder builder = WebServer.builder().shutdownHook(false);
    for (int i = 0; i < ports.size(); i++) {
      Port port = ports.get(i);
      if (i == 0) {
        listen(builder, port, pages, calls);
      } else {
        builder.putSocket(port.toString(), listener -> listen(listener, port, pages, calls));
      }
    }
    server = builder.build();
  }

  private static void listen(
      ListenerConfig.BuilderBase<?, ?> listener,
      Port port,
      Map<String, HttpPage> pages,
      Map<String, HttpPage> calls) {
    port.tls().ifPresent(context -> listener.tls(tls -> tls.sslContext(context)));
    listener
        .address(port.address().getAddress())
        .port(port.address().getPort())
        .maxPayloadSize(MAX_REQUEST_BYTES)
        .maxTcpConnections(MAX_CONNECTIONS)
        .shutdownGracePeriod(Duration.ofMillis(100))
        .routing(routing -> route(routing, pages, calls));
  }

  /// Where to listen.
  ///
  /// @param address port 0 takes any free one
  /// @param tls what speaks TLS there; empty for plain HTTP
  public record Port(InetSocketAddress address, Optional<SSLContext> tls) {}

  /// Listens and returns.
  ///
  /// @param ports one or more
  /// @param pages what GET gives, by path; one that ends with `/*` stands for all below it
  /// @param calls what POST is answered by, by path
  /// @throws java.io.UncheckedIOException if the port is taken or the address is not this machine's
  public static HttpServer start(
      List<Port> ports, Map<String, HttpPage> pages, Map<String, HttpPage> calls) {
    HttpServer started = new HttpServer(ports, pages, calls);
    started.server.start();
    return started;
  }

  private static void route(
      HttpRouting.Builder routing, Map<String, HttpPage> pages, Map<String, HttpPage> calls) {
    pages.forEach(
        (path, page) -> routing.get(path, (request, response) -> serve(page, request, response)));
    calls.forEach(
        (path, page) -> routing.post(path, (request, response) -> serve(page, request, response)));
  }

  private static void serve(HttpPage page, ServerRequest request, ServerResponse response) {
    HttpAnswer answer;
    try {
      answer = page.answer(read(request));
    } catch (RuntimeException e) {
      LOG.error("request failed", e);
      answer = HttpAnswer.text(500, "internal error\n");
    }
    response.status(Status.create(answer.status()));
    response.header(HeaderNames.CONTENT_TYPE, answer.contentType());
    answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
    response.send(answer.body());
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
        ((InetSocketAddress) request.remotePeer().address()).getAddress(),
        request.isSecure());
  }

  /// The ports that are really listened on, in the order in which they were asked for.
  public List<Integer> ports() {
    List<Integer> found = new ArrayList<>();
    found.add(server.port());
    ports.stream().skip(1).forEach(port -> found.add(server.port(port.toString())));
    return found;
  }

  @Override
  public void close() {
    server.stop();
  }
}
