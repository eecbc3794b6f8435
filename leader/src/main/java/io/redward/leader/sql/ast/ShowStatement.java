package io.redward.leader.sql.ast;

import java.util.Optional;
import java.util.OptionalLong;

/// SHOW of catalog objects; SHOW of a setting is [SessionStatement.ShowParameterStatement].
public sealed interface ShowStatement extends Statement {

  /// SHOW COLUMNS, GRANTS, CONSTRAINTS and their kind: lists that are no queries of system views.
  ///
  /// @param from what stands behind FROM SCHEMA, FROM DATABASE, FROM TABLE or ON
  record ShowListStatement(
      ListKind kind,
      Optional<QualifiedName> from,
      Optional<String> like,
      OptionalLong limit,
      Optional<AccessStatement.Grantee> grantee,
      int position)
      implements ShowStatement {}

  enum ListKind {
    COLUMNS,
    VIEWS,
    FUNCTIONS,
    PROCEDURES,
    PARAMETERS,
    PRIMARY_KEYS,
    FOREIGN_KEYS,
    EXPORTED_KEYS,
    CONSTRAINTS,
    GRANTS,
    COLUMN_GRANTS
  }

  /// SHOW TABLE, VIEW, EXTERNAL TABLE, PROCEDURE, FUNCTION, MODEL, TEMPLATE: a definition.
  ///
  /// @param partition SHOW EXTERNAL TABLE … PARTITION
  record ShowDefinitionStatement(
      DefinitionKind kind,
      RoutineStatement.RoutineSignature object,
      boolean partition,
      int position)
      implements ShowStatement {}

  enum DefinitionKind {
    TABLE,
    VIEW,
    EXTERNAL_TABLE,
    PROCEDURE,
    FUNCTION,
    MODEL,
    TEMPLATE
  }
}
