package io.redward.gateway.pgwire;

import io.redward.gateway.tls.TlsCertificate;
import io.redward.leader.session.Warehouse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accepts connections on one port, a virtual thread each, until closed.
public final class PgServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PgServer.class);
  private static final int BACKLOG = 1024;

  /// Beyond so many connections that are being told that there are too many, others are told
  /// nothing.
  private static final int MAX_REFUSALS = 200;

  private static final Duration POLL = Duration.ofMillis(10);
  private static final Duration TERMINATION = Duration.ofSeconds(2);

  private final Warehouse warehouse;
  private final PgServerOptions options;
  private final ServerSocket listener;
  private final TlsCertificate certificate;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger open = new AtomicInteger();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final ScheduledExecutorService watcher =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("pgwire-watch").factory());
  private volatile PgLimits limits = PgLimits.DEFAULT;
  private volatile boolean closing;
  private volatile boolean ending;

  private PgServer(Warehouse warehouse, PgServerOptions options, ServerSocket listener) {
    this.warehouse = warehouse;
    this.options = options;
    this.listener = listener;
    this.certificate = options.certificate();
    ScheduledFuture<?> unused = watcher.scheduleWithFixedDelay(this::watch, 1, 1, TimeUnit.SECONDS);
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

  /// What clients that ask for TLS are shown.
  public TlsCertificate certificate() {
    return certificate;
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
    PgLimits held = limits;
    accepted.increment();
    int count = open.incrementAndGet();
    try (socket) {
      if (count > held.maxConnections() + MAX_REFUSALS) {
        refused.increment();
        return;
      }
      KeepAlive.set(socket);
      socket.setTcpNoDelay(true);
      boolean admitted = count <= held.maxConnections();
      Connection connection =
          new Connection(
              socket, warehouse, new Connection.Terms(options, held, admitted), certificate);
      if (!admitted) {
        refused.increment();
      }
      connections.add(connection);
      try {
        if (ending) {
          connection.endWhenIdle();
        }
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

  /// Closes connections that do not log in or take nothing of what is sent to them.
  private void watch() {
    long now = System.nanoTime();
    for (Connection connection : connections) {
      connection.closeIfStuck(now);
    }
  }

  /// Holds clients that connect from now on to other limits.
  public void limits(PgLimits limits) {
    this.limits = limits;
  }

  /// Ends in order: takes no new connections, ends idle sessions at once and others when their
  /// transaction has ended, and after `grace` all that are left, with 57P01.
  ///
  /// @return whether all had ended by themselves
  public boolean drain(Duration grace) {
    ending = true;
    stopListening();
    connections.forEach(Connection::endWhenIdle);
    boolean all = awaitNone(grace);
    if (!all) {
      connections.forEach(Connection::terminate);
      awaitNone(TERMINATION);
    }
    return all;
  }

  private boolean awaitNone(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (!connections.isEmpty() && System.nanoTime() < deadline) {
        Thread.sleep(POLL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return connections.isEmpty();
  }

  private void stopListening() {
    closing = true;
    try {
      listener.close();
    } catch (IOException e) {
      LOG.debug("closing the listener: {}", e.toString());
    }
  }

  /// Stops accepting and cuts the connections.
  @Override
  public void close() {
    stopListening();
    watcher.shutdownNow();
    for (Connection connection : connections) {
      connection.shutDown();
    }
  }
}
