package io.redward.tests;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/// Passes connections on to a port, or, while it is cut, takes what is sent and drops it: as a
/// network does that has broken without telling anybody.
final class TcpProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final Set<Socket> sockets = Collections.synchronizedSet(new HashSet<>());
  private volatile boolean cut;

  TcpProxy(int target) throws IOException {
    this.target = target;
    server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    Thread unused = Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  void cut() {
    cut = true;
  }

  /// Connections that have lost something are closed; new ones work.
  void heal() {
    closeAll();
    cut = false;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        sockets.add(client);
        Thread unused = Thread.ofVirtual().start(() -> connect(client));
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private void connect(Socket client) {
    try {
      Socket behind = new Socket(InetAddress.getByName("127.0.0.1"), target);
      sockets.add(behind);
      Thread unused = Thread.ofVirtual().start(() -> pump(client, behind));
      pump(behind, client);
    } catch (IOException _) {
      close(client);
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] bytes = new byte[1 << 16];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      int count = in.read(bytes);
      while (count >= 0) {
        if (!cut) {
          out.write(bytes, 0, count);
        }
        count = in.read(bytes);
      }
    } catch (IOException _) {
      // One side has gone, so the other goes too.
    } finally {
      close(from);
      close(to);
    }
  }

  private void close(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException _) {
      // It is closed, then.
    }
  }

  private void closeAll() {
    for (Socket socket : sockets.toArray(Socket[]::new)) {
      close(socket);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    closeAll();
  }
}
