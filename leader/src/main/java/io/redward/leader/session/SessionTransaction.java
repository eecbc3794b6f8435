package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.CatalogReader;
import io.redward.leader.catalog.CatalogWriter;
import io.redward.leader.catalog.InitialValues;
import io.redward.leader.catalog.OidSequence;
import io.redward.storage.namespace.FilledSnapshot;
import io.redward.storage.table.Namespace;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.WriteTransaction;
import java.util.Map;
import java.util.OptionalLong;
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
  private final Namespace namespace;
  private final CatalogReader reader;
  private final OidSequence oids;
  private @Nullable WriteTransaction current;
  private @Nullable Catalog catalogOfCurrent;
  private boolean explicit;
  private boolean failed;
  private boolean readOnly;
  private boolean writing;
  private OptionalLong startMicros = OptionalLong.empty();

  SessionTransaction(Namespace namespace, CatalogReader reader, OidSequence oids) {
    this.namespace = namespace;
    this.reader = reader;
    this.oids = oids;
  }

  Session.TransactionState state() {
    if (!explicit) {
      return Session.TransactionState.IDLE;
    }
    return failed ? Session.TransactionState.FAILED : Session.TransactionState.OPEN;
  }

  boolean explicit() {
    return explicit;
  }

  /// BEGIN.
  ///
  /// @param atMicros when, for functions that tell the transaction's time
  void begin(boolean readOnly, long atMicros) {
    explicit = true;
    this.readOnly = readOnly;
    startMicros = OptionalLong.of(atMicros);
    open();
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

  /// What a statement that only reads may see.
  Snapshot snapshot() {
    WriteTransaction open = current;
    if (open != null) {
      return filled(open.view(), catalog());
    }
    Snapshot newest = namespace.snapshot();
    return filled(newest, reader.load(newest));
  }

  /// With the values that added columns have in older rows.
  private static Snapshot filled(Snapshot snapshot, Catalog catalog) {
    return new FilledSnapshot(
        snapshot, table -> catalog.table((int) table).map(InitialValues::of).orElseGet(Map::of));
  }

  /// The catalog that goes with [#snapshot].
  Catalog catalog() {
    WriteTransaction open = current;
    if (open == null) {
      return reader.load(namespace.snapshot());
    }
    Catalog known = catalogOfCurrent;
    if (known == null) {
      known = reader.loadView(open.view());
      catalogOfCurrent = known;
    }
    return known;
  }

  /// The transaction to write in, opened if there is none.
  WriteTransaction writable() {
    if (readOnly) {
      throw new SqlException(SqlState.READ_ONLY_TRANSACTION, "transaction is read-only");
    }
    writing = true;
    return open();
  }

  /// True once the transaction has written, so that its view is its own and no shared plan or
  /// result fits.
  boolean hasWritten() {
    return writing;
  }

  /// For changes of the catalog.
  CatalogWriter catalogWriter() {
    CatalogWriter writer = new CatalogWriter(writable(), reader, oids);
    catalogOfCurrent = null;
    return writer;
  }

  private WriteTransaction open() {
    WriteTransaction open = current;
    if (open == null) {
      open = namespace.begin();
      current = open;
      catalogOfCurrent = null;
    }
    return open;
  }

  /// A statement has failed: an explicit transaction is lost, an implicit one is rolled back.
  void fail() {
    if (explicit) {
      failed = true;
      rollBackCurrent();
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
    reset();
    if (ending != null) {
      if (good) {
        ending.commit();
      } else {
        ending.rollback();
      }
    }
    return good;
  }

  void rollback() {
    rollBackCurrent();
    reset();
  }

  private void rollBackCurrent() {
    WriteTransaction ending = current;
    current = null;
    catalogOfCurrent = null;
    if (ending != null) {
      ending.rollback();
    }
  }

  private void reset() {
    current = null;
    catalogOfCurrent = null;
    explicit = false;
    failed = false;
    readOnly = false;
    writing = false;
    startMicros = OptionalLong.empty();
  }
}
