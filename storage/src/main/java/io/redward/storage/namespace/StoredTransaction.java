package io.redward.storage.namespace;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.types.Physical;
import io.redward.storage.commit.Changes;
import io.redward.storage.commit.LeaseFormat;
import io.redward.storage.commit.Origin;
import io.redward.storage.commit.RowsetState;
import io.redward.storage.commit.Superblock;
import io.redward.storage.commit.TableState;
import io.redward.storage.rowset.RowsetFile;
import io.redward.storage.table.Isolation;
import io.redward.storage.table.ReadRecorder;
import io.redward.storage.table.ReadScope;
import io.redward.storage.table.RowAppender;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TableShape;
import io.redward.storage.table.WriteTransaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A transaction: the superblock it started on and what it has changed. Its lock makes its methods
/// and its appenders' ends safe to call from several threads.
final class StoredTransaction implements WriteTransaction {
  private final LocalNamespace namespace;
  private final Origin origin;
  private final Tenure tenure;
  private final long begunMillis;
  /// Null once the transaction has ended: whoever keeps it must not keep old objects from being
  /// collected.
  private volatile @Nullable Superblock base;

  private final Changes changes = new Changes();
  private final List<RowsetFile> staged = new ArrayList<>();

  /// Whose objects must stay until it is committed that they are shared.
  private final List<Snapshot> sources = new ArrayList<>();

  private final Map<Long, Gathered> gathered = new HashMap<>();
  private @Nullable Snapshot view;
  private @Nullable Superblock seen;
  private boolean ended;

  StoredTransaction(LocalNamespace namespace, Superblock base, Origin origin, Tenure tenure) {
    this.tenure = tenure;
    this.namespace = namespace;
    this.origin = origin;
    begunMillis = namespace.wallMillis();
    this.base = base;
  }

  /// What the transaction started on.
  Superblock base() {
    Superblock present = base;
    if (present == null) {
      throw new IllegalStateException("the transaction has ended");
    }
    return present;
  }

  /// Version of what the transaction started on, or the largest number once it has ended.
  long baseVersion() {
    Superblock present = base;
    return present == null ? Long.MAX_VALUE : present.version();
  }

  @Override
  public synchronized Snapshot view() {
    sealGathered();
    Snapshot known = view;
    if (known == null) {
      Superblock start = base();
      Superblock state = seen;
      if (state == null) {
        state =
            changes.isEmpty()
                ? start
                : start.apply(changes, start.version(), namespace.nextPrivateContentVersion());
        seen = state;
      }
      known = namespace.snapshot(state, start, tenure);
      view = known;
    }
    return known;
  }

  @Override
  public synchronized Snapshot entries() {
    return changes.hasEntries() ? view() : namespace.snapshot(base(), base(), tenure);
  }

  @Override
  public synchronized void insert(long tableId, TableShape shape, Batch batch) {
    checkActive();
    Gathered rows = gathered.get(tableId);
    if (rows != null && !rows.shape().equals(shape)) {
      sealGathered();
      rows = null;
    }
    if (rows == null) {
      rows = new Gathered(shape, new TableAppender(this, tableId, shape));
      gathered.put(tableId, rows);
    }
    rows.appender().append(batch);
  }

  /// Rows of single inserts that share a rowset.
  private record Gathered(TableShape shape, TableAppender appender) {}

  private void sealGathered() {
    if (!gathered.isEmpty()) {
      List<Gathered> all = List.copyOf(gathered.values());
      gathered.clear();
      all.forEach(rows -> rows.appender().finish());
    }
  }

  /// What was seen is old.
  private void changed() {
    view = null;
    seen = null;
  }

  @Override
  public ReadRecorder reads() {
    return origin.isolation() == Isolation.SERIALIZABLE ? origin.reads() : ReadRecorder.NONE;
  }

  @Override
  public void guard(long tableId, ReadScope scope) {
    origin.guards().read(tableId, scope);
  }

  @Override
  public synchronized void putEntry(String key, byte[] value) {
    checkActive();
    changes.put(key, value.clone());
    changed();
  }

  @Override
  public synchronized void removeEntry(String key) {
    checkActive();
    changes.remove(key);
    changed();
  }

  @Override
  public synchronized void requireUnchanged(String key) {
    checkActive();
    changes.require(key);
  }

  @Override
  public synchronized RowAppender append(long tableId, TableShape shape) {
    checkActive();
    return new TableAppender(this, tableId, shape);
  }

  @Override
  public synchronized void delete(long tableId, int rowsetId, int[] rows) {
    checkActive();
    sealGathered();
    changes.delete(new Changes.RowsetKey(tableId, rowsetId), rows);
    changed();
  }

  @Override
  public synchronized void truncate(long tableId) {
    checkActive();
    sealGathered();
    changes.truncate(tableId);
    changed();
  }

  @Override
  public synchronized void share(long tableId, Snapshot source, long sourceTable) {
    checkActive();
    sealGathered();
    share(tableId, StoredSnapshot.stateOf(source), sourceTable);
    sources.add(source);
    changed();
  }

  private void share(long tableId, Superblock source, long sourceTable) {
    for (RowsetState rowset : rowsets(source, sourceTable)) {
      changes.add(rowset.file().in(tableId));
      if (rowset.deletedCount() > 0) {
        changes.delete(
            new Changes.RowsetKey(tableId, rowset.rowsetId()), Changes.rows(rowset.deleted()));
      }
    }
  }

  @Override
  public synchronized boolean carry(long tableId, TableShape shape, long sourceTable) {
    checkActive();
    Superblock state = StoredSnapshot.stateOf(view());
    // What this transaction has written to the source itself may yet be taken back.
    if (changes.touches(sourceTable)
        || changes.touches(tableId)
        || state.table(tableId).isPresent()
        || !rowsets(state, sourceTable).stream().allMatch(r -> isAs(shape, r.file().shape()))) {
      return false;
    }
    share(tableId, state, sourceTable);
    sources.add(namespace.snapshot(base(), base(), tenure));
    changed();
    return true;
  }

  /// Whether rows that were written in one shape need nothing done to be of another: they have no
  /// column besides, which a column yet to be added could be taken for, and they are in its order.
  private static boolean isAs(TableShape wanted, TableShape written) {
    return forms(wanted).equals(forms(written))
        && (wanted.sortKey().isEmpty()
            || wanted.sortKey().equals(written.sortKey())
                && wanted.interleaved() == written.interleaved());
  }

  private static Map<Integer, Physical> forms(TableShape shape) {
    return shape.columns().stream()
        .collect(Collectors.toMap(TableShape.Column::id, column -> column.type().physical()));
  }

  private static List<RowsetState> rowsets(Superblock state, long tableId) {
    return state.table(tableId).map(TableState::rowsets).orElse(List.of());
  }

  @Override
  public synchronized boolean move(long tableId, long sourceTable) {
    checkActive();
    sealGathered();
    Superblock state = StoredSnapshot.stateOf(view());
    List<RowsetState> moved = rowsets(state, sourceTable);
    Optional<TableState> target = state.table(tableId);
    boolean known =
        moved.stream().anyMatch(r -> target.flatMap(t -> t.rowset(r.rowsetId())).isPresent());
    if (known || changes.touches(sourceTable)) {
      return false;
    }
    share(tableId, state, sourceTable);
    for (RowsetState rowset : moved) {
      changes.giveAway(new Changes.RowsetKey(sourceTable, rowset.rowsetId()));
    }
    sources.add(namespace.snapshot(base(), base(), tenure));
    changed();
    return true;
  }

  @Override
  public synchronized void restore(Snapshot source, Predicate<String> keptEntries) {
    // Who uses the namespace is none of the past's business.
    Predicate<String> kept = keptEntries.or(key -> key.startsWith(LeaseFormat.ENTRY));
    checkActive();
    Superblock state = StoredSnapshot.stateOf(source);
    Snapshot now = view();
    for (String key : now.entries("").keySet()) {
      if (!kept.test(key) && state.value(key).isEmpty()) {
        changes.remove(key);
      }
    }
    state
        .values("")
        .forEach(
            (key, value) -> {
              byte[] present = now.entry(key).orElse(null);
              if (!kept.test(key) && !Arrays.equals(present, value)) {
                changes.put(key, value);
              }
            });
    StoredSnapshot.stateOf(now).tables().forEach(table -> changes.truncate(table.tableId()));
    state.tables().forEach(table -> share(table.tableId(), state, table.tableId()));
    sources.add(source);
    changed();
  }

  @Override
  public synchronized boolean hasChanges() {
    return !changes.isEmpty() || !gathered.isEmpty();
  }

  @Override
  public synchronized OptionalLong commit() {
    checkActive();
    try {
      sealGathered();
      ended = true;
      if (changes.isEmpty()) {
        if (origin.isolation() == Isolation.SERIALIZABLE) {
          namespace.committer().endReader(base(), origin);
        }
        return OptionalLong.empty();
      }
      checkTenure();
      LocalNamespace.Staged written = new LocalNamespace.Staged(staged, begunMillis);
      return OptionalLong.of(namespace.commit(changes, base(), origin, written));
    } finally {
      release();
    }
  }

  private void checkTenure() {
    try {
      tenure.check();
    } catch (SqlException e) {
      namespace.discard(staged);
      throw e;
    }
  }

  @Override
  public synchronized void rollback() {
    if (ended) {
      return;
    }
    ended = true;
    gathered.values().forEach(rows -> rows.appender().abort());
    gathered.clear();
    namespace.discard(staged);
    release();
  }

  private void release() {
    sources.clear();
    base = null;
    changed();
    ended = true;
    namespace.ended(this);
  }

  private void checkActive() {
    if (ended) {
      throw new IllegalStateException("the transaction has ended");
    }
  }

  private synchronized void join(List<RowsetFile> rowsets) {
    if (ended) {
      namespace.discard(rowsets);
      throw new IllegalStateException("the transaction has ended");
    }
    for (RowsetFile rowset : rowsets) {
      staged.add(rowset);
      changes.add(rowset);
    }
    view = null;
    Superblock before = seen;
    if (before != null) {
      // Only what is new, so that many small statements do not each go through all before them.
      Changes delta = new Changes();
      rowsets.forEach(delta::add);
      seen = before.apply(delta, before.version(), namespace.nextPrivateContentVersion());
    }
  }

  /// An appender; its rowsets belong to it until it is finished.
  private static final class TableAppender implements RowAppender {
    private final StoredTransaction transaction;
    private final List<RowsetFile> rowsets = new ArrayList<>();
    private final RowsetBuilder builder;
    private long rowCount;
    private boolean ended;

    TableAppender(StoredTransaction transaction, long tableId, TableShape shape) {
      this.transaction = transaction;
      LocalNamespace namespace = transaction.namespace;
      builder = namespace.builder(tableId, shape, rowsets::add);
    }

    @Override
    public void append(Batch batch) {
      checkActive();
      builder.append(batch);
      rowCount += batch.selectedCount;
    }

    @Override
    public long finish() {
      checkActive();
      try {
        builder.finish();
      } catch (SqlException e) {
        abort();
        throw e;
      }
      ended = true;
      transaction.join(rowsets);
      return rowCount;
    }

    @Override
    public void abort() {
      if (!ended) {
        ended = true;
        transaction.namespace.discard(rowsets);
      }
    }

    private void checkActive() {
      if (ended) {
        throw new IllegalStateException("the appender has ended");
      }
    }
  }
}
