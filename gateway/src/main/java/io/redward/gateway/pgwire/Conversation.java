package io.redward.gateway.pgwire;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.session.ParameterValue;
import io.redward.leader.session.Portal;
import io.redward.leader.session.Prepared;
import io.redward.leader.session.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The messages after login. After an error in the extended protocol everything is skipped up to
/// the next Sync, as the protocol demands.
final class Conversation {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
  private static final int MAX_PREPARED_STATEMENTS = 10_000;

  private final Session session;
  private final Backend backend;
  private final MessageReader in;
  private final Map<String, BoundPortal> portals = new HashMap<>();
  private final BooleanSupplier ending;
  private boolean skipToSync;

  /// Whether the client owes the next message, outside of a transaction and of a sequence.
  private volatile boolean idle;

  /// Whether the client owes the next message.
  private volatile boolean waiting;

  private boolean atRest = true;

  /// A portal and the formats its rows are wanted in.
  private record BoundPortal(Portal portal, FormatCodes formats) {}

  /// @param ending whether the session is to end when it does nothing
  Conversation(Session session, Backend backend, MessageReader in, BooleanSupplier ending) {
    this.session = session;
    this.backend = backend;
    this.in = in;
    this.ending = ending;
  }

  /// True while nothing is lost if the session ends; from any thread.
  boolean isIdle() {
    return idle;
  }

  /// True while nothing is being sent; from any thread.
  boolean isWaiting() {
    return waiting;
  }

  static SqlException shutdown() {
    return new SqlException(
        SqlState.ADMIN_SHUTDOWN, "terminating connection due to administrator command");
  }

  void run() throws IOException {
    while (true) {
      int type = nextMessage();
      if (type < 0 || type == 'X') {
        if (session.terminated().isPresent()) {
          throw session.terminated().get();
        }
        if (type < 0 && ending.getAsBoolean()) {
          throw shutdown();
        }
        return;
      }
      atRest = type == 'Q' || type == 'S';
      if (skipToSync && type != 'S') {
        continue;
      }
      try {
        handle((char) type);
      } catch (SqlException e) {
        if (e.getCause() instanceof UncheckedIOException gone) {
          throw gone.getCause();
        }
        if (e.state() == SqlState.INTERNAL_ERROR) {
          LOG.error("statement failed", e.getCause() == null ? e : e.getCause());
        }
        report(type, e);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      } catch (RuntimeException | Error e) {
        LOG.error("message failed", e);
        report(type, new SqlException(SqlState.INTERNAL_ERROR, "internal error: " + e, e));
      }
    }
  }

  private int nextMessage() throws IOException {
    idle = atRest && session.transactionState() == Session.TransactionState.IDLE;
    waiting = true;
    try {
      if (session.terminated().isPresent()) {
        throw session.terminated().get();
      }
      if (idle && ending.getAsBoolean()) {
        throw shutdown();
      }
      return in.next();
    } finally {
      waiting = false;
      idle = false;
    }
  }

  private void report(int type, SqlException error) throws IOException {
    backend.error("ERROR", error);
    if (type == 'Q') {
      backend.readyForQuery(session.transactionState());
    } else {
      skipToSync = true;
      backend.flush();
    }
  }

  private void handle(char type) throws IOException {
    switch (type) {
      case 'Q' -> query();
      case 'P' -> parse();
      case 'B' -> bind();
      case 'D' -> describe();
      case 'E' -> execute();
      case 'C' -> close();
      case 'S' -> sync();
      case 'H' -> backend.flush();
      case 'd', 'c', 'f' -> LOG.debug("copy data outside of a copy is ignored");
      case 'F' ->
          throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED, "function calls by message are not supported");
      default -> throw new ProtocolException("invalid frontend message type " + (int) type);
    }
  }

  private void query() throws IOException {
    String text = in.string();
    in.end();
    closePortals();
    session.executeScript(text, ResultWriter.simple(backend, in, zone()));
    backend.readyForQuery(session.transactionState());
  }

  private void parse() throws IOException {
    String name = in.string();
    String text = in.string();
    int count = in.int16() & 0xFFFF;
    List<Integer> types = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      types.add(in.int32());
    }
    in.end();
    if (!name.isEmpty() && session.statements().containsKey(name)) {
      throw new SqlException(
          SqlState.DUPLICATE_PREPARED_STATEMENT,
          "prepared statement \"" + name + "\" already exists");
    }
    if (session.statements().size() >= MAX_PREPARED_STATEMENTS) {
      throw new SqlException(
          SqlState.PROGRAM_LIMIT_EXCEEDED,
          "a session holds at most " + MAX_PREPARED_STATEMENTS + " prepared statements");
    }
    session.statements().remove(name);
    session.statements().put(name, session.prepare(text, types));
    backend.plain('1');
  }

  private void bind() throws IOException {
    String portalName = in.string();
    Prepared prepared = statement(in.string());
    FormatCodes parameterFormats = FormatCodes.read(in);
    int count = in.int16() & 0xFFFF;
    if (count != prepared.parameterTypes().size()) {
      throw new SqlException(
          SqlState.PROTOCOL_VIOLATION,
          "bind message supplies "
              + count
              + " parameters, but prepared statement requires "
              + prepared.parameterTypes().size());
    }
    List<ParameterValue> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = in.int32();
      if (length < 0) {
        values.add(new ParameterValue.Null());
      } else {
        byte[] bytes = in.bytes(length);
        values.add(
            parameterFormats.binary(i)
                ? new ParameterValue.Typed(
                    BinaryForm.parameter(prepared.parameterTypes().get(i), bytes))
                : new ParameterValue.Text(MessageReader.decode(bytes, 0, length)));
      }
    }
    FormatCodes resultFormats = FormatCodes.read(in);
    in.end();
    closePortal(portalName);
    portals.put(portalName, new BoundPortal(session.bind(prepared, values), resultFormats));
    backend.plain('2');
  }

  private void describe() throws IOException {
    int kind = in.int8();
    String name = in.string();
    in.end();
    if (kind == 'S') {
      Prepared prepared = statement(name);
      backend.parameterDescription(prepared.parameterTypes());
      describeColumns(prepared, FormatCodes.TEXT);
    } else if (kind == 'P') {
      BoundPortal bound = portal(name);
      describeColumns(bound.portal().prepared(), bound.formats());
    } else {
      throw new SqlException(SqlState.PROTOCOL_VIOLATION, "invalid DESCRIBE message subtype");
    }
  }

  private void describeColumns(Prepared prepared, FormatCodes formats) throws IOException {
    if (prepared.columns().isEmpty()) {
      backend.plain('n');
    } else {
      backend.rowDescription(prepared.columns(), formats);
    }
  }

  private void execute() throws IOException {
    BoundPortal bound = portal(in.string());
    int maxRows = Math.max(0, in.int32());
    in.end();
    Prepared prepared = bound.portal().prepared();
    if (in.syncFollows()) {
      session.expectSync();
    }
    boolean ended =
        bound
            .portal()
            .fetch(
                maxRows, ResultWriter.portal(backend, zone(), bound.formats(), prepared.columns()));
    if (!ended) {
      backend.plain('s');
    }
  }

  private void close() throws IOException {
    int kind = in.int8();
    String name = in.string();
    in.end();
    switch (kind) {
      case 'S' -> session.statements().remove(name);
      case 'P' -> closePortal(name);
      default ->
          throw new SqlException(SqlState.PROTOCOL_VIOLATION, "invalid CLOSE message subtype");
    }
    backend.plain('3');
  }

  private void sync() throws IOException {
    boolean failed = skipToSync;
    skipToSync = false;
    try {
      session.sync(failed);
    } catch (SqlException e) {
      backend.error("ERROR", e);
    }
    if (session.transactionState() == Session.TransactionState.IDLE) {
      closePortals();
    }
    backend.readyForQuery(session.transactionState());
  }

  private Prepared statement(String name) {
    Prepared prepared = session.statements().get(name);
    if (prepared == null) {
      throw new SqlException(
          SqlState.INVALID_STATEMENT_NAME,
          name.isEmpty()
              ? "unnamed prepared statement does not exist"
              : "prepared statement \"" + name + "\" does not exist");
    }
    return prepared;
  }

  private BoundPortal portal(String name) {
    BoundPortal bound = portals.get(name);
    return bound != null
        ? bound
        : session
            .cursor(name)
            .map(cursor -> new BoundPortal(cursor, FormatCodes.TEXT))
            .orElseThrow(
                () ->
                    new SqlException(
                        SqlState.INVALID_CURSOR_NAME, "portal \"" + name + "\" does not exist"));
  }

  private void closePortal(String name) {
    BoundPortal bound = portals.remove(name);
    if (bound != null) {
      bound.portal().close();
    }
  }

  private void closePortals() {
    portals.values().forEach(bound -> bound.portal().close());
    portals.clear();
  }

  private ZoneId zone() {
    return session.timeZone();
  }
}
