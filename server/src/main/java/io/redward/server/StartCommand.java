package io.redward.server;

import io.redward.gateway.pgwire.PgServerOptions;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `start`: serves a data directory in the foreground until SIGTERM or Ctrl-C.
@Command(
    name = "start",
    description = "Serve a data directory in the foreground; SIGTERM stops it cleanly.",
    mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
  @Mixin private DataDirectory data = new DataDirectory();

  @Mixin private StoreChoice store = new StoreChoice();

  @Option(
      names = "--port",
      defaultValue = "" + PgServerOptions.DEFAULT_PORT,
      description = "Port, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--listen",
      paramLabel = "ADDR",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on (default: ${DEFAULT-VALUE}). With any other address every"
              + " connection that is not from this machine needs a password.")
  private String listen = "127.0.0.1";

  @Option(
      names = "--require-password",
      description = "Ask connections from this machine for a password too.")
  private boolean requirePassword;

  @Override
  public Integer call() throws Exception {
    long begun = System.nanoTime();
    Path directory = data.path();
    Optional<StoreAddress> objects = store.address();
    InetAddress address = InetAddress.getByName(listen);
    CountDownLatch ended = new CountDownLatch(1);
    EmbeddedWarehouse warehouse;
    try {
      warehouse =
          EmbeddedWarehouse.start(
              directory, objects, new InetSocketAddress(address, port), !requirePassword);
    } catch (BindException e) {
      System.err.println(
          "redward: cannot listen on "
              + listen
              + ":"
              + port
              + ": "
              + e.getMessage()
              + "\n  hint: another server may use the port; choose one with --port, or 0 for any.");
      return 1;
    }
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  warehouse.close();
                  ended.countDown();
                },
                "shutdown"));
    System.out.printf(
        "redward: ready on %s:%d, data in %s (%d ms)%n",
        listen, warehouse.port(), directory, (System.nanoTime() - begun) / 1_000_000);
    System.out.flush();
    ended.await();
    return 0;
  }
}
