package io.redward.leader.sql.ast;

import java.util.List;
import java.util.Optional;

/// Transactions and locks.
public sealed interface TransactionStatement extends Statement {

  /// BEGIN and START TRANSACTION.
  record BeginStatement(TransactionModes modes, int position) implements TransactionStatement {}

  /// COMMIT and END.
  record CommitStatement(int position) implements TransactionStatement {}

  /// ROLLBACK and ABORT.
  record RollbackStatement(int position) implements TransactionStatement {}

  /// SET TRANSACTION, and SET SESSION CHARACTERISTICS AS TRANSACTION (`session`).
  record SetTransactionStatement(boolean session, TransactionModes modes, int position)
      implements TransactionStatement {}

  /// SAVEPOINT, RELEASE and ROLLBACK TO, which drivers may send; the session refuses them.
  record SavepointStatement(SavepointAction action, Identifier name, int position)
      implements TransactionStatement {}

  enum SavepointAction {
    SET,
    RELEASE,
    ROLLBACK_TO
  }

  /// What is written of a transaction's properties.
  record TransactionModes(
      Optional<Isolation> isolation, Optional<Boolean> readOnly, Optional<Boolean> deferrable) {
    public static final TransactionModes NONE =
        new TransactionModes(Optional.empty(), Optional.empty(), Optional.empty());
  }

  enum Isolation {
    SERIALIZABLE,
    REPEATABLE_READ,
    READ_COMMITTED,
    READ_UNCOMMITTED,
    SNAPSHOT
  }

  /// LOCK [TABLE]; the mode is in lower case (`access exclusive` by default).
  record LockStatement(List<QualifiedName> tables, String mode, boolean noWait, int position)
      implements TransactionStatement {
    public LockStatement {
      tables = List.copyOf(tables);
    }
  }
}
