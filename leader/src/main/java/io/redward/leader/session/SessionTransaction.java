package io.redward.leader.session;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.CatalogReader;
import io.redward.leader.catalog.CatalogWriter;
import io.redward.leader.catalog.InitialValues;
import io.redward.leader.catalog.OidSequence;
import io.redward.leader.catalog.TableDefinition;
import io.redward.storage.namespace.FilledSnapshot;
import io.redward.storage.table.Isolation;
import io.redward.storage.table.Namespace;
import io.redward.storage.table.ReadRecorder;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TransactionOwner;
import io.redward.storage.table.WriteTransaction;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where a session stands between BEGIN and COMMIT.
///
/// ```
///            begin            error in a statement
///   IDLE ───────────▶ OPEN ─────────────────────────▶ FAILED
///    ▲  ◀───────────    │ commit, rollback              │
///    └──────────────────┴───────────────────────────────┘ rollback, or commit
/// ```
///
/// Outside of an explicit transaction a statement that writes opens an implicit one, which ends
/// with the statement or the script; statements that only read take the newest snapshot and open
/// nothing.
final class SessionTransaction {
  /// Hears of transactions that end.
  interface Ends {
    /// Its changes were rolled back.
    void undone(Running transaction);

    /// It is about to become durable.
    ///
    /// @param catalog as it leaves it
    /// @param before the tables as it found them
    /// @param after the tables as it leaves them
    /// @throws SqlException if it must not, for what it would leave
    void committing(Running transaction, Catalog catalog, Snapshot before, Snapshot after);
  }

  private final Namespace namespace;
  private final CatalogReader reader;
  private final OidSequence oids;
  private final Supplier<TransactionOwner> owners;

  /// Of the transaction that will begin next, if its number has been told already.
  private @Nullable TransactionOwner next;

  private final Supplier<Isolation> isolation;
  private final PastRows past = new PastRows();
  private final TableLocks locks;
  private final Ends ends;
  private final Map<Integer, TableLocks.Mode> held = new HashMap<>();
  private volatile @Nullable Running running;
  private boolean used;
  private @Nullable WriteTransaction current;
  private @Nullable Snapshot base;
  private boolean explicit;
  private boolean failed;
  private boolean readOnly;
  private boolean writing;
  private OptionalLong startMicros = OptionalLong.empty();

  /// @param owners gives every transaction its id
  /// @param isolation what the database says at a transaction's start
  /// @param ends hears of transactions that end
  SessionTransaction(
      Namespace namespace,
      CatalogReader reader,
      OidSequence oids,
      Supplier<TransactionOwner> owners,
      Supplier<Isolation> isolation,
      TableLocks locks,
      Ends ends) {
    this.namespace = namespace;
    this.reader = reader;
    this.oids = oids;
    this.owners = owners;
    this.isolation = isolation;
    this.locks = locks;
    this.ends = ends;
  }

  /// The running transaction, if there is one; from any thread.
  Optional<Running> running() {
    return Optional.ofNullable(running);
  }

  /// Locks tables to the end of the transaction.
  ///
  /// @return whether it had to wait, and what was seen before is old
  boolean lock(Collection<Integer> tables, TableLocks.Mode mode, CancelToken cancel) {
    boolean waited = false;
    for (int table : tables) {
      TableLocks.Mode known = held.get(table);
      if (known == null || known.compareTo(mode) < 0) {
        waited |= locks.acquire(owner(), table, mode, cancel);
        held.put(table, mode);
      }
    }
    return waited;
  }

  /// Locks a table unless that needs waiting.
  boolean tryLock(int table, TableLocks.Mode mode) {
    boolean got = locks.tryAcquire(owner(), table, mode);
    if (got) {
      held.merge(table, mode, (old, wanted) -> old.compareTo(wanted) < 0 ? wanted : old);
    }
    return got;
  }

  /// Looks at the newest state, if nothing has been read or written yet.
  void refresh() {
    if (!used && current != null && !current.hasChanges()) {
      rollBackCurrent();
    }
  }

  /// A statement is about to read or write: from now on the transaction keeps to what it sees.
  void use() {
    used = true;
  }

  /// The running transaction's number, if it has got one.
  Optional<Long> number() {
    return running().map(known -> known.owner().transactionId());
  }

  /// The number of the transaction that a statement runs in: of the running one, or of the one that
  /// the statement will begin if it needs any.
  long statementNumber() {
    Running known = running;
    if (known != null) {
      return known.owner().transactionId();
    }
    TransactionOwner promised = explicit ? next : null;
    if (promised == null) {
      promised = owners.get();
      next = promised;
    }
    return promised.transactionId();
  }

  /// The running transaction's number.
  long id() {
    return owner().transactionId();
  }

  private TransactionOwner owner() {
    Running known = running;
    if (known == null) {
      TransactionOwner promised = next;
      next = null;
      known = new Running(promised == null ? owners.get() : promised, Instant.now());
      running = known;
    }
    return known.owner();
  }

  /// A transaction's number and start.
  record Running(TransactionOwner owner, Instant start) {}

  Session.TransactionState state() {
    if (!explicit) {
      return Session.TransactionState.IDLE;
    }
    return failed ? Session.TransactionState.FAILED : Session.TransactionState.OPEN;
  }

  boolean explicit() {
    return explicit;
  }

  /// True if no statement has been run in it yet, and it ends by itself.
  boolean isFresh() {
    return !explicit && !used;
  }

  /// BEGIN.
  ///
  /// @param atMicros when, for functions that tell the transaction's time
  void begin(boolean readOnly, long atMicros) {
    explicit = true;
    this.readOnly = readOnly;
    startMicros = OptionalLong.of(atMicros);
  }

  /// When an explicit transaction began.
  OptionalLong startMicros() {
    return startMicros;
  }

  void readOnly(boolean readOnly) {
    this.readOnly = readOnly;
  }

  /// Refuses everything but the end of a failed transaction.
  void requireUsable() {
    if (failed) {
      throw new SqlException(
          SqlState.IN_FAILED_TRANSACTION,
          "current transaction is aborted, commands ignored until end of transaction block");
    }
  }

  /// What a statement that only reads may see, with the values that added columns have in older
  /// rows. An explicit transaction sees one state from its first statement on; so does what must be
  /// serializable.
  Snapshot snapshot() {
    Snapshot stored = stored();
    Catalog catalog = reader.load(stored);
    return past.over(
        new FilledSnapshot(
            stored, table -> catalog.table((int) table).map(InitialValues::of).orElseGet(Map::of)));
  }

  private Snapshot stored() {
    WriteTransaction open = current;
    if (open == null && (explicit && !failed || isolation.get() == Isolation.SERIALIZABLE)) {
      open = open();
    }
    return open != null ? open.view() : namespace.snapshot();
  }

  /// The rows of tables as they were, for as long as the transaction lasts.
  PastRows past() {
    return past;
  }

  /// Where scans note what they read.
  ReadRecorder reads() {
    WriteTransaction open = current;
    return open == null ? ReadRecorder.NONE : open.reads();
  }

  /// The catalog that goes with [#snapshot].
  Catalog catalog() {
    WriteTransaction open = current;
    return reader.load(open == null ? stored() : open.entries());
  }

  /// The transaction to write in, opened if there is none.
  WriteTransaction writable() {
    if (readOnly) {
      throw new SqlException(SqlState.READ_ONLY_TRANSACTION, "transaction is read-only");
    }
    writing = true;
    return open();
  }

  /// The transaction, which will depend on the table's definition.
  WriteTransaction writableFor(TableDefinition table) {
    WriteTransaction transaction = writable();
    transaction.requireUnchanged(CatalogWriter.tableKey(table.oid()));
    return transaction;
  }

  /// True once the transaction has written, so that its view is its own and no shared plan or
  /// result fits.
  boolean hasWritten() {
    return writing;
  }

  /// True once the transaction has changed the catalog, whose plans are nobody else's.
  boolean hasOwnCatalog() {
    return current != null && current.entries().entryVersion() < 0;
  }

  /// For changes of the catalog.
  CatalogWriter catalogWriter() {
    return new CatalogWriter(writable(), reader, oids);
  }

  private WriteTransaction open() {
    WriteTransaction open = current;
    if (open == null) {
      open = namespace.begin(isolation.get(), owner());
      current = open;
      base = open.view();
    }
    return open;
  }

  /// A statement has failed: an explicit transaction is lost, an implicit one is rolled back.
  void fail() {
    if (explicit) {
      failed = true;
      rollBackCurrent();
      releaseLocks();
    } else {
      rollback();
    }
  }

  /// Ends the transaction and makes its changes durable.
  ///
  /// @return false if it had failed and was rolled back instead
  boolean commit() {
    boolean good = !failed;
    WriteTransaction ending = current;
    try {
      if (ending != null) {
        if (good) {
          requireAllowed(ending);
          ending.commit();
        } else {
          rollBack(ending);
        }
      }
    } finally {
      reset();
    }
    return good;
  }

  private void requireAllowed(WriteTransaction ending) {
    Snapshot before = base;
    Running known = running;
    if (before == null || known == null || !ending.hasChanges()) {
      return;
    }
    try {
      ends.committing(known, reader.load(ending.entries()), before, ending.view());
    } catch (SqlException refused) {
      rollBack(ending);
      throw refused;
    }
  }

  void rollback() {
    rollBackCurrent();
    reset();
  }

  private void rollBackCurrent() {
    WriteTransaction ending = current;
    current = null;
    if (ending != null) {
      rollBack(ending);
    }
  }

  private void rollBack(WriteTransaction ending) {
    boolean changed = ending.hasChanges();
    ending.rollback();
    Running known = running;
    if (changed && known != null) {
      ends.undone(known);
    }
  }

  private void releaseLocks() {
    Running ended = running;
    if (ended != null && !held.isEmpty()) {
      locks.release(ended.owner(), held.keySet());
      held.clear();
    }
  }

  private void reset() {
    past.clear();
    releaseLocks();
    current = null;
    base = null;
    running = null;
    used = false;
    explicit = false;
    failed = false;
    readOnly = false;
    writing = false;
    startMicros = OptionalLong.empty();
  }
}
