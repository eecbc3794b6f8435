package io.redward.server;

import io.redward.cluster.node.ClusterOptions;
import io.redward.codegen.ClassFileCompiler;
import io.redward.codegen.ExpressionEvaluator;
import io.redward.compute.node.LocalRunner;
import io.redward.gateway.http.HttpServer;
import io.redward.gateway.observe.Health;
import io.redward.gateway.observe.ProcessMetrics;
import io.redward.gateway.observe.StatementTraces;
import io.redward.gateway.observe.WarehouseMetrics;
import io.redward.gateway.pgwire.PgLimits;
import io.redward.gateway.pgwire.PgServer;
import io.redward.gateway.pgwire.PgServerOptions;
import io.redward.gateway.tls.TlsCertificate;
import io.redward.leader.session.Engine;
import io.redward.leader.session.LeaderWarehouse;
import io.redward.leader.session.StatementObserver;
import io.redward.leader.session.Uploads;
import io.redward.load.FileLoader;
import io.redward.load.ssh.SshKey;
import io.redward.load.unload.FileUnloader;
import io.redward.plan.run.PlanRunner;
import io.redward.storage.cache.CachedObjectStore;
import io.redward.storage.cache.DiskTier;
import io.redward.storage.namespace.LocalNamespace;
import io.redward.storage.namespace.StorageOptions;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.objectstore.s3.S3Options;
import io.redward.storage.table.Namespace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A whole warehouse in this process: storage, compute, leader and gateway over one data directory.
/// The only place that creates the parts.
public final class EmbeddedWarehouse implements AutoCloseable {
  /// With less on the disk of the data directory the server says it is not ready.
  private static final long LEAST_FREE_BYTES = 64L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedWarehouse.class);

  private final Path directory;
  private final Namespace namespace;
  private final LocalRunner runner;
  private final LeaderWarehouse leader;
  private final PgServer server;
  private final Optional<WarmUp> warmUp;
  private final ServerCluster cluster;
  private volatile boolean starting;
  private volatile boolean ending;
  private Optional<HttpEndpoint> http = Optional.empty();
  private Optional<StatementTraces> traces = Optional.empty();

  private EmbeddedWarehouse(
      Path directory,
      Namespace namespace,
      LocalRunner runner,
      LeaderWarehouse leader,
      PgServer server,
      Optional<WarmUp> warmUp,
      ServerCluster cluster) {
    this.directory = directory;
    this.namespace = namespace;
    this.runner = runner;
    this.leader = leader;
    this.server = server;
    this.warmUp = warmUp;
    this.starting = warmUp.isPresent();
    this.cluster = cluster;
  }

  /// Opens or creates the data directory and listens.
  ///
  /// @param trustLoopback whether connections from this machine need no password
  public static EmbeddedWarehouse start(
      Path directory, InetSocketAddress address, boolean trustLoopback) throws IOException {
    return start(directory, Optional.empty(), List.of(), address, trustLoopback);
  }

  /// The same with the objects elsewhere.
  ///
  /// @param store where the objects are; empty for the data directory
  /// @param loadRoots directories from which users who are no superusers may COPY
  public static EmbeddedWarehouse start(
      Path directory,
      Optional<StoreAddress> store,
      List<Path> loadRoots,
      InetSocketAddress address,
      boolean trustLoopback)
      throws IOException {
    return start(directory, StorageSettings.of(store), loadRoots, address, trustLoopback);
  }

  /// The same with settings for storage.
  public static EmbeddedWarehouse start(
      Path directory,
      StorageSettings storage,
      List<Path> loadRoots,
      InetSocketAddress address,
      boolean trustLoopback)
      throws IOException {
    Place place = new Place(address, trustLoopback, Optional.empty(), Optional.empty());
    return start(directory, storage, loadRoots, place, false);
  }

  /// Where a server is reached.
  ///
  /// @param address where clients find it
  /// @param trustLoopback whether connections from this machine need no password
  /// @param cluster its part in a cluster, if it has one
  /// @param certificate what encrypted ports show; one signed by itself if empty
  /// @param scaling how clusters are added while queries wait
  /// @param runner what runs plans where there is no cluster, given what does so in this process
  public record Place(
      InetSocketAddress address,
      boolean trustLoopback,
      Optional<ClusterOptions> cluster,
      Optional<TlsCertificate> certificate,
      Optional<Scaling> scaling,
      Function<LocalRunner, PlanRunner> runner) {
    /// With plans run by this process's threads or its cluster.
    public Place(
        InetSocketAddress address,
        boolean trustLoopback,
        Optional<ClusterOptions> cluster,
        Optional<TlsCertificate> certificate,
        Optional<Scaling> scaling) {
      this(address, trustLoopback, cluster, certificate, scaling, local -> local);
    }

    /// Where no clusters are added.
    public Place(
        InetSocketAddress address,
        boolean trustLoopback,
        Optional<ClusterOptions> cluster,
        Optional<TlsCertificate> certificate) {
      this(address, trustLoopback, cluster, certificate, Optional.empty());
    }
  }

  /// The same as part of a cluster.
  public static EmbeddedWarehouse start(
      Path directory, StorageSettings storage, List<Path> loadRoots, Place place)
      throws IOException {
    return start(directory, storage, loadRoots, place, false);
  }

  /// The same for a server that means to stay: everything that would make the first statements slow
  /// is made ready beside, from the start until [#goOnWarming] has ended.
  static EmbeddedWarehouse startWarming(
      Path directory,
      StorageSettings storage,
      List<Path> loadRoots,
      InetSocketAddress address,
      boolean trustLoopback)
      throws IOException {
    Place place = new Place(address, trustLoopback, Optional.empty(), Optional.empty());
    return start(directory, storage, loadRoots, place, true);
  }

  /// The same as part of a cluster.
  static EmbeddedWarehouse startWarming(
      Path directory, StorageSettings storage, List<Path> loadRoots, Place place)
      throws IOException {
    return start(directory, storage, loadRoots, place, true);
  }

  private static EmbeddedWarehouse start(
      Path directory, StorageSettings storage, List<Path> loadRoots, Place place, boolean warming)
      throws IOException {
    InetSocketAddress address = place.address();
    Files.createDirectories(directory);
    Optional<String> build = EngineVersion.ofClassPath();
    ClassFileCompiler compiler = ReadingNode.compiler(directory, build);
    LocalRunner runner = ReadingNode.runner(directory, compiler);
    S3Options s3 =
        storage.store().map(StoreAddress::s3).orElse(S3Options.ofEnvironment(System.getenv()));
    FileLoader loader =
        new FileLoader(
            loadRoots,
            Runtime.getRuntime().availableProcessors(),
            s3,
            new SshKey(directory.resolve("ssh")));
    FileUnloader unloader = new FileUnloader(loadRoots, ClientText::new, s3);
    Engine engine =
        new Engine(
            runner,
            loader,
            unloader,
            ExpressionEvaluator::evaluate,
            plan -> PlanCode.print(compiler, plan));
    Optional<WarmUp> warmUp = warming ? Optional.of(WarmUp.begin(engine)) : Optional.empty();
    Namespace namespace;
    try {
      boolean nodes = place.cluster().isPresent();
      namespace = openNamespace(directory, storage, options -> options.withDivision(nodes));
    } catch (RuntimeException e) {
      warmUp.ifPresent(WarmUp::close);
      runner.close();
      throw e;
    }
    // Not before the namespace has said that no other server has the directory.
    runner.clean();
    namespace.housekeeping().yieldTo(runner::busy);
    ServerCluster cluster =
        place
            .cluster()
            .map(options -> ServerCluster.join(options, runner, namespace))
            .orElseGet(() -> ServerCluster.none(place.runner().apply(runner)))
            .with(place.scaling());
    LeaderWarehouse leader =
        new LeaderWarehouse(namespace, engine.with(cluster.runner()), InstantSource.system());
    if (!storage.store().map(StoreAddress.Encrypted.class::isInstance).orElse(false)) {
      leader.keepHistory(directory.resolve("history"));
      build.ifPresent(version -> leader.keepPlans(directory.resolve("plans"), version));
    }
    PgServerOptions options =
        new PgServerOptions(
            address,
            place.trustLoopback(),
            place
                .certificate()
                .orElseGet(
                    () ->
                        TlsCertificate.selfSigned(directory.resolve("tls").resolve("server.p12"))));
    PgServer server;
    try {
      server = PgServer.start(leader, options);
    } catch (IOException e) {
      warmUp.ifPresent(WarmUp::close);
      leader.close();
      cluster.leave().run();
      runner.close();
      namespace.close();
      throw e;
    }
    String shown = address.getAddress().isAnyLocalAddress() ? "127.0.0.1" : address.getHostString();
    new ServerFile(ProcessHandle.current().pid(), shown, server.port()).write(directory);
    return new EmbeddedWarehouse(directory, namespace, runner, leader, server, warmUp, cluster);
  }

  /// @param change what is different from what the settings say
  static Namespace openNamespace(
      Path directory, StorageSettings storage, UnaryOperator<StorageOptions> change) {
    Optional<DiskTier> disk = storage.cache().openDisk(directory, storage.store());
    Path cache = disk.map(DiskTier::directory).orElse(directory.resolve("cache"));
    StorageOptions options = change.apply(storage.options(disk, cache.resolve("hot")));
    if (storage.store().isEmpty()) {
      return LocalNamespace.open(directory, options);
    }
    StoreAddress address = storage.store().get();
    ObjectStore store;
    try {
      store =
          disk.isEmpty()
              ? address.open()
              : address.open(inner -> CachedObjectStore.open(inner, disk.get(), address.place()));
    } catch (RuntimeException | Error e) {
      disk.ifPresent(DiskTier::close);
      throw e;
    }
    return LocalNamespace.open(directory, store, options);
  }

  /// Serves the HTTP port too, until closed: the Data API, metrics, health.
  ///
  /// @param keyFile access keys; without one only this machine is served, if it is trusted
  /// @return the port listened on
  /// @throws java.io.UncheckedIOException if the port is taken
  public int serveHttp(InetSocketAddress address, boolean trustLoopback, Optional<Path> keyFile) {
    HttpServer.Port port = new HttpServer.Port(address, Optional.empty());
    return serveHttp(List.of(port), trustLoopback, keyFile).getFirst();
  }

  /// The same on several ports.
  ///
  /// @return the ports listened on
  public List<Integer> serveHttp(
      List<HttpServer.Port> ports, boolean trustLoopback, Optional<Path> keyFile) {
    WarehouseMetrics metrics = new WarehouseMetrics();
    gauges(metrics);
    ProcessMetrics.register(metrics);
    Uploads uploads = new Uploads(directory.resolve("uploads"));
    leader.takeUploads(uploads);
    HttpEndpoint started =
        HttpEndpoint.start(
            new HttpEndpoint.Served(leader, uploads),
            new HttpEndpoint.Access(ports, trustLoopback, keyFile, port()),
            directory.resolve("results"),
            metrics,
            new HttpEndpoint.Probes(
                new Health(Map.of("storage", this::storageTrouble, "server", this::passage)),
                new Health(Map.of("warm-up", () -> warmUp.map(WarmUp::delay).orElse("")))));
    leader.observe(metrics);
    http = Optional.of(started);
    return started.ports();
  }

  private void gauges(WarehouseMetrics metrics) {
    metrics.gauge("redward_connections", "Open connections.", server::connectionCount);
    metrics.total(
        "redward_connections_accepted_total", "Connections taken.", server::acceptedCount);
    metrics.total(
        "redward_connections_refused_total",
        "Connections refused because there were too many.",
        server::refusedCount);
    metrics.gauge("redward_sessions", "Open sessions.", () -> leader.sessions().size());
    metrics.gauge("redward_running_statements", "Statements at work.", leader::runningStatements);
    metrics.gauge(
        "redward_log_position",
        "Position of the newest commit.",
        () -> namespace.snapshot().version());
    metrics.total(
        "redward_restored_plans_total",
        "Plans that an earlier process has kept and this one has used.",
        leader::restoredPlans);
    metrics.total(
        "redward_cluster_queries_total",
        "Queries that compute nodes took part in.",
        () -> cluster.spreadQueries().getAsLong());
    metrics.total(
        "redward_exchanged_bytes_total",
        "Bytes of rows that went from member to member of the cluster.",
        () -> cluster.exchangedBytes().getAsLong());
    metrics.gauge("redward_storage_bytes", "Bytes of all stored objects.", this::bytesOnDisk);
  }

  private String passage() {
    if (ending) {
      return "ending";
    }
    return starting ? "starting" : "";
  }

  private String storageTrouble() {
    try {
      long free = Files.getFileStore(directory).getUsableSpace();
      return free < LEAST_FREE_BYTES ? "only " + free + " bytes free in " + directory : "";
    } catch (IOException e) {
      return e.toString();
    }
  }

  /// Has every statement sent as a trace to a collector of OpenTelemetry's protocol over HTTP.
  ///
  /// @param endpoint such as `http://127.0.0.1:4318`
  public void trace(String endpoint, String serviceName) {
    StatementTraces started = StatementTraces.sendingTo(endpoint, serviceName);
    leader.observe(started);
    traces = Optional.of(started);
  }

  /// Has statements that end told to somebody else too.
  public void observe(StatementObserver observer) {
    leader.observe(observer);
  }

  /// Goes on with what [#startWarming] has begun, stepping back while statements run, and waits
  /// until most of it is done or `patience` ends; the server calls itself ready from then on.
  void goOnWarming(Duration patience) throws InterruptedException {
    if (warmUp.isPresent()) {
      warmUp.get().goOn(new Served());
      warmUp.get().awaitPrepared(patience);
    }
    starting = false;
  }

  private final class Served implements WarmUp.Served {
    @Override
    public boolean busy() {
      return leader.isAwaited();
    }

    @Override
    public void certificate() {
      server.warmUp();
    }

    @Override
    public void replay(Duration limit, Runnable beforeEach) {
      int ran = leader.replay(limit, beforeEach);
      LOG.debug("{} queries of earlier days were run again", ran);
    }

    @Override
    public void kernels(Runnable pause) {
      runner.warmUp(pause);
    }
  }

  /// What clients that ask for TLS are shown.
  public TlsCertificate certificate() {
    return server.certificate();
  }

  /// Waits until there is nothing left to be made ready.
  void awaitWarmed() throws InterruptedException {
    if (warmUp.isPresent()) {
      warmUp.get().awaitEnd();
    }
  }

  /// The port listened on.
  public int port() {
    return server.port();
  }

  /// The JDBC URL of the default database.
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port() + "/dev";
  }

  /// The leader, for those who watch it from within the process.
  public LeaderWarehouse leader() {
    return leader;
  }

  /// How many queries nodes of a cluster have taken part in.
  public long spreadQueries() {
    return cluster.spreadQueries().getAsLong();
  }

  /// Bytes of all stored objects.
  public long bytesOnDisk() {
    return namespace.bytesOnDisk();
  }

  /// Holds clients that connect from now on to other limits.
  public void limitClients(PgLimits limits) {
    server.limits(limits);
  }

  /// Ends in order, before [#close]: no new connections, idle sessions are ended, running
  /// statements and open transactions get `grace` to end by themselves and are then ended with
  /// 57P01.
  public void drain(Duration grace) {
    ending = true;
    long deadline = System.nanoTime() + grace.toNanos();
    server.drain(grace);
    http.ifPresent(endpoint -> endpoint.drain(deadline));
  }

  /// Stops accepting, ends what runs, and releases the data directory.
  @Override
  public void close() {
    ending = true;
    warmUp.ifPresent(WarmUp::close);
    http.ifPresent(HttpEndpoint::close);
    server.close();
    traces.ifPresent(StatementTraces::close);
    leader.close();
    cluster.leave().run();
    runner.close();
    namespace.close();
    try {
      ServerFile.remove(directory);
    } catch (IOException e) {
      System.err.println("redward: could not remove the server file: " + e.getMessage());
    }
  }
}
