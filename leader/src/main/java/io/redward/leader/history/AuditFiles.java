package io.redward.leader.history;

import io.redward.leader.system.AccessLog;
import io.redward.leader.system.QueryLog;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The audit log as text files, a line for each event and a file for each day and kind:
/// connections, changes of users, statements. What is written reaches the file within a second. Old
/// files are left to whoever reads them. Thread-safe.
public final class AuditFiles implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditFiles.class);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss:SSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /// The kinds of files, as they are named.
  private enum Kind {
    CONNECTIONLOG,
    USERLOG,
    USERACTIVITYLOG
  }

  /// An open file.
  private record Open(LocalDate day, BufferedWriter writer) {}

  /// Between sslcipher and the application: mtu, sslcompression, sslexpansion, iamauthguid, which
  /// are not known of a connection.
  private static final String NOT_KNOWN_OF_TLS_AND_IAM = "|".repeat(3);

  /// Behind the version of the protocol: sessionid, compression, which are not known either.
  private static final String NOT_KNOWN_OF_SESSIONS = "|";

  private final Path directory;
  private final Map<Kind, Open> files = new EnumMap<>(Kind.class);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread flusher;
  private boolean failing;

  private AuditFiles(Path directory) {
    this.directory = directory;
    flusher = Thread.ofPlatform().daemon().name("audit").unstarted(this::flushing);
  }

  /// Opens the directory, making it if needed.
  public static AuditFiles open(Path directory) throws IOException {
    Files.createDirectories(directory);
    AuditFiles files = new AuditFiles(directory);
    files.flusher.start();
    return files;
  }

  /// Writes what happened to a connection.
  public void connection(AccessLog.Connection c) {
    int port = c.address().lastIndexOf(':');
    write(
        Kind.CONNECTIONLOG,
        c.at(),
        String.join(
            "|",
            c.event(),
            TIME.format(c.at()),
            port < 0 ? c.address() : c.address().substring(0, port),
            port < 0 ? "" : c.address().substring(port + 1),
            Integer.toString(c.processId()),
            c.database(),
            c.user(),
            c.client().method(),
            Long.toString(c.micros()),
            c.client().tls(),
            c.client().cipher(),
            NOT_KNOWN_OF_TLS_AND_IAM,
            c.application(),
            plain(c.client().os()),
            plain(c.client().driver()),
            plain(c.client().plugin()),
            Integer.toString(c.client().protocol()),
            NOT_KNOWN_OF_SESSIONS));
  }

  /// What a client says of itself, on one line and in one field.
  private static String plain(String told) {
    return told.replaceAll("[|\\p{Cntrl}]", " ");
  }

  /// Writes a change of a user.
  public void user(AccessLog.UserChange c) {
    write(
        Kind.USERLOG,
        c.at(),
        String.join(
            "|",
            Integer.toString(c.userOid()),
            c.name(),
            c.oldName().orElse(""),
            c.action(),
            c.createDatabase() ? "1" : "0",
            c.superuser() ? "1" : "0",
            "0",
            c.validUntil().isPresent()
                ? Instant.EPOCH.plus(c.validUntil().getAsLong(), ChronoUnit.MICROS).toString()
                : "",
            Integer.toString(c.processId()),
            Long.toString(c.transactionId()),
            TIME.format(c.at())));
  }

  /// Writes a statement that has ended; other events are none of this log.
  public void event(QueryLog.Event event) {
    if (event instanceof QueryLog.Entry entry) {
      QueryLog.Issuer issuer = entry.issuer();
      write(
          Kind.USERACTIVITYLOG,
          entry.at(),
          "'%s UTC [ db=%s user=%s pid=%d userid=%d xid=%d ]' LOG: %s"
              .formatted(
                  entry.start().truncatedTo(ChronoUnit.SECONDS),
                  issuer.database(),
                  issuer.user(),
                  issuer.processId(),
                  issuer.userOid(),
                  entry.transactionId(),
                  entry.text()));
    }
  }

  /// An event is one line, whatever its texts hold.
  private synchronized void write(Kind kind, Instant at, String line) {
    try {
      BufferedWriter writer = writer(kind, LocalDate.ofInstant(at, ZoneOffset.UTC));
      writer.write(line.replaceAll("[\\r\\n]+", " "));
      writer.write('\n');
      failing = false;
    } catch (IOException e) {
      complain(e);
    }
  }

  private BufferedWriter writer(Kind kind, LocalDate day) throws IOException {
    Open open = files.get(kind);
    if (open == null || open.day().isBefore(day)) {
      if (open != null) {
        files.remove(kind);
        open.writer().close();
      }
      String name = kind.name().toLowerCase(Locale.ROOT) + "-" + day + ".log";
      open =
          new Open(
              day,
              Files.newBufferedWriter(
                  directory.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
      files.put(kind, open);
    }
    return open.writer();
  }

  private void complain(IOException e) {
    if (!failing) {
      LOG.warn("audit log: {} cannot be written: {}", directory, e.toString());
    }
    failing = true;
  }

  private void flushing() {
    boolean last = false;
    while (!last) {
      try {
        last = closing.await(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        last = true;
      }
      flush();
    }
  }

  private synchronized void flush() {
    for (Open open : files.values()) {
      try {
        open.writer().flush();
      } catch (IOException e) {
        complain(e);
      }
    }
  }

  @Override
  public synchronized void close() {
    closing.countDown();
    for (Open open : files.values()) {
      try {
        open.writer().close();
      } catch (IOException e) {
        complain(e);
      }
    }
    files.clear();
  }
}
