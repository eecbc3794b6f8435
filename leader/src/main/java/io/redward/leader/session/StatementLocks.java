package io.redward.leader.session;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.binder.BoundStatement;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.command.CommandContext;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.TransactionStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The locks that one statement takes.
record StatementLocks(LeaderSession session, CancelToken cancel) {
  /// Notes that a planned statement uses its tables.
  ///
  /// @return whether it had to wait, so that it is to be planned again
  boolean take(BoundStatement statement) {
    SessionTransaction transaction = session.transaction();
    boolean waited =
        transaction.lock(statement.references().tables(), TableLocks.Mode.READ, cancel);
    if (statement instanceof BoundStatement.BoundChange change) {
      waited |= transaction.lock(List.of(change.table().oid()), TableLocks.Mode.WRITE, cancel);
    }
    if (waited) {
      transaction.refresh();
    } else {
      transaction.use();
    }
    return waited;
  }

  /// Notes that a statement adds rows to a table.
  ///
  /// @return whether it had to wait
  boolean takeForInsert(int table) {
    SessionTransaction transaction = session.transaction();
    boolean waited = transaction.lock(List.of(table), TableLocks.Mode.WRITE, cancel);
    if (waited) {
      transaction.refresh();
    } else {
      transaction.use();
    }
    return waited;
  }

  /// Waits until nobody else has the named tables alone; names that are none are left to others to
  /// complain about.
  void forChange(CommandContext context, List<QualifiedName> names) {
    SessionTransaction transaction = session.transaction();
    List<Integer> tables = new ArrayList<>();
    for (QualifiedName name : names) {
      context.find(name).map(OwnedObject::oid).ifPresent(tables::add);
    }
    if (transaction.lock(tables, TableLocks.Mode.WRITE, cancel)) {
      transaction.refresh();
    }
    transaction.use();
  }

  /// LOCK: has the tables alone until the transaction ends, whatever mode is written.
  void alone(CommandContext context, TransactionStatement.LockStatement statement) {
    SessionTransaction transaction = session.transaction();
    for (QualifiedName name : statement.tables()) {
      TableDefinition table = context.table(name);
      requirePrivilege(table);
      if (!statement.noWait()) {
        transaction.lock(List.of(table.oid()), TableLocks.Mode.ALONE, cancel);
      } else if (!transaction.tryLock(table.oid(), TableLocks.Mode.ALONE)) {
        throw new SqlException(
            SqlState.LOCK_NOT_AVAILABLE, "could not obtain lock on relation \"" + name + "\"");
      }
      transaction.refresh();
    }
  }

  private void requirePrivilege(TableDefinition table) {
    boolean mayChange =
        Stream.of(Privilege.UPDATE, Privilege.DELETE, Privilege.INSERT)
            .anyMatch(
                privilege ->
                    Privileges.holds(
                        session.transaction().catalog(), session.user(), table, privilege));
    if (!mayChange) {
      Privileges.require(session.transaction().catalog(), session.user(), table, Privilege.UPDATE);
    }
  }
}
