package io.redward.leader.session;

import io.redward.foundation.files.KeptFiles;
import io.redward.leader.binder.BindContext.SessionScope;
import io.redward.leader.catalog.Catalog;
import io.redward.plan.wire.RecordCodec;
import io.redward.storage.table.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Plans that outlive the process, as [KeptFiles] keeps them: [KeptPlan]s as [RecordCodec] writes
/// them, by statement, session scope and parameter types. One that was made with another catalog is
/// not found and goes. Thread-safe.
final class PlanDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PlanDirectory.class);
  private static final long MAX_BYTES = 16L << 20;
  private static final long CLOSE_SECONDS = 5;
  private static final RecordCodec CODEC = new RecordCodec(KeptPlan.class);

  private final KeptFiles files;
  private final LongAdder restored = new LongAdder();

  /// Writes beside the statements.
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("plan-keeper").factory());

  /// @param version changes with every build whose plans are not those of another
  PlanDirectory(Path directory, String version) throws IOException {
    files =
        new KeptFiles(
            directory, new KeptFiles.Kind("RWPLAN01", ".plan", MAX_BYTES), version, LOG::warn);
  }

  /// The plan that an earlier process has kept, if it was made with the same catalog.
  Optional<StatementPlan> find(PlanCache.Key key, Catalog catalog, LongSupplier numbers) {
    if (key.session().processId() != 0) {
      return Optional.empty();
    }
    String name = name(key);
    Optional<byte[]> bytes = files.find(name);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      KeptPlan kept = CODEC.read(bytes.get(), KeptPlan.class);
      if (kept.catalog().equals(catalog.fingerprint())) {
        restored.increment();
        return Optional.of(kept.restored(catalog, numbers.getAsLong()));
      }
    } catch (IllegalArgumentException e) {
      LOG.warn("a kept plan is none: {}", e.toString());
    }
    files.drop(name);
    return Optional.empty();
  }

  /// Plans of this build that fit a catalog and what is stored, those used last first, each read
  /// when the stream comes to it.
  Stream<StatementPlan> latest(Catalog catalog, Snapshot snapshot) throws IOException {
    String fingerprint = catalog.fingerprint();
    return files
        .latest()
        .map(bytes -> CODEC.read(bytes, KeptPlan.class))
        .filter(kept -> kept.catalog().equals(fingerprint))
        .map(kept -> kept.restored(catalog, 0))
        .filter(plan -> plan.fits(snapshot));
  }

  /// Has a plan written that fits a catalog, if a later process can use it.
  void keep(PlanCache.Key key, StatementPlan plan, Catalog catalog) {
    try {
      writer.execute(() -> write(key, plan, catalog));
    } catch (RejectedExecutionException e) {
      LOG.debug("plan not kept: {}", e.toString());
    }
  }

  private void write(PlanCache.Key key, StatementPlan plan, Catalog catalog) {
    try {
      Optional<KeptPlan> kept = KeptPlan.of(key, plan, catalog);
      if (kept.isPresent()) {
        files.keep(name(key), CODEC.write(kept.get()));
      }
    } catch (IOException e) {
      LOG.debug("plan not kept: {}", e.toString());
    }
  }

  /// Forgets a plan that does not fit the data any more.
  void drop(PlanCache.Key key) {
    files.drop(name(key));
  }

  /// Plans of earlier processes that were found.
  long restored() {
    return restored.sum();
  }

  private static String name(PlanCache.Key key) {
    SessionScope scope = key.session();
    return String.join(
        "\0",
        key.statement(),
        Integer.toString(scope.database().oid()),
        Integer.toString(scope.user().oid()),
        Boolean.toString(scope.user().superuser()),
        scope.searchPath().toString(),
        Boolean.toString(scope.strict()),
        scope.superModes().toString(),
        Boolean.toString(scope.rewrites()),
        key.parameterTypes().toString());
  }

  /// Waits for what is being written.
  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.debug("plans are still being written");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
