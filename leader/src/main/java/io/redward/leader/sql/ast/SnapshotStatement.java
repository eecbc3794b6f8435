package io.redward.leader.sql.ast;

import java.util.Optional;

/// Snapshots, clones, and what was dropped: statements that the documented dialect does not have.
public sealed interface SnapshotStatement extends Statement {

  /// CREATE SNAPSHOT name [FOR TABLE table] [RETENTION n {DAYS | HOURS}].
  ///
  /// @param retentionHours after which it is dropped by itself
  record CreateSnapshotStatement(
      Identifier name, Optional<QualifiedName> table, Optional<Long> retentionHours, int position)
      implements SnapshotStatement {}

  /// DROP SNAPSHOT [IF EXISTS] name.
  record DropSnapshotStatement(Identifier name, boolean ifExists, int position)
      implements SnapshotStatement {}

  /// RESTORE NAMESPACE FROM SNAPSHOT name.
  record RestoreNamespaceStatement(Identifier snapshot, int position)
      implements SnapshotStatement {}

  /// RESTORE TABLE table [AS name] FROM SNAPSHOT name.
  record RestoreTableStatement(
      QualifiedName table, QualifiedName target, Identifier snapshot, int position)
      implements SnapshotStatement {}

  /// CREATE TABLE name CLONE table [AT (…)].
  record CloneTableStatement(
      QualifiedName name,
      boolean ifNotExists,
      QualifiedName source,
      Optional<Moment> moment,
      int position)
      implements SnapshotStatement {}

  /// CREATE DATABASE name CLONE database.
  record CloneDatabaseStatement(Identifier name, Identifier source, int position)
      implements SnapshotStatement {}

  /// UNDROP TABLE name.
  record UndropTableStatement(QualifiedName name, int position) implements SnapshotStatement {}
}
