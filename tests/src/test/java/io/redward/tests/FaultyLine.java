package io.redward.tests;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A line to an HTTP server on which things go wrong when told to. Thread-safe.
final class FaultyLine implements AutoCloseable {
  /// What happens to a request.
  enum Mode {
    /// It gets through.
    CLEAR,
    /// It is answered with 503 SlowDown.
    THROTTLED,
    /// A PUT is answered with 507; others get through.
    FULL,
    /// The connection is closed without an answer.
    VANISHED
  }

  private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket listener;
  private final URI target;
  private final long delayMillis;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Mode mode = Mode.CLEAR;

  FaultyLine(URI target) throws IOException {
    this(target, 0);
  }

  /// @param delayMillis by which everything that is sent comes later
  FaultyLine(URI target, long delayMillis) throws IOException {
    this.target = target;
    this.delayMillis = delayMillis;
    listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /// From now on, also for connections that are open.
  void set(Mode wanted) {
    mode = wanted;
    open.forEach(FaultyLine::close);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        close(listener);
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      Mode now = mode;
      if (now == Mode.VANISHED) {
        return;
      }
      byte[] head = now == Mode.CLEAR ? new byte[0] : head(client.getInputStream());
      boolean put = new String(head, StandardCharsets.ISO_8859_1).startsWith("PUT ");
      if (now == Mode.THROTTLED) {
        answer(client, "503 Slow Down", "SlowDown");
      } else if (now == Mode.FULL && put) {
        answer(client, "507 Insufficient Storage", "InsufficientStorage");
      } else {
        pass(client, head);
      }
    } catch (IOException e) {
      close(client);
    } finally {
      open.remove(client);
    }
  }

  private void pass(Socket client, byte[] head) throws IOException {
    try (Socket server = new Socket(target.getHost(), target.getPort())) {
      open.add(server);
      if (head.length > 0) {
        // One request a connection, so that the next one is looked at too.
        server.getOutputStream().write(head, 0, head.length - 2);
        server
            .getOutputStream()
            .write("Connection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      Thread back = Thread.ofVirtual().start(() -> copy(server, client));
      copyLater(client, server);
      back.join();
      open.remove(server);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void copyLater(Socket from, Socket to) throws InterruptedException {
    byte[] piece = new byte[1 << 16];
    try {
      int count = from.getInputStream().read(piece);
      while (count > 0) {
        Thread.sleep(delayMillis);
        to.getOutputStream().write(piece, 0, count);
        count = from.getInputStream().read(piece);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      close(from);
      close(to);
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      close(from);
      close(to);
    }
  }

  private static byte[] head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < HEAD_END.length) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the client has gone");
      }
      head.write(next);
      matched = next == HEAD_END[matched] ? matched + 1 : next == '\r' ? 1 : 0;
    }
    return head.toByteArray();
  }

  private static void answer(Socket client, String status, String code) throws IOException {
    String body = "<Error><Code>" + code + "</Code><Message>not now</Message></Error>";
    client
        .getOutputStream()
        .write(
            ("HTTP/1.1 "
                    + status
                    + "\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body)
                .getBytes(StandardCharsets.US_ASCII));
    client.shutdownOutput();
    // What the client still sends is read, lest the answer be lost with the connection.
    client.setSoTimeout(200);
    client.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  private static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    open.forEach(FaultyLine::close);
  }
}
