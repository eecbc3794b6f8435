package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.command.SnapshotCommands;
import io.redward.leader.session.SessionPastTables.PastState;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.SnapshotStatement;
import io.redward.storage.table.History;
import io.redward.storage.table.SavedSnapshot;
import java.util.List;
import java.util.Optional;

/// Runs statements about snapshots, clones and what was dropped.
record SnapshotRunner(LeaderSession session, QueryRunner queries) {
  String run(SnapshotStatement statement) {
    SnapshotCommands commands =
        new SnapshotCommands(
            queries.context(), session.warehouse().namespace(), session.warehouse().clock());
    return switch (statement) {
      case SnapshotStatement.CreateSnapshotStatement create -> {
        requireNoBlock("CREATE SNAPSHOT");
        yield commands.create(create);
      }
      case SnapshotStatement.DropSnapshotStatement drop -> {
        requireNoBlock("DROP SNAPSHOT");
        yield commands.drop(drop);
      }
      case SnapshotStatement.RestoreNamespaceStatement restore -> {
        requireNoBlock("RESTORE NAMESPACE");
        yield commands.restore(saved(restore.snapshot()));
      }
      case SnapshotStatement.RestoreTableStatement restore -> {
        PastState past = open(saved(restore.snapshot()));
        yield commands.restoreTable(restore, past.snapshot(), past.catalog());
      }
      case SnapshotStatement.CloneTableStatement copy -> cloneTable(commands, copy);
      case SnapshotStatement.CloneDatabaseStatement copy ->
          commands.cloneDatabase(copy, session.transaction().writable().view());
      case SnapshotStatement.UndropTableStatement undrop -> {
        long version = commands.droppedAt(undrop);
        PastState past = PastState.of(history().at(version));
        yield commands.undrop(undrop, past.snapshot(), past.catalog());
      }
    };
  }

  private String cloneTable(
      SnapshotCommands commands, SnapshotStatement.CloneTableStatement statement) {
    Optional<PastState> past =
        statement.moment().map(new SessionPastTables(session, queries)::state);
    if (past.isPresent()) {
      return commands.cloneTable(statement, past.get().snapshot(), past.get().catalog());
    }
    queries.locks().forChange(queries.context(), List.of(statement.source()));
    return commands.cloneTable(
        statement, session.transaction().writable().view(), session.transaction().catalog());
  }

  private History history() {
    return session.warehouse().namespace().history();
  }

  private PastState open(SavedSnapshot snapshot) {
    return PastState.of(history().open(snapshot));
  }

  private SavedSnapshot saved(Identifier name) {
    return history().saved().stream()
        .filter(snapshot -> snapshot.name().equals(name.name()))
        .findFirst()
        .orElseThrow(
            () ->
                new SqlException(
                        SqlState.UNDEFINED_OBJECT,
                        "snapshot \"" + name.name() + "\" does not exist")
                    .withPosition(name.position())
                    .withHint("svv_snapshots lists them."));
  }

  private void requireNoBlock(String what) {
    if (session.transaction().explicit()) {
      throw new SqlException(
          SqlState.ACTIVE_TRANSACTION, what + " cannot run inside a transaction block");
    }
  }
}
