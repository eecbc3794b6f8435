package io.redward.storage.table;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Earlier states of a namespace: for a while all of them, and for as long as one likes those that
/// are saved under a name. Thread-safe.
///
/// A state that is handed out stays readable as long as it is reachable.
public interface History {
  /// What is to be saved.
  ///
  /// @param table the only table; empty for all
  /// @param subject what it is of, as a person names it
  /// @param expires when it is dropped by itself; empty for never
  record SaveRequest(
      String name, String owner, OptionalLong table, String subject, Optional<Instant> expires) {}

  /// The oldest version that can be seen.
  long oldestVersion();

  /// The state after a commit.
  ///
  /// @throws io.redward.foundation.base.SqlException UNDEFINED_OBJECT if there is no such version,
  ///     or none any more
  Snapshot at(long version);

  /// The state at a time.
  Snapshot at(Instant time);

  /// All saved snapshots, by name.
  List<SavedSnapshot> saved();

  /// The state that a saved snapshot holds.
  Snapshot open(SavedSnapshot snapshot);

  /// Saves the newest state.
  ///
  /// @throws io.redward.foundation.base.SqlException DUPLICATE_OBJECT if the name is taken
  SavedSnapshot save(SaveRequest request);

  /// Drops a saved snapshot.
  ///
  /// @throws io.redward.foundation.base.SqlException UNDEFINED_OBJECT if there is none of that name
  void drop(String name);
}
