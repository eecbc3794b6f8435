package io.redward.server;

import io.redward.cluster.node.ClusterOptions;
import io.redward.gateway.pgwire.PgServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
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
  /// How much later than its port is open a server may call itself ready, so that its first
  /// statements need not wait.
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  @Mixin private DataDirectory data = new DataDirectory();

  @Mixin private StoreChoice store = new StoreChoice();

  @Mixin private HistoryChoice history = new HistoryChoice();

  @Mixin private CacheChoice cache = new CacheChoice();

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

  @Option(
      names = "--load-root",
      paramLabel = "DIR",
      description =
          "Directory from which users who are no superusers may COPY files; may be given several"
              + " times.")
  private List<Path> loadRoots = new ArrayList<>();

  @Mixin private HttpChoice web = new HttpChoice();

  @Option(
      names = "--no-warm-up",
      description =
          "Be ready at once, and do not run statements of the server's own in the background to get"
              + " first queries compiled.")
  private boolean cold;

  @Mixin private ClusterChoice cluster = new ClusterChoice();

  @Mixin private ScalingChoice scaling = new ScalingChoice();

  @Option(names = "--end-with", paramLabel = "PID", hidden = true)
  private Optional<Long> parent = Optional.empty();

  @Mixin private ClientChoice clients = new ClientChoice();

  @Mixin private WatchChoice watch = new WatchChoice();

  @Override
  public Integer call() throws Exception {
    long begun = System.nanoTime();
    watch.chooseLogFormat();
    Path directory = data.path();
    StorageSettings storage = history.settings(store.elsewhere(directory), cache.settings());
    if (cluster.role() == ClusterOptions.Role.SCALING) {
      return scale(directory, storage, begun);
    }
    Optional<ClusterOptions> membership = cluster.options(directory);
    if (membership.isPresent() && cluster.role() == ClusterOptions.Role.COMPUTE) {
      return compute(directory, storage, membership.get(), begun);
    }
    InetAddress address = InetAddress.getByName(listen);
    InetSocketAddress socket = new InetSocketAddress(address, port);
    CountDownLatch ended = new CountDownLatch(1);
    EmbeddedWarehouse warehouse;
    EmbeddedWarehouse.Place place;
    try {
      place =
          new EmbeddedWarehouse.Place(
              socket,
              !requirePassword,
              membership,
              web.certificate(),
              scaling.scaling(directory, store, cluster.secret()));
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("redward: " + e.getMessage());
      return 1;
    }
    try {
      warehouse =
          cold
              ? EmbeddedWarehouse.start(directory, storage, loadRoots, place)
              : EmbeddedWarehouse.startWarming(directory, storage, loadRoots, place);
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
    watch.apply(warehouse);
    clients.apply(warehouse);
    String http;
    try {
      http = web.serve(warehouse, socket, !requirePassword);
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      warehouse.close();
      System.err.println(
          "redward: cannot serve HTTP: "
              + e.getMessage()
              + "\n  hint: choose another port with --http-port, or -1 for none.");
      return 1;
    }
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  warehouse.drain(clients.grace());
                  warehouse.close();
                  ended.countDown();
                },
                "shutdown"));
    warehouse.goOnWarming(PATIENCE);
    System.out.printf(
        "redward: ready on %s:%d%s, data in %s (%d ms)%n",
        listen, warehouse.port(), http, directory, (System.nanoTime() - begun) / 1_000_000);
    System.out.flush();
    ended.await();
    return 0;
  }

  private static int compute(
      Path directory, StorageSettings storage, ClusterOptions options, long begun)
      throws IOException, InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    ComputeServer node = ComputeServer.start(directory, storage, options);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  node.close();
                  ended.countDown();
                },
                "shutdown"));
    System.out.printf(
        "redward: compute node ready on %s, %d members (%d ms)%n",
        node.address(), node.memberCount(), (System.nanoTime() - begun) / 1_000_000);
    System.out.flush();
    ended.await();
    return 0;
  }

  /// Ends this process when another one does, at once if there is no such process.
  private static void endWith(long pid) {
    CompletableFuture<ProcessHandle> ended =
        ProcessHandle.of(pid)
            .map(ProcessHandle::onExit)
            .orElse(CompletableFuture.completedFuture(ProcessHandle.current()));
    CompletableFuture<Void> unused = ended.thenRun(() -> Runtime.getRuntime().halt(0));
  }

  private int scale(Path directory, StorageSettings storage, long begun)
      throws IOException, InterruptedException {
    Optional<String> secret = cluster.secret();
    if (secret.isEmpty()) {
      System.err.println("redward: a scaling cluster needs the leader's secret");
      return 1;
    }
    CountDownLatch ended = new CountDownLatch(1);
    parent.ifPresent(StartCommand::endWith);
    InetSocketAddress address = cluster.address();
    ScalingProcess process = ScalingProcess.start(directory, storage, address, secret.get());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  process.close();
                  ended.countDown();
                },
                "shutdown"));
    System.out.printf(
        "redward: scaling cluster ready on %s:%d (%d ms)%n",
        address.getHostString(), process.port(), (System.nanoTime() - begun) / 1_000_000);
    System.out.flush();
    ended.await();
    return 0;
  }
}
