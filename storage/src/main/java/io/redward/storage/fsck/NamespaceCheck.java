package io.redward.storage.fsck;

import io.redward.foundation.base.SqlException;
import io.redward.storage.check.Finding;
import io.redward.storage.check.FindingKind;
import io.redward.storage.commit.LogCheck;
import io.redward.storage.commit.RowsetState;
import io.redward.storage.commit.SavedStates;
import io.redward.storage.commit.Superblock;
import io.redward.storage.commit.TableState;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.objectstore.ObjectStore.ObjectSummary;
import io.redward.storage.rowset.RowsetCheck;
import io.redward.storage.rowset.RowsetReference;
import io.redward.storage.table.SavedSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Checks a namespace from end to end: the log, every rowset it refers to, delete vectors and row
/// counts, and that nothing lies about that nobody refers to. Reads only, so it may run beside a
/// server; what looks wrong is looked at again in case the server has moved on.
public final class NamespaceCheck {
  private static final Pattern ROWSET = Pattern.compile("data/\\d+/\\d+\\.rws");

  private final ObjectStore store;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<String> pinned = new HashSet<>();
  private final Set<String> snapshotObjects = new HashSet<>();
  private int snapshots;
  private int rowsets;
  private int blocks;
  private long liveRows;
  private long bytes;

  private NamespaceCheck(ObjectStore store) {
    this.store = store;
  }

  /// Does not close the store.
  public static CheckReport run(ObjectStore store) {
    return new NamespaceCheck(store).check();
  }

  private CheckReport check() {
    LogCheck.Result log = LogCheck.run(store);
    int tables = 0;
    if (log.state().isPresent()) {
      Superblock state = log.state().get();
      tables = state.tables().size();
      for (TableState table : state.tables()) {
        for (RowsetState rowset : table.rowsets()) {
          checkRowset(rowset);
        }
      }
      checkSnapshots(state);
      checkOrphans(state, log.mentioned());
    }
    if (!findings.isEmpty() || !log.findings().isEmpty()) {
      log = again(log);
    }
    List<Finding> all = new ArrayList<>(log.findings());
    all.addAll(findings);
    return new CheckReport(
        log.state().map(Superblock::version).orElse(0L),
        log.commits(),
        log.checkpoints(),
        snapshots,
        tables,
        rowsets,
        blocks,
        liveRows,
        bytes,
        all);
  }

  /// Keeps of what was found what still holds: a server may have committed, folded and collected
  /// meanwhile.
  private LogCheck.Result again(LogCheck.Result before) {
    LogCheck.Result now = LogCheck.run(store);
    if (now.state().isPresent()) {
      Set<String> referenced = objects(now.state().get());
      referenced.addAll(pinned);
      now.state()
          .ifPresent(state -> SavedStates.of(state).forEach(s -> referenced.add(s.object())));
      findings.removeIf(
          finding ->
              finding.kind().isDamage()
                  ? !referenced.contains(finding.object())
                  : referenced.contains(finding.object())
                      || store.size(finding.object()).isEmpty());
    }
    List<Finding> both = new ArrayList<>(now.findings());
    both.retainAll(before.findings());
    return new LogCheck.Result(
        now.state(), now.commits(), now.checkpoints(), now.mentioned(), both);
  }

  /// Reads what snapshots hold beside the newest state.
  private void checkSnapshots(Superblock newest) {
    Set<String> checked = objects(newest);
    for (SavedSnapshot snapshot : SavedStates.of(newest)) {
      snapshots++;
      snapshotObjects.add(snapshot.object());
      Superblock state;
      try {
        state = SavedStates.read(store, snapshot.object());
      } catch (SqlException e) {
        findings.add(
            new Finding(
                FindingKind.DAMAGED_SNAPSHOT,
                snapshot.object(),
                "snapshot \"" + snapshot.name() + "\": " + e.message()));
        continue;
      }
      for (TableState table : state.tables()) {
        for (RowsetState rowset : table.rowsets()) {
          RowsetReference reference = rowset.file().reference();
          String object = name(reference);
          pinned.add(object);
          if (checked.add(object)) {
            RowsetCheck.Result result = RowsetCheck.run(reference, store, object);
            rowsets++;
            blocks += result.blocks();
            bytes += reference.bytes();
            findings.addAll(result.findings());
          }
          checkDeletes(rowset, object);
        }
      }
    }
  }

  private void checkRowset(RowsetState rowset) {
    RowsetReference reference = rowset.file().reference();
    rowsets++;
    bytes += reference.bytes();
    liveRows += rowset.rowCount() - rowset.deletedCount();
    String object = name(reference);
    RowsetCheck.Result result = RowsetCheck.run(reference, store, object);
    blocks += result.blocks();
    findings.addAll(result.findings());
    checkDeletes(rowset, object);
  }

  private void checkDeletes(RowsetState rowset, String object) {
    int deleted = 0;
    int beyond = 0;
    long[] words = rowset.deleted();
    for (int i = 0; i < words.length; i++) {
      deleted += Long.bitCount(words[i]);
      for (long word = words[i]; word != 0; word &= word - 1) {
        beyond += (i << 6) + Long.numberOfTrailingZeros(word) >= rowset.rowCount() ? 1 : 0;
      }
    }
    if (beyond > 0) {
      findings.add(
          new Finding(
              FindingKind.WRONG_DELETE_VECTOR,
              object,
              beyond + " deleted rows beyond its " + rowset.rowCount() + " rows"));
    }
    if (deleted != rowset.deletedCount()) {
      findings.add(
          new Finding(
              FindingKind.WRONG_DELETE_VECTOR,
              object,
              deleted + " rows deleted, " + rowset.deletedCount() + " counted"));
    }
  }

  private void checkOrphans(Superblock state, Set<String> mentioned) {
    Set<String> referenced = objects(state);
    referenced.addAll(pinned);
    referenced.addAll(mentioned);
    for (ObjectSummary object : store.list(SavedStates.OBJECTS)) {
      if (!snapshotObjects.contains(object.key())) {
        findings.add(new Finding(FindingKind.ORPHAN, object.key(), "no snapshot refers to it"));
      }
    }
    for (ObjectSummary object : store.list("data/")) {
      if (!ROWSET.matcher(object.key()).matches()) {
        findings.add(
            new Finding(FindingKind.UNKNOWN_OBJECT, object.key(), "not a name of a rowset"));
      } else if (!referenced.contains(object.key())) {
        findings.add(
            new Finding(
                FindingKind.ORPHAN,
                object.key(),
                object.bytes() + " bytes that nothing refers to"));
      }
    }
  }

  private static Set<String> objects(Superblock state) {
    Set<String> objects = new HashSet<>();
    for (TableState table : state.tables()) {
      table.rowsets().forEach(rowset -> objects.add(name(rowset.file().reference())));
    }
    return objects;
  }

  private static String name(RowsetReference reference) {
    return reference.isInline()
        ? "rowset " + reference.rowsetId() + " of table " + reference.tableId() + ", in the log"
        : reference.objectKey();
  }
}
