package io.redward.server;

import io.redward.leader.session.Engine;
import io.redward.leader.session.LeaderWarehouse;
import io.redward.leader.session.NullConsumer;
import io.redward.leader.session.Session;
import io.redward.leader.session.Warehouse;
import io.redward.storage.namespace.LocalNamespace;
import io.redward.storage.namespace.StorageOptions;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.table.Namespace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs statements of all common kinds on a small warehouse in memory while a server starts and
/// after, so that parser, binder, planner, code generation, scans and operators are loaded and
/// mostly machine code before the first client asks: a first query takes some ten times as long
/// otherwise. Uses the engine of the server, and nothing of the server's data, so that it need not
/// wait for it: the first round runs beside the opening of the warehouse, on another core. Then
/// come the server's own queries of earlier days and two rounds over tables of many blocks, which
/// are joined, grouped and read in ways that small ones are not; with these most is done, and the
/// server calls itself ready. What follows repeats them, so that more gets compiled better. Clients
/// are served from the beginning, and all of this waits until they leave the server alone for a
/// moment.
final class WarmUp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
  private static final Rounds ROUNDS = new Rounds(6, 2, 10);
  private static final Duration REPLAY = Duration.ofSeconds(10);

  /// After this time scans are to have their SIMD kernels, even if clients never pause.
  private static final Duration KERNELS = Duration.ofSeconds(10);

  private static final long CACHE_BYTES = 8 << 20;
  private static final long PAUSE_NANOS = 5_000_000;
  private static final long FOR_EVER_NANOS = Long.MAX_VALUE / 2;

  /// No session must have run a statement for so long before the next one of these: in the moments
  /// between the first statements of a client the warm-up would delay the next one.
  private static final long QUIET_NANOS = 400_000_000;

  private final Engine engine;
  private final Rounds rounds;
  private final CompletableFuture<Served> serving = new CompletableFuture<>();
  private final CountDownLatch prepared = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private long lastBusy = System.nanoTime() - QUIET_NANOS;
  private volatile boolean closed;

  /// The server, once it serves.
  interface Served {
    /// Whether a client waits for an answer that it expects soon.
    boolean busy();

    /// Makes ready what else clients ask for early.
    void certificate();

    /// Gets the SIMD kernels compiled and used.
    ///
    /// @param pause waits for a moment to do a little of it
    void kernels(Runnable pause);

    /// Runs the server's own queries of earlier days.
    ///
    /// @param limit of the time for all of them
    /// @param beforeEach waits for a moment to run one
    void replay(Duration limit, Runnable beforeEach);
  }

  /// How often the statements are run.
  ///
  /// @param small those over tables of a block
  /// @param large those over tables of many blocks, before the server is ready
  /// @param further the same after it
  record Rounds(int small, int large, int further) {}

  WarmUp(Engine engine, Rounds rounds) {
    this.engine = engine;
    this.rounds = rounds;
  }

  /// Starts the first round on a thread of its own.
  static WarmUp begin(Engine engine) {
    WarmUp warmUp = new WarmUp(engine, ROUNDS);
    Thread.ofPlatform().daemon().name("warm-up").start(warmUp::run);
    return warmUp;
  }

  /// Waits until every kind of query has run once, but not for long.
  void awaitPrepared(Duration patience) throws InterruptedException {
    prepared.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Waits until there is nothing left to do.
  void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /// Tells of the server, whose statements come first from now on.
  void goOn(Served server) {
    serving.complete(server);
  }

  /// Why queries would take longer now than later, or an empty text.
  String delay() {
    return ended.getCount() > 0 ? "first queries are still being compiled" : "";
  }

  @Override
  public void close() {
    closed = true;
    serving.cancel(false);
  }

  private void run() {
    try {
      runStatements();
    } catch (RuntimeException e) {
      if (!closed) {
        LOG.warn("the warm-up ended early: {}", e.toString());
      }
    } finally {
      prepared.countDown();
      ended.countDown();
    }
  }

  /// Runs all rounds; between the first and the second it waits for [#goOn].
  ///
  /// @throws io.redward.foundation.base.SqlException if a statement fails
  void runStatements() {
    try (Namespace namespace =
            LocalNamespace.open(
                new InMemoryObjectStore(), StorageOptions.defaults().withCacheBytes(CACHE_BYTES));
        LeaderWarehouse leader = new LeaderWarehouse(namespace, engine, InstantSource.system());
        Session session =
            leader.open(new Warehouse.Login("admin", "dev", "warm-up", 0), Map.of())) {
      run(session, statements("warm-up-tables.sql"));
      List<String> queries = statements("warm-up-queries.sql");
      run(session, queries);
      Served server = serving.join();
      awaitQuiet();
      server.certificate();
      server.replay(REPLAY, this::awaitQuiet);
      run(session, statements("warm-up-large-tables.sql"));
      List<String> largeQueries = statements("warm-up-large-queries.sql");
      repeat(session, rounds.large(), largeQueries);
      prepared.countDown();
      long deadline = System.nanoTime() + KERNELS.toNanos();
      server.kernels(() -> awaitQuietUntil(deadline));
      repeat(session, rounds.further(), largeQueries);
      repeat(session, rounds.small() - 1, queries);
    }
  }

  /// Each time with another search path, for which plans are made anew: the planner is to be
  /// compiled too.
  private void repeat(Session session, int times, List<String> statements) {
    for (int time = 0; time < times; time++) {
      run(session, List.of("set search_path to public, round_" + time));
      run(session, statements);
    }
  }

  private void run(Session session, List<String> statements) {
    for (String statement : statements) {
      awaitQuiet();
      session.executeScript(statement, NullConsumer.INSTANCE);
    }
  }

  /// Waits until clients have asked for nothing for a while; there are none before the server
  /// serves.
  private void awaitQuiet() {
    if (serving.isDone()) {
      awaitQuietUntil(System.nanoTime() + FOR_EVER_NANOS);
    }
  }

  private void awaitQuietUntil(long deadline) {
    Served server = serving.join();
    if (server.busy()) {
      lastBusy = System.nanoTime();
    }
    while (System.nanoTime() - lastBusy < QUIET_NANOS && System.nanoTime() - deadline < 0) {
      if (closed) {
        throw new CancellationException("the server ends");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      if (server.busy()) {
        lastBusy = System.nanoTime();
      }
    }
  }

  private static List<String> statements(String resource) {
    try (InputStream in = WarmUp.class.getResourceAsStream(resource)) {
      String text =
          new String(Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
      return List.of(text.strip().split(";\\s*"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
