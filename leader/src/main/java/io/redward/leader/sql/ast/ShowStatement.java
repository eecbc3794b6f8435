package io.redward.leader.sql.ast;

import java.util.Optional;
import java.util.OptionalLong;

/// SHOW of catalog objects; SHOW of a setting is [SessionStatement.ShowParameterStatement].
public sealed interface ShowStatement extends Statement {

  /// SHOW TABLES, SCHEMAS, COLUMNS and their kind: lists.
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
    DATABASES,
    SCHEMAS,
    TABLES,
    COLUMNS,
    VIEWS,
    FUNCTIONS,
    PROCEDURES,
    PARAMETERS,
    PRIMARY_KEYS,
    FOREIGN_KEYS,
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
