package io.redward.gateway.pgwire;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import jdk.net.ExtendedSocketOptions;

/// Finds out about clients that have gone without a word: the operating system asks an idle one
/// after a minute and gives it up after another.
final class KeepAlive {
  private static final int IDLE_SECONDS = 60;
  private static final int INTERVAL_SECONDS = 10;
  private static final int ATTEMPTS = 6;

  private KeepAlive() {}

  static void set(Socket socket) throws IOException {
    socket.setKeepAlive(true);
    option(socket, ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_SECONDS);
    option(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, INTERVAL_SECONDS);
    option(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, ATTEMPTS);
  }

  private static void option(Socket socket, SocketOption<Integer> option, int value)
      throws IOException {
    if (socket.supportedOptions().contains(option)) {
      socket.setOption(option, value);
    }
  }
}
