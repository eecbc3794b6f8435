package io.redward.gateway.pgwire;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.session.Warehouse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accepts connections on one port, a virtual thread each, until closed.
public final class PgServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PgServer.class);
  private static final int BACKLOG = 1024;
  private static final int REFUSAL_TIMEOUT_MILLIS = 1_000;

  private final Warehouse warehouse;
  private final PgServerOptions options;
  private final ServerSocket listener;
  private final TlsCertificate certificate;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger open = new AtomicInteger();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private volatile boolean closing;

  private PgServer(Warehouse warehouse, PgServerOptions options, ServerSocket listener) {
    this.warehouse = warehouse;
    this.options = options;
    this.listener = listener;
    this.certificate = new TlsCertificate(options.certificateFile());
  }

  /// Listens and returns at once.
  ///
  /// @throws IOException if the port is taken or the address is not this machine's
  public static PgServer start(Warehouse warehouse, PgServerOptions options) throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(options.address(), BACKLOG);
    PgServer server = new PgServer(warehouse, options, listener);
    Thread.ofPlatform().name("pgwire-accept").daemon(false).start(server::acceptAll);
    return server;
  }

  /// Has the certificate at hand before a client asks for TLS: making it takes a second or more.
  public void warmUp() {
    try {
      certificate.context();
    } catch (IOException e) {
      LOG.warn("no certificate for TLS yet: {}", e.toString());
    }
  }

  /// The port that is really listened on.
  public int port() {
    return ((InetSocketAddress) listener.getLocalSocketAddress()).getPort();
  }

  public int connectionCount() {
    return open.get();
  }

  /// Connections taken since the start, refused ones too.
  public long acceptedCount() {
    return accepted.sum();
  }

  /// Connections refused since the start because there were too many.
  public long refusedCount() {
    return refused.sum();
  }

  private void acceptAll() {
    while (!closing) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().name("pgwire-connection").start(() -> serve(socket));
      } catch (IOException e) {
        if (!closing) {
          LOG.warn("accept failed: {}", e.toString());
        }
      }
    }
  }

  private void serve(Socket socket) {
    accepted.increment();
    boolean admitted = open.incrementAndGet() <= options.maxConnections();
    try (socket) {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      if (!admitted) {
        refused.increment();
        refuse(socket);
        return;
      }
      Connection connection = new Connection(socket, warehouse, options, certificate);
      connections.add(connection);
      try {
        connection.run();
      } finally {
        connections.remove(connection);
      }
    } catch (IOException e) {
      LOG.debug("connection ended: {}", e.toString());
    } catch (RuntimeException e) {
      LOG.error("connection failed", e);
    } finally {
      open.decrementAndGet();
    }
  }

  private static void refuse(Socket socket) throws IOException {
    socket.setSoTimeout(REFUSAL_TIMEOUT_MILLIS);
    Backend backend = new Backend(new MessageWriter(socket.getOutputStream()));
    backend.error(
        "FATAL",
        new SqlException(SqlState.TOO_MANY_CONNECTIONS, "sorry, too many clients already"));
    backend.flush();
  }

  /// Stops accepting, tells every client, and cuts the connections.
  @Override
  public void close() {
    closing = true;
    try {
      listener.close();
    } catch (IOException e) {
      LOG.debug("closing the listener: {}", e.toString());
    }
    for (Connection connection : connections) {
      connection.shutDown();
    }
  }
}
