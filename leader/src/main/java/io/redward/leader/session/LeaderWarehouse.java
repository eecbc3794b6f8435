package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.advice.Advisor;
import io.redward.leader.advice.Recommendation;
import io.redward.leader.advice.Workload;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.CatalogReader;
import io.redward.leader.catalog.CatalogWriter;
import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.OidSequence;
import io.redward.leader.catalog.SystemRole;
import io.redward.leader.catalog.User;
import io.redward.leader.catalog.WarehouseIdentity;
import io.redward.leader.command.IdentityValues;
import io.redward.leader.history.AuditFiles;
import io.redward.leader.history.HistoryLog;
import io.redward.leader.optimizer.Optimizer;
import io.redward.leader.physical.RexFolding;
import io.redward.leader.system.AccessLog;
import io.redward.leader.system.AnalyzeLog;
import io.redward.leader.system.QueryLog;
import io.redward.leader.system.WorkerLog;
import io.redward.storage.table.Isolation;
import io.redward.storage.table.Namespace;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TransactionOwner;
import io.redward.storage.table.WriteTransaction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The leader of one warehouse: what all sessions share.
public final class LeaderWarehouse implements Warehouse, AutoCloseable {
  public static final String VERSION =
      "PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2 20041017 (Red Hat"
          + " 3.4.2-6.fc3), Redshift 1.0.103035";

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(LeaderWarehouse.class);
  private static final int FIRST_PROCESS_ID = 1_000;

  private final Namespace namespace;
  private final Engine engine;
  private final InstantSource clock;
  private final CatalogReader catalogReader = new CatalogReader();
  private final OidSequence oids = new OidSequence();
  private final AccessLog accesses = new AccessLog();
  private final DecoyCredentials decoys;
  private final LoginThrottle throttle;
  private final QueryPipeline pipeline;
  private final IdentityValues identities;
  private final ResultCache resultCache = new ResultCache();
  private final QueryLog log = new QueryLog();
  private volatile Optional<HistoryLog> history = Optional.empty();
  private volatile Optional<AuditFiles> audit = Optional.empty();
  private volatile Optional<Uploads> uploads = Optional.empty();
  private volatile Optional<PlanDirectory> plans = Optional.empty();
  private final AnalyzeLog analyzes = new AnalyzeLog();
  private final Map<Integer, LeaderSession> sessions = new ConcurrentHashMap<>();
  private final TableLocks locks;
  private volatile OptionalInt idleTimeout = OptionalInt.empty();
  private final TemporaryPasswords temporaryPasswords;
  private volatile StatementObserver observer = StatementObserver.NONE;
  private final ReentrantLock losersTurn = new ReentrantLock(true);
  private final AtomicLong nextTransactionId = new AtomicLong(FIRST_PROCESS_ID);
  private final AtomicInteger nextProcessId = new AtomicInteger(FIRST_PROCESS_ID);
  private final AutoWorker worker = new AutoWorker(this);
  private final AutoSchedule schedule;
  private final ScheduledExecutorService refreshes =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("auto-refresh").factory());
  private final ScheduledExecutorService timeouts =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("statement-timeout").factory());

  /// Opens the leader over a namespace, making the first catalog if there is none.
  public LeaderWarehouse(Namespace namespace, Engine engine, InstantSource clock) {
    this.namespace = namespace;
    this.engine =
        new Engine(
            TimedRunner.of(engine.runner()),
            engine.loader(),
            engine.unloader(),
            engine.evaluation(),
            engine.codePrinter());
    this.clock = clock;
    this.locks = new TableLocks(clock);
    this.identities = new IdentityValues(namespace);
    this.pipeline = new QueryPipeline(new Optimizer(new RexFolding(engine.evaluation()::evaluate)));
    WriteTransaction transaction = namespace.begin();
    CatalogWriter writer = new CatalogWriter(transaction, catalogReader, oids);
    writer.bootstrap();
    writer.createSystemRoles();
    WarehouseIdentity.ensure(transaction);
    if (transaction.hasChanges()) {
      transaction.commit();
    } else {
      transaction.rollback();
    }
    temporaryPasswords = new TemporaryPasswords(clock);
    decoys = new DecoyCredentials(namespace);
    throttle = new LoginThrottle(clock);
    ScheduledFuture<?> unusedToo =
        timeouts.scheduleWithFixedDelay(
            new IdleSessions(this),
            IdleSessions.INTERVAL_SECONDS,
            IdleSessions.INTERVAL_SECONDS,
            TimeUnit.SECONDS);
    ScheduledFuture<?> unused =
        refreshes.scheduleWithFixedDelay(
            new AutoRefresh(this),
            AutoRefresh.INTERVAL_SECONDS,
            AutoRefresh.INTERVAL_SECONDS,
            TimeUnit.SECONDS);
    ScheduledFuture<?> unusedEither =
        refreshes.scheduleWithFixedDelay(
            new AutoCopy(this),
            AutoCopy.INTERVAL_SECONDS,
            AutoCopy.INTERVAL_SECONDS,
            TimeUnit.SECONDS);
    schedule = AutoSchedule.start(this);
    worker.start();
  }

  Namespace namespace() {
    return namespace;
  }

  Engine engine() {
    return engine;
  }

  InstantSource clock() {
    return clock;
  }

  IdentityValues identities() {
    return identities;
  }

  /// Statements that have lost often try again one at a time.
  ReentrantLock losersTurn() {
    return losersTurn;
  }

  TableLocks locks() {
    return locks;
  }

  QueryPipeline pipeline() {
    return pipeline;
  }

  ResultCache resultCache() {
    return resultCache;
  }

  AnalyzeLog analyzes() {
    return analyzes;
  }

  WorkerLog workerLog() {
    return worker.log();
  }

  Workload workload() {
    return worker.workload();
  }

  /// What the workload suggests.
  List<Recommendation> recommendations() {
    Snapshot snapshot = namespace.snapshot();
    return new Advisor(workload(), catalogReader.load(snapshot), snapshot).recommendations();
  }

  /// Changes of the catalog that are the warehouse's own.
  CatalogWriter catalogWriter(WriteTransaction transaction) {
    return new CatalogWriter(transaction, catalogReader, oids);
  }

  public QueryLog log() {
    return log;
  }

  /// Has statements that end told to another observer too.
  public void observe(StatementObserver another) {
    observer = observer == StatementObserver.NONE ? another : observer.and(another);
  }

  StatementObserver observer() {
    return observer;
  }

  ScheduledExecutorService timeouts() {
    return timeouts;
  }

  /// The transactions of a session.
  SessionTransaction newTransaction(int databaseOid, int processId) {
    return new SessionTransaction(
        namespace,
        catalogReader,
        oids,
        () -> new TransactionOwner(nextTransactionId.incrementAndGet(), processId),
        () ->
            catalog().object(databaseOid).orElse(null) instanceof Database database
                ? database.isolation()
                : Isolation.SNAPSHOT,
        locks,
        new TransactionEnds(this, databaseOid));
  }

  Optional<LeaderSession> sessionOf(int processId) {
    return Optional.ofNullable(sessions.get(processId));
  }

  /// Keeps what statements do in a directory, and shows what earlier runs kept there. Where that
  /// cannot be, the warehouse works without.
  public void keepHistory(Path directory) {
    try {
      HistoryLog kept = HistoryLog.open(directory, HistoryLog.Limits.DEFAULT);
      nextTransactionId.updateAndGet(id -> Math.max(id, kept.lastTransaction()));
      log.keep(kept, kept.lastQuery(), () -> kept.earlier(clock.instant()));
      history = Optional.of(kept);
    } catch (IOException e) {
      LOG.warn("history: {} cannot be used: {}", directory, e.toString());
    }
  }

  /// Keeps plans in a directory for later processes, and uses those of earlier ones. Where that
  /// cannot be, the warehouse works without.
  ///
  /// @param version changes with every build whose plans are not those of another
  public void keepPlans(Path directory, String version) {
    try {
      PlanDirectory kept = new PlanDirectory(directory, version);
      pipeline.keepPlans(kept);
      plans = Optional.of(kept);
    } catch (IOException e) {
      LOG.warn("plans: {} cannot be used: {}", directory, e.toString());
    }
  }

  /// Lets users read the files that they have handed over.
  public void takeUploads(Uploads taken) {
    uploads = Optional.of(taken);
  }

  Optional<Uploads> uploads() {
    return uploads;
  }

  /// Runs what was run most before the process began; see [PlanReplay].
  ///
  /// @param limit of the time for all of it
  /// @param beforeEach waits for a moment to run one query
  /// @return how many queries ran to their end
  public int replay(Duration limit, Runnable beforeEach) {
    return plans.map(kept -> new PlanReplay(this, kept).run(limit, beforeEach)).orElse(0);
  }

  /// How many plans of earlier processes were used.
  public long restoredPlans() {
    return plans.map(PlanDirectory::restored).orElse(0L);
  }

  /// Writes the audit log as text files, too, from now on.
  public void writeAudit(Path directory) throws IOException {
    AuditFiles files = AuditFiles.open(directory);
    accesses.keep(files::connection, files::user);
    log.alsoTell(files::event);
    audit = Optional.of(files);
  }

  /// Open sessions.
  public Collection<LeaderSession> sessions() {
    return List.copyOf(sessions.values());
  }

  /// Has sessions ended that do nothing for so many seconds, unless their user's SESSION TIMEOUT
  /// says otherwise.
  public void idleTimeout(OptionalInt seconds) {
    idleTimeout = seconds;
  }

  OptionalInt idleTimeout() {
    return idleTimeout;
  }

  public int runningStatements() {
    return (int) sessions.values().stream().filter(LeaderSession::isRunning).count();
  }

  /// True while any session runs a statement.
  public boolean busy() {
    return sessions.values().stream().anyMatch(LeaderSession::isRunning);
  }

  /// True while a session runs a statement whose end may be expected soon: one that has run for
  /// long does not notice what else the server does.
  public boolean isAwaited() {
    Instant then = clock.instant().minus(SOON);
    return sessions.values().stream().anyMatch(s -> s.isRunning() && s.lastActive().isAfter(then));
  }

  @Override
  public Optional<Credential> credential(String user) {
    String name = user.toLowerCase(Locale.ROOT);
    return catalog()
        .user(name)
        .filter(known -> !known.isExpired(nowMicros()))
        .flatMap(User::verifier)
        .or(() -> temporaryPasswords.verifier(name))
        .map(v -> new Credential(Credential.Kind.valueOf(v.kind()), v.value()))
        .or(() -> Optional.of(decoys.of(name)));
  }

  @Override
  public TemporaryPassword temporaryPassword(String user, Duration life) {
    return temporaryPasswords.give(user, life);
  }

  private long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }

  @Override
  public void awaitLogin(String user, String address) {
    Duration wait = throttle.attempt(user.toLowerCase(Locale.ROOT), address);
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void loginFailed(Login login) {
    accesses.add(
        new AccessLog.Connection(
            "authentication failure",
            clock.instant(),
            login.remoteAddress(),
            0,
            login.database(),
            login.user(),
            "",
            0,
            login.client()));
  }

  /// Who came and went, and what was done to users.
  AccessLog accesses() {
    return accesses;
  }

  @Override
  public void loggedIn(String user, String address) {
    throttle.succeeded(user.toLowerCase(Locale.ROOT), address);
  }

  Catalog catalog() {
    return catalogReader.load(namespace.snapshot());
  }

  @Override
  public Session open(Login login, Map<String, String> settings) {
    Catalog catalog = catalog();
    User user =
        catalog
            .user(TemporaryPasswords.catalogName(login.user()))
            .orElseThrow(
                () -> {
                  loginFailed(login);
                  return new SqlException(
                      SqlState.INVALID_AUTHORIZATION,
                      "user \"" + login.user() + "\" does not exist");
                });
    Database database =
        catalog
            .database(login.database().toLowerCase(Locale.ROOT))
            .orElseThrow(
                () ->
                    new SqlException(
                        SqlState.INVALID_CATALOG_NAME,
                        "database \"" + login.database() + "\" does not exist"));
    requireRoom(user);
    int processId = nextProcessId.getAndIncrement();
    LeaderSession session = new LeaderSession(this, login, user, database, processId);
    session.startWith(
        "max_concurrency_scaling_clusters", String.valueOf(engine.runner().scalingClusters()));
    user.settings().forEach(session::startWith);
    settings.forEach(session::startWith);
    sessions.put(processId, session);
    Audit audit = new Audit(session);
    audit.connection("authenticated");
    audit.connection("initiating session");
    return session;
  }

  /// The user as the catalog has it now, with the rights of a superuser for who holds that role.
  User current(User user) {
    Catalog catalog = catalog();
    User known = catalog.user(user.oid()).orElse(user);
    return known.superuser() || !SystemRole.SUPERUSER.isHeldBy(catalog, known)
        ? known
        : known.withSuperuser(true);
  }

  private void requireRoom(User user) {
    OptionalInt limit = user.account().connectionLimit();
    if (limit.isEmpty() || user.superuser()) {
      return;
    }
    long open =
        sessions.values().stream().filter(other -> other.user().oid() == user.oid()).count();
    if (open >= limit.getAsInt()) {
      throw new SqlException(
          SqlState.TOO_MANY_CONNECTIONS, "too many connections for user \"" + user.name() + "\"");
    }
  }

  void closed(LeaderSession session) {
    sessions.remove(session.processId());
  }

  @Override
  public void cancel(int processId, int secret) {
    LeaderSession session = sessions.get(processId);
    if (session != null && session.login().secret() == secret) {
      session.cancel();
    }
  }

  Optional<LeaderSession> session(int processId) {
    return Optional.ofNullable(sessions.get(processId));
  }

  @Override
  public Map<String, String> reportedSettings() {
    Map<String, String> reported = new LinkedHashMap<>();
    reported.put("server_version", "8.0.2");
    reported.put("server_encoding", "UTF8");
    reported.put("client_encoding", "UTF8");
    reported.put("DateStyle", "ISO, MDY");
    reported.put("TimeZone", "UTC");
    reported.put("integer_datetimes", "on");
    reported.put("standard_conforming_strings", "off");
    reported.put("is_superuser", "on");
    reported.put("server_protocol_version", "0");
    return reported;
  }

  @Override
  public void close() {
    sessions.values().forEach(LeaderSession::cancel);
    timeouts.shutdownNow();
    refreshes.shutdownNow();
    schedule.close();
    worker.close();
    history.ifPresent(HistoryLog::close);
    audit.ifPresent(AuditFiles::close);
    plans.ifPresent(PlanDirectory::close);
  }
}
