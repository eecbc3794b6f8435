package io.redward.gateway.pgwire;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.gateway.tls.TlsCertificate;
import io.redward.leader.session.Session;
import io.redward.leader.session.Warehouse;
import io.redward.leader.system.ClientTraits;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client from start-up to its end: the loop that reads a message and has it carried out.
final class Connection {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Socket plain;
  private final Warehouse warehouse;
  private final Terms terms;
  private final TlsCertificate certificate;
  private final long begunAt = System.nanoTime();
  private volatile boolean ending;
  private volatile @Nullable Session session;
  private volatile @Nullable Conversation conversation;
  private volatile @Nullable MessageWriter writer;
  private volatile Optional<Socket> secure = Optional.empty();

  /// What holds for a connection.
  ///
  /// @param admitted false if there are too many already: it is told so
  record Terms(PgServerOptions options, PgLimits limits, boolean admitted) {}

  Connection(Socket plain, Warehouse warehouse, Terms terms, TlsCertificate certificate) {
    this.plain = plain;
    this.warehouse = warehouse;
    this.terms = terms;
    this.certificate = certificate;
  }

  void run() throws IOException {
    try {
      switch (Startup.read(plain, certificate, terms.limits().maxMessageBytes())) {
        case Startup.Outcome.Cancel cancel -> warehouse.cancel(cancel.processId(), cancel.secret());
        case Startup.Outcome.Begin begin -> converse(begin);
      }
    } catch (SqlException e) {
      refuse(e);
    } catch (ProtocolException e) {
      refuse(new SqlException(SqlState.PROTOCOL_VIOLATION, message(e)));
    } catch (EOFException e) {
      LOG.debug("client went away: {}", e.toString());
    } finally {
      Session open = session;
      if (open != null) {
        open.close();
      }
    }
  }

  /// Tells a client that has not begun why it may not.
  private void refuse(SqlException reason) throws IOException {
    Backend backend = new Backend(new MessageWriter(plain.getOutputStream()));
    backend.error("FATAL", reason);
    backend.flush();
  }

  private void converse(Startup.Outcome.Begin begin) throws IOException {
    Startup.Channel channel = begin.channel();
    MessageWriter out = new MessageWriter(channel.socket().getOutputStream());
    writer = out;
    secure = channel.encrypted() ? Optional.of(channel.socket()) : Optional.empty();
    Backend backend = new Backend(out);
    try {
      requireRoom();
      Session opened = logIn(begin, backend);
      session = opened;
      channel.socket().setSoTimeout(0);
      opened.whenTerminated(this::stopReading);
      Conversation begun = new Conversation(opened, backend, channel.reader(), () -> ending);
      conversation = begun;
      backend.readyForQuery(opened.transactionState());
      begun.run();
    } catch (SqlException e) {
      backend.error("FATAL", e);
      backend.flush();
    } catch (ProtocolException e) {
      backend.error("FATAL", new SqlException(SqlState.PROTOCOL_VIOLATION, message(e)));
      backend.flush();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void requireRoom() {
    if (!terms.admitted()) {
      throw new SqlException(SqlState.TOO_MANY_CONNECTIONS, "sorry, too many clients already")
          .withDetail(
              "The server takes at most " + terms.limits().maxConnections() + " connections.")
          .withHint("Close idle connections, use a pool, or raise --max-connections.");
    }
  }

  private Session logIn(Startup.Outcome.Begin begin, Backend backend) throws IOException {
    if (begin.minorVersion() > 0 || !begin.unsupportedOptions().isEmpty()) {
      MessageWriter out = backend.writer();
      out.begin('v');
      out.int32(Startup.VERSION_3);
      out.int32(begin.unsupportedOptions().size());
      begin.unsupportedOptions().forEach(out::string);
      out.end();
    }
    Map<String, String> settings = new HashMap<>(begin.parameters());
    String user = begin.parameters().getOrDefault("user", "");
    String database = begin.parameters().getOrDefault("database", user);
    settings.remove("user");
    settings.remove("database");
    boolean trusted = terms.options().trustLoopback() && plain.getInetAddress().isLoopbackAddress();
    int secret = RANDOM.nextInt();
    Warehouse.Login login =
        new Warehouse.Login(user, database, remote(), secret, traits(begin, trusted));
    if (!trusted) {
      String address = plain.getInetAddress().getHostAddress();
      try {
        warehouse.awaitLogin(user, address);
        new Authenticator(warehouse, backend, begin.channel().reader())
            .authenticate(user, client(begin));
      } catch (SqlException e) {
        warehouse.loginFailed(login);
        throw e;
      }
      warehouse.loggedIn(user, address);
    }
    Session opened = warehouse.open(login, settings);
    backend.authentication(0, new byte[0]);
    for (Map.Entry<String, String> status : warehouse.reportedSettings().entrySet()) {
      backend.parameterStatus(status.getKey(), status.getValue());
    }
    backend.parameterStatus("session_authorization", user);
    backend.backendKey(opened.processId(), secret);
    return opened;
  }

  /// What drivers tell of themselves as they connect, and what the channel tells.
  private static ClientTraits traits(Startup.Outcome.Begin begin, boolean trusted) {
    Map<String, String> told = begin.parameters();
    Optional<SSLSession> tls =
        begin.channel().socket() instanceof SSLSocket secure
            ? Optional.of(secure.getSession())
            : Optional.empty();
    String protocol = told.getOrDefault("client_protocol_version", "0");
    return new ClientTraits(
        trusted ? "trust" : "password",
        tls.map(SSLSession::getProtocol).orElse(""),
        tls.map(SSLSession::getCipherSuite).orElse(""),
        told.getOrDefault("os_version", ""),
        told.getOrDefault("driver_version", ""),
        told.getOrDefault("plugin_name", ""),
        protocol.matches("\\d{1,4}") ? Integer.parseInt(protocol) : 0);
  }

  /// The client's address and port.
  private String remote() {
    return plain.getInetAddress().getHostAddress() + ":" + plain.getPort();
  }

  private Authenticator.Client client(Startup.Outcome.Begin begin) throws IOException {
    boolean encrypted = begin.channel().encrypted();
    return new Authenticator.Client(
        begin.parameters().containsKey("client_protocol_version"),
        encrypted,
        encrypted ? Optional.of(certificate.hash()) : Optional.empty());
  }

  private static String message(ProtocolException e) {
    String message = e.getMessage();
    return message == null ? "protocol violation" : message;
  }

  /// Makes the conversation find the end of its input, from another thread. TLS takes an end it was
  /// not told of for an attack and then sends nothing more; so there the client is told from here.
  private void stopReading() {
    try {
      Conversation open = conversation;
      if (secure.isPresent() && open != null && open.isWaiting()) {
        Backend backend = new Backend(new MessageWriter(secure.get().getOutputStream()));
        Session ended = session;
        backend.error(
            "FATAL",
            ended == null
                ? Conversation.shutdown()
                : ended.terminated().orElseGet(Conversation::shutdown));
        backend.flush();
        secure.get().close();
      } else {
        plain.shutdownInput();
      }
    } catch (IOException e) {
      LOG.debug("ending a session: {}", e.toString());
    }
  }

  /// Has the session end with 57P01 as soon as it does nothing, from another thread.
  void endWhenIdle() {
    ending = true;
    Conversation open = conversation;
    if (open != null && open.isIdle()) {
      stopReading();
    }
  }

  /// Ends the session with 57P01 whatever it does, from another thread.
  void terminate() {
    Session open = session;
    if (open == null) {
      cut();
    } else {
      open.terminate(Conversation.shutdown());
    }
  }

  /// Closes a connection that does not log in, or whose client takes nothing of what is sent.
  void closeIfStuck(long now) {
    Session open = session;
    MessageWriter out = writer;
    if (open == null) {
      if (now - begunAt > terms.limits().login().toNanos()) {
        LOG.info("a connection from {} did not log in in time", plain.getRemoteSocketAddress());
        cut();
      }
    } else if (out != null && out.stalledNanos(now) > terms.limits().stalled().toNanos()) {
      LOG.warn("a client at {} takes no data: disconnected", plain.getRemoteSocketAddress());
      shutDown();
    }
  }

  /// Cancels what runs and cuts the connection, from another thread.
  void shutDown() {
    Session open = session;
    if (open != null) {
      open.cancel();
    }
    cut();
  }

  private void cut() {
    try {
      plain.close();
    } catch (IOException e) {
      LOG.debug("closing a connection: {}", e.toString());
    }
  }
}
