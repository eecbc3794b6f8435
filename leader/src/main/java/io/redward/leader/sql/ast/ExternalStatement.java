package io.redward.leader.sql.ast;

import java.util.List;
import java.util.Optional;

/// Schemas and tables outside the warehouse, and sharing with other warehouses.
public sealed interface ExternalStatement extends Statement {

  /// CREATE EXTERNAL SCHEMA.
  ///
  /// @param source `data catalog`, `hive metastore`, `postgres`, `mysql`, `kinesis`, `msk`,
  ///     `kafka`, `redshift`
  record CreateExternalSchemaStatement(
      QualifiedName name,
      boolean ifNotExists,
      String source,
      List<RoutineStatement.NamedOption> options,
      int position)
      implements ExternalStatement {}

  /// CREATE EXTERNAL TABLE; with a query it writes the files.
  record CreateExternalTableStatement(
      QualifiedName name,
      boolean ifNotExists,
      List<ExternalColumn> columns,
      List<ExternalColumn> partitionedBy,
      List<RoutineStatement.NamedOption> rowFormat,
      String storedAs,
      String location,
      List<Property> properties,
      Optional<Query> query,
      int position)
      implements ExternalStatement {}

  /// A column; the type is absent in PARTITIONED BY of CREATE … AS.
  record ExternalColumn(Identifier name, Optional<TypeName> type) {}

  /// `'name' = 'value'`.
  record Property(String name, String value) {}

  /// `column = value`.
  record PartitionValue(Identifier column, Expr value) {}

  /// `PARTITION (…) LOCATION '…'`.
  record PartitionPlace(List<PartitionValue> partition, String location) {}

  /// ALTER EXTERNAL SCHEMA and other external objects.
  record AlterExternalSchemaStatement(
      QualifiedName name, List<RoutineStatement.NamedOption> options, int position)
      implements ExternalStatement {}

  /// CREATE DATASHARE.
  record CreateDatashareStatement(Identifier name, Optional<Boolean> publicAccessible, int position)
      implements ExternalStatement {}

  /// ALTER DATASHARE … ADD | REMOVE | SET.
  record AlterDatashareStatement(Identifier name, DatashareChange change, int position)
      implements ExternalStatement {}

  /// What ALTER DATASHARE does.
  sealed interface DatashareChange {
    /// ADD or REMOVE objects.
    record ChangeObjects(boolean add, AccessStatement.GrantTarget objects)
        implements DatashareChange {}

    record SetPublicAccessible(boolean value) implements DatashareChange {}

    record SetIncludeNew(boolean value, Identifier schema) implements DatashareChange {}
  }

  /// DESC DATASHARE.
  record DescribeDatashareStatement(
      Identifier name, Optional<String> account, Optional<String> namespace, int position)
      implements ExternalStatement {}
}
