package io.redward.leader.sql.ast;

import java.util.List;
import java.util.Optional;

/// Settings, prepared statements, EXPLAIN and what else concerns one session.
public sealed interface SessionStatement extends Statement {

  /// SET [SESSION | LOCAL] name {TO | =} value, …; SET TIME ZONE; SET NAMES.
  ///
  /// @param name in lower case, perhaps with dots
  /// @param values each as text (of a number or word as written); empty for DEFAULT
  record SetStatement(boolean local, String name, List<String> values, int position)
      implements SessionStatement {
    public SetStatement {
      values = List.copyOf(values);
    }

    public boolean isDefault() {
      return values.isEmpty();
    }
  }

  /// SET [LOCAL] SESSION AUTHORIZATION; empty for DEFAULT.
  record SetSessionAuthorizationStatement(boolean local, Optional<Identifier> user, int position)
      implements SessionStatement {}

  /// RESET name; empty for ALL. `session_authorization` for RESET SESSION AUTHORIZATION.
  record ResetStatement(Optional<String> name, int position) implements SessionStatement {}

  /// SHOW name; `all` for SHOW ALL.
  record ShowParameterStatement(String name, int position) implements SessionStatement {}

  /// DISCARD ALL | PLANS | TEMP.
  record DiscardStatement(DiscardTarget target, int position) implements SessionStatement {}

  enum DiscardTarget {
    ALL,
    PLANS,
    TEMP,
    SEQUENCES
  }

  /// USE database; empty for RESET USE and USE DEFAULT.
  record UseStatement(Optional<Identifier> database, int position) implements SessionStatement {}

  /// PREPARE name [(types)] AS statement.
  record PrepareStatement(
      Identifier name, List<TypeName> parameterTypes, Statement statement, int position)
      implements SessionStatement {
    public PrepareStatement {
      parameterTypes = List.copyOf(parameterTypes);
    }
  }

  /// EXECUTE name [(values)].
  record ExecuteStatement(Identifier name, List<Expr> arguments, int position)
      implements SessionStatement {
    public ExecuteStatement {
      arguments = List.copyOf(arguments);
    }
  }

  /// DEALLOCATE [PREPARE] name; empty for ALL.
  record DeallocateStatement(Optional<Identifier> name, int position) implements SessionStatement {}

  /// EXPLAIN.
  ///
  /// @param view which stage to show; PLAN is the classic text
  record ExplainStatement(
      ExplainView view, boolean verbose, boolean analyze, Statement statement, int position)
      implements SessionStatement {}

  enum ExplainView {
    PLAN,
    AST,
    LOGICAL,
    PHYSICAL,
    SEGMENTS,
    CODE
  }

  /// CANCEL pid ['message'].
  record CancelStatement(long processId, Optional<String> message, int position)
      implements SessionStatement {}

  /// LISTEN, UNLISTEN, NOTIFY: accepted from drivers and without effect.
  record ListenStatement(String channel, int position) implements SessionStatement {}

  /// SET SEED TO value.
  record SetSeedStatement(double seed, int position) implements SessionStatement {}
}
