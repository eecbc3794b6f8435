package io.redward.storage.commit;

import io.redward.foundation.base.SqlException;
import io.redward.storage.rowset.RowsetFile;
import io.redward.storage.table.Isolation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Decides whether a transaction that saw one state may change a later one.
///
/// Conflicts of any two transactions are: an entry written or required unchanged that somebody else
/// has written since; a row deleted that somebody else has deleted since, alone or with its table's
/// rows; a change of rows that a constraint rests on, as the transaction has declared. Appending
/// conflicts with nothing, and rows that a fold has moved are found again.
///
/// A serializable transaction must pass the serial safety net besides (Wang, Johnson, Fekete,
/// Pandis: "The Serial Safety Net", VLDB Journal 2017). Its successors are those that changed what
/// it read after its snapshot; its predecessors those whose state it saw, and those that read what
/// it changes. If the earliest successor was committed before the latest predecessor, a cycle is
/// possible, and it fails. All that is kept of an ended transaction is its reads, its writes, and
/// the stamp of its earliest successor.
final class Certifier {
  private final FoldedRows folds;
  private final RecentCommits recent;
  private final Conflicts conflicts;

  Certifier(FoldedRows folds, RecentCommits recent, Conflicts conflicts) {
    this.folds = folds;
    this.recent = recent;
    this.conflicts = conflicts;
  }

  /// What a transaction wants.
  ///
  /// @param base the state that it saw
  record Proposal(Changes changes, Superblock base, Origin origin) {}

  /// The changes as they apply to `current`, and the transaction as later ones will remember it.
  record Certified(Changes changes, RecentCommits.Ended remembered) {}

  /// @param stamp that the transaction gets if it passes
  /// @throws SqlException 40001 if it conflicts
  Certified certify(Proposal proposal, Superblock current, long stamp) {
    Changes changes = proposal.changes();
    Superblock base = proposal.base();
    if (base != current) {
      checkEntries(proposal, current);
      if (changes.isFold()) {
        changes = changes.withDeletes(deletedMeanwhile(proposal, current));
      } else {
        checkMoves(proposal, current);
        changes = changes.deletes().isEmpty() ? changes : certifyDeletes(proposal, current);
      }
    }
    checkGuards(proposal);
    Written written = written(changes, current);
    long successor =
        proposal.origin().isolation() == Isolation.SERIALIZABLE
            ? serialSafetyNet(proposal, written, stamp)
            : stamp;
    return new Certified(
        changes,
        new RecentCommits.Ended(
            stamp,
            successor,
            proposal.origin().owner(),
            proposal.origin().reads(),
            written,
            changedEntries(changes)));
  }

  /// Certifies a serializable transaction that has changed nothing.
  RecentCommits.Ended certifyReader(Proposal proposal) {
    long stamp = RecentCommits.stampAfter(proposal.base().version());
    serialSafetyNet(proposal, Written.NOTHING, stamp);
    return new RecentCommits.Ended(
        stamp,
        stamp,
        proposal.origin().owner(),
        proposal.origin().reads(),
        Written.NOTHING,
        Set.of());
  }

  /// @return the stamp of the earliest successor, its own if there is none
  private long serialSafetyNet(Proposal proposal, Written written, long stamp) {
    ReadSet reads = proposal.origin().reads();
    long baseStamp = RecentCommits.stampAfter(proposal.base().version());
    boolean reader = written == Written.NOTHING;
    if (baseStamp < recent.forgottenStamp()) {
      throw conflict(proposal, reads.scopes().keySet().stream().findFirst().orElse(0L));
    }
    long successor = Long.MAX_VALUE;
    long predecessor = baseStamp;
    Optional<RecentCommits.Ended> first = Optional.empty();
    for (RecentCommits.Ended other : recent.since(proposal.base().version())) {
      if (other.successor() < successor && other.written().concerns(reads)) {
        successor = other.successor();
        first = Optional.of(other);
      }
      boolean before = written.concerns(other.reads()) || written.replacesRowsOf(other.written());
      if (other.stamp() > predecessor && !reader && before) {
        predecessor = other.stamp();
      }
    }
    // What others have read is not known, so whoever writes is taken to have a predecessor that has
    // read it later than any successor was committed. Then no transaction that writes is between
    // two others as every cycle needs one, and who only reads need not be asked.
    boolean refused = recent.shared() && !reader ? first.isPresent() : successor <= predecessor;
    if (refused) {
      RecentCommits.Ended other = first.orElseThrow();
      long table = other.written().firstConcerned(reads).orElse(0L);
      throw conflicts.onTable(table, proposal.origin().owner(), Optional.of(other.owner()));
    }
    return Math.min(successor, stamp);
  }

  /// What changes put in and take out.
  ///
  /// @param current a state that holds the rowsets they delete from, or it is not known which rows
  static Written written(Changes changes, Superblock current) {
    Map<Changes.RowsetKey, RowsetFile> sources = new HashMap<>();
    for (Changes.RowsetKey key : changes.deletes().keySet()) {
      state(current, key).ifPresent(rowset -> sources.put(key, rowset.file()));
    }
    if (changes.isFold()) {
      return Written.NOTHING;
    }
    Set<Long> whole = changes.givers();
    whole.addAll(changes.truncations());
    return new Written(changes.added(), changes.deletes(), sources, whole);
  }

  private static Set<String> changedEntries(Changes changes) {
    Set<String> entries = new HashSet<>(changes.puts().keySet());
    entries.addAll(changes.removes());
    return entries;
  }

  private Changes certifyDeletes(Proposal proposal, Superblock current) {
    Changes changes = proposal.changes();
    Superblock withOwn = current;
    if (!changes.added().isEmpty()) {
      withOwn = current.apply(changes.withDeletes(Map.of()), current.version() + 1, 0);
    }
    Optional<Map<Changes.RowsetKey, int[]>> moved = folds.translate(changes.deletes(), withOwn);
    if (moved.isEmpty()) {
      throw conflict(proposal, changes.deletes().keySet().iterator().next().tableId());
    }
    for (Map.Entry<Changes.RowsetKey, int[]> delete : moved.get().entrySet()) {
      Changes.RowsetKey key = delete.getKey();
      RowsetState rowset = state(withOwn, key).orElseThrow(() -> conflict(proposal, key.tableId()));
      for (int row : delete.getValue()) {
        if (rowset.isDeleted(row)) {
          throw conflict(proposal, key.tableId());
        }
      }
    }
    return changes.withDeletes(moved.get());
  }

  /// Rows that others have deleted since a fold began, at the places where the fold has put them.
  /// Without that a table that is written to all the time would never be rewritten.
  private Map<Changes.RowsetKey, int[]> deletedMeanwhile(Proposal proposal, Superblock current) {
    Map<Changes.RowsetKey, int[]> deletes = new HashMap<>();
    for (Map.Entry<Changes.RowsetKey, RowMoves> fold : proposal.changes().moves().entrySet()) {
      Changes.RowsetKey key = fold.getKey();
      RowsetState before =
          state(proposal.base(), key).orElseThrow(() -> conflict(proposal, key.tableId()));
      RowsetState now = state(current, key).orElseThrow(() -> conflict(proposal, key.tableId()));
      if (now.deletedCount() > before.deletedCount()) {
        long[] newRows = fold.getValue().newRows();
        int[] rows = now.deletedSince(before);
        long[] moved = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
          moved[i] = newRows[rows[i]];
        }
        Changes.byRowset(moved, moved.length)
            .forEach(
                (rowset, found) ->
                    deletes.merge(
                        new Changes.RowsetKey(key.tableId(), rowset), found, Changes::union));
      }
    }
    return deletes;
  }

  /// Rowsets that are given away must be as they were seen. Clones share rowsets: the same one may
  /// have come to the table by another way meanwhile.
  private void checkMoves(Proposal proposal, Superblock current) {
    if (proposal.changes().replaced().isEmpty()) {
      return;
    }
    for (Changes.RowsetKey key : proposal.changes().replaced()) {
      if (!state(proposal.base(), key).equals(state(current, key))) {
        throw conflict(proposal, key.tableId());
      }
    }
    for (RowsetFile added : proposal.changes().added()) {
      long tableId = added.reference().tableId();
      int rowsetId = added.reference().rowsetId();
      if (state(current, new Changes.RowsetKey(tableId, rowsetId)).isPresent()) {
        throw conflict(proposal, tableId);
      }
    }
  }

  /// Rows that a constraint rests on must be as they were seen.
  private void checkGuards(Proposal proposal) {
    ReadSet guards = proposal.origin().guards();
    if (guards.isEmpty()) {
      return;
    }
    long version = proposal.base().version();
    if (RecentCommits.stampAfter(version) < recent.forgottenStamp()) {
      throw conflict(proposal, guards.scopes().keySet().iterator().next());
    }
    for (RecentCommits.Ended other : recent.since(version)) {
      Optional<Long> table = other.written().firstConcerned(guards);
      if (table.isPresent()) {
        throw conflicts.onTable(table.get(), proposal.origin().owner(), Optional.of(other.owner()));
      }
    }
  }

  private void checkEntries(Proposal proposal, Superblock current) {
    Changes changes = proposal.changes();
    changes.puts().keySet().forEach(key -> checkEntry(key, proposal, current));
    changes.removes().forEach(key -> checkEntry(key, proposal, current));
    changes.requirements().forEach(key -> checkEntry(key, proposal, current));
  }

  private void checkEntry(String key, Proposal proposal, Superblock current) {
    if (current.sameEntry(proposal.base(), key)) {
      return;
    }
    OptionalLong table = Conflicts.tableOf(key);
    Optional<RecentCommits.Ended> other =
        recent.since(proposal.base().version()).stream()
            .filter(ended -> ended.entries().contains(key))
            .findFirst();
    if (table.isPresent()) {
      throw conflicts.onTable(
          table.getAsLong(), proposal.origin().owner(), other.map(RecentCommits.Ended::owner));
    }
    throw conflicts.onEntry(key, proposal.origin().owner());
  }

  private static Optional<RowsetState> state(Superblock superblock, Changes.RowsetKey key) {
    return superblock.table(key.tableId()).flatMap(table -> table.rowset(key.rowsetId()));
  }

  /// The other transaction is the last one that took rows of the table away.
  private SqlException conflict(Proposal proposal, long tableId) {
    Optional<RecentCommits.Ended> other =
        recent.since(proposal.base().version()).stream()
            .filter(
                ended ->
                    ended.written().whole().contains(tableId)
                        || ended.written().deletes().keySet().stream()
                            .anyMatch(key -> key.tableId() == tableId))
            .reduce((_, last) -> last);
    return conflicts.onTable(
        tableId, proposal.origin().owner(), other.map(RecentCommits.Ended::owner));
  }
}
