package io.redward.server;

import io.redward.foundation.batch.Batch;
import io.redward.leader.session.Engine;
import io.redward.leader.session.LeaderWarehouse;
import io.redward.leader.session.ResultColumn;
import io.redward.leader.session.ResultConsumer;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Runs statements of all common kinds on a small warehouse in memory once a server has started, so
/// that parser, binder, planner, code generation, scans and operators are loaded and mostly machine
/// code before the first client asks: a first query takes some ten times as long otherwise. Uses
/// the engine of the server, and nothing of the server's data. Steps back while `busy`.
final class WarmUp {
  private static final long CACHE_BYTES = 8 << 20;
  private static final long PAUSE_NANOS = 5_000_000;

  private final Engine engine;
  private final BooleanSupplier busy;

  WarmUp(Engine engine, BooleanSupplier busy) {
    this.engine = engine;
    this.busy = busy;
  }

  /// @throws io.redward.foundation.base.SqlException if a statement fails
  void runStatements(int rounds) {
    try (Namespace namespace =
            LocalNamespace.open(
                new InMemoryObjectStore(), StorageOptions.defaults().withCacheBytes(CACHE_BYTES));
        LeaderWarehouse leader = new LeaderWarehouse(namespace, engine, InstantSource.system());
        Session session =
            leader.open(new Warehouse.Login("admin", "dev", "warm-up", 0), Map.of())) {
      run(session, statements("warm-up-tables.sql"));
      List<String> queries = statements("warm-up-queries.sql");
      for (int round = 0; round < rounds; round++) {
        run(session, queries);
      }
    }
  }

  private void run(Session session, List<String> statements) {
    for (String statement : statements) {
      while (busy.getAsBoolean()) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      session.executeScript(statement, Unheard.INSTANCE);
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

  private enum Unheard implements ResultConsumer {
    INSTANCE;

    @Override
    public void columns(List<ResultColumn> columns) {}

    @Override
    public void rows(Batch batch) {}

    @Override
    public void complete(String tag) {}

    @Override
    public void empty() {}

    @Override
    public void notice(String severity, String sqlState, String message) {}

    @Override
    public void parameterChanged(String name, String value) {}
  }
}
