package io.redward.leader.sql.ast;

import java.util.List;
import java.util.Optional;

/// Functions, procedures, libraries and models.
public sealed interface RoutineStatement extends Statement {

  /// CREATE [OR REPLACE] FUNCTION.
  ///
  /// @param body text between the quotes
  /// @param skipsNulls RETURNS NULL ON NULL INPUT, which is so unless CALLED ON NULL INPUT is
  ///     said, or nothing and the language is Python
  /// @param bodyPosition where the body begins, behind its quote
  /// @param language in lower case: `sql`, `java`, `plpythonu`
  record CreateFunctionStatement(
      QualifiedName name,
      boolean orReplace,
      List<RoutineArgument> arguments,
      TypeName returns,
      Volatility volatility,
      boolean skipsNulls,
      String body,
      int bodyPosition,
      String language,
      int position)
      implements RoutineStatement {
    public CreateFunctionStatement {
      arguments = List.copyOf(arguments);
    }
  }

  /// CREATE [OR REPLACE] EXTERNAL FUNCTION.
  ///
  /// @param options LAMBDA, SAGEMAKER, IAM_ROLE, RETRY_TIMEOUT, MAX_BATCH_ROWS, MAX_BATCH_SIZE
  record CreateExternalFunctionStatement(
      QualifiedName name,
      boolean orReplace,
      List<RoutineArgument> arguments,
      TypeName returns,
      Volatility volatility,
      List<NamedOption> options,
      int position)
      implements RoutineStatement {}

  enum Volatility {
    VOLATILE,
    STABLE,
    IMMUTABLE
  }

  /// CREATE [OR REPLACE] PROCEDURE.
  record CreateProcedureStatement(
      QualifiedName name,
      boolean orReplace,
      List<RoutineArgument> arguments,
      boolean nonAtomic,
      String body,
      String language,
      boolean securityDefiner,
      Optional<SessionStatement.SetStatement> set,
      int position)
      implements RoutineStatement {
    public CreateProcedureStatement {
      arguments = List.copyOf(arguments);
    }
  }

  /// `[name] [IN | OUT | INOUT] type`.
  record RoutineArgument(Optional<Identifier> name, ArgumentMode mode, TypeName type) {}

  enum ArgumentMode {
    IN,
    OUT,
    INOUT
  }

  /// A routine named by its argument types; without parentheses the types are absent.
  record RoutineSignature(QualifiedName name, Optional<List<TypeName>> argumentTypes) {}

  /// ALTER PROCEDURE or FUNCTION … RENAME TO | OWNER TO.
  record AlterRoutineStatement(
      ObjectStatement.ObjectKind kind,
      RoutineSignature routine,
      Optional<Identifier> newName,
      Optional<Identifier> newOwner,
      int position)
      implements RoutineStatement {}

  /// DROP FUNCTION or PROCEDURE.
  record DropRoutineStatement(
      ObjectStatement.ObjectKind kind,
      List<RoutineSignature> routines,
      boolean ifExists,
      boolean cascade,
      int position)
      implements RoutineStatement {}

  /// CALL procedure(arguments).
  record CallStatement(QualifiedName procedure, List<Expr> arguments, int position)
      implements RoutineStatement {
    public CallStatement {
      arguments = List.copyOf(arguments);
    }
  }

  /// CREATE [OR REPLACE] LIBRARY.
  record CreateLibraryStatement(
      Identifier name,
      boolean orReplace,
      String language,
      String source,
      List<NamedOption> options,
      int position)
      implements RoutineStatement {}

  /// CREATE [EXTERNAL] MODEL; clauses in order as words and values.
  record CreateModelStatement(
      QualifiedName name, boolean external, List<NamedOption> clauses, int position)
      implements RoutineStatement {}

  /// A clause of a statement that the leader hands on: its words, and its value if it has one.
  /// A query or list in parentheses arrives as its text.
  record NamedOption(String name, Optional<String> value, int position) implements Node {}
}
