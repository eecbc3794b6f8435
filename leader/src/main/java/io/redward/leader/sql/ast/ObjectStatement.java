package io.redward.leader.sql.ast;

import java.util.List;
import java.util.Optional;

/// Definition of views, schemas, databases; DROP and COMMENT for all kinds of object.
public sealed interface ObjectStatement extends Statement {

  /// CREATE [OR REPLACE] VIEW.
  ///
  /// @param lateBinding WITH NO SCHEMA BINDING
  record CreateViewStatement(
      QualifiedName name,
      boolean orReplace,
      List<Identifier> columns,
      Query query,
      boolean lateBinding,
      int position)
      implements ObjectStatement {
    public CreateViewStatement {
      columns = List.copyOf(columns);
    }
  }

  /// CREATE MATERIALIZED VIEW.
  record CreateMaterializedViewStatement(
      QualifiedName name,
      List<Identifier> columns,
      TableStatement.TableAttributes attributes,
      Optional<Boolean> backup,
      Optional<Boolean> autoRefresh,
      Query query,
      int position)
      implements ObjectStatement {}

  /// ALTER MATERIALIZED VIEW: one change of the refresh mode or an ALTER TABLE action.
  record AlterMaterializedViewStatement(
      QualifiedName name,
      Optional<Boolean> autoRefresh,
      List<TableStatement.AlterAction> actions,
      int position)
      implements ObjectStatement {}

  /// REFRESH MATERIALIZED VIEW [RESTRICT | CASCADE].
  record RefreshStatement(QualifiedName view, boolean cascade, int position)
      implements ObjectStatement {}

  /// CREATE SCHEMA.
  ///
  /// @param name empty for CREATE SCHEMA AUTHORIZATION user
  /// @param elements objects made within the schema in the same statement
  record CreateSchemaStatement(
      Optional<QualifiedName> name,
      boolean ifNotExists,
      Optional<Identifier> owner,
      Optional<Quota> quota,
      List<Statement> elements,
      int position)
      implements ObjectStatement {
    public CreateSchemaStatement {
      elements = List.copyOf(elements);
    }
  }

  /// A schema's quota; no value means UNLIMITED.
  record Quota(Optional<Long> megabytes) {}

  /// ALTER SCHEMA with one change.
  record AlterSchemaStatement(QualifiedName name, SchemaChange change, int position)
      implements ObjectStatement {}

  /// What ALTER SCHEMA does.
  sealed interface SchemaChange {
    record RenameSchema(Identifier name) implements SchemaChange {}

    record ChangeSchemaOwner(Identifier owner) implements SchemaChange {}

    record ChangeQuota(Quota quota) implements SchemaChange {}
  }

  /// CREATE DATABASE.
  ///
  /// @param from of a database made from a datashare, an ARN or an integration
  record CreateDatabaseStatement(
      Identifier name,
      Optional<Identifier> owner,
      Optional<ConnectionLimit> connectionLimit,
      Optional<Boolean> caseSensitive,
      Optional<IsolationLevel> isolation,
      Optional<DatabaseSource> from,
      int position)
      implements ObjectStatement {}

  /// A limit; no value means UNLIMITED.
  record ConnectionLimit(Optional<Integer> connections) {}

  /// ISOLATION LEVEL of a database.
  enum IsolationLevel {
    SERIALIZABLE,
    SNAPSHOT
  }

  /// FROM {DATASHARE name | ARN 'arn' | INTEGRATION 'id'} [OF [ACCOUNT id] NAMESPACE guid] …
  record DatabaseSource(
      DatabaseSourceKind kind,
      String name,
      boolean withPermissions,
      Optional<String> account,
      Optional<String> namespace,
      Optional<String> catalogSchema) {}

  enum DatabaseSourceKind {
    DATASHARE,
    ARN,
    INTEGRATION
  }

  /// ALTER DATABASE with its changes.
  record AlterDatabaseStatement(Identifier name, List<DatabaseChange> changes, int position)
      implements ObjectStatement {
    public AlterDatabaseStatement {
      changes = List.copyOf(changes);
    }
  }

  /// What ALTER DATABASE does.
  sealed interface DatabaseChange {
    record RenameDatabase(Identifier name) implements DatabaseChange {}

    record ChangeDatabaseOwner(Identifier owner) implements DatabaseChange {}

    record ChangeConnectionLimit(ConnectionLimit limit) implements DatabaseChange {}

    record ChangeCollation(boolean caseSensitive) implements DatabaseChange {}

    record ChangeIsolation(IsolationLevel level) implements DatabaseChange {}

    record SetDatabaseParameter(SessionStatement.SetStatement set) implements DatabaseChange {}

    /// INTEGRATION REFRESH … and other clauses of integrations, as words.
    record RefreshIntegration(String clause) implements DatabaseChange {}
  }

  /// DROP of any object but routines (see [RoutineStatement.DropRoutineStatement]).
  ///
  /// @param force DROP ROLE … FORCE
  /// @param externalDatabase DROP SCHEMA … DROP EXTERNAL DATABASE
  record DropStatement(
      ObjectKind kind,
      List<QualifiedName> names,
      boolean ifExists,
      boolean cascade,
      boolean force,
      boolean externalDatabase,
      int position)
      implements ObjectStatement {
    public DropStatement {
      names = List.copyOf(names);
    }
  }

  /// Kinds of named objects.
  enum ObjectKind {
    TABLE,
    VIEW,
    MATERIALIZED_VIEW,
    EXTERNAL_VIEW,
    COLUMN,
    CONSTRAINT,
    SCHEMA,
    DATABASE,
    USER,
    GROUP,
    ROLE,
    LIBRARY,
    LANGUAGE,
    MODEL,
    DATASHARE,
    IDENTITY_PROVIDER,
    MASKING_POLICY,
    RLS_POLICY,
    TEMPLATE,
    FUNCTION,
    PROCEDURE,
    AGGREGATE
  }

  /// COMMENT ON kind name IS 'text' | NULL.
  ///
  /// @param table of a constraint
  record CommentStatement(
      ObjectKind kind,
      QualifiedName name,
      Optional<QualifiedName> table,
      Optional<String> text,
      int position)
      implements ObjectStatement {}
}
