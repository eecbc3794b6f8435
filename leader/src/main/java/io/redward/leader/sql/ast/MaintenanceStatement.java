package io.redward.leader.sql.ast;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// VACUUM and ANALYZE.
public sealed interface MaintenanceStatement extends Statement {

  /// VACUUM; without a table: all.
  record VacuumStatement(
      VacuumMode mode,
      Optional<QualifiedName> table,
      OptionalInt thresholdPercent,
      boolean boost,
      int position)
      implements MaintenanceStatement {}

  enum VacuumMode {
    FULL,
    SORT_ONLY,
    DELETE_ONLY,
    REINDEX,
    RECLUSTER
  }

  /// ANALYZE; without a table: all. Empty columns: all.
  record AnalyzeStatement(
      Optional<QualifiedName> table,
      List<Identifier> columns,
      AnalyzeScope scope,
      boolean verbose,
      int position)
      implements MaintenanceStatement {
    public AnalyzeStatement {
      columns = List.copyOf(columns);
    }
  }

  enum AnalyzeScope {
    UNSTATED,
    PREDICATE_COLUMNS,
    ALL_COLUMNS
  }

  /// ANALYZE COMPRESSION.
  record AnalyzeCompressionStatement(
      Optional<QualifiedName> table, List<Identifier> columns, OptionalLong rows, int position)
      implements MaintenanceStatement {
    public AnalyzeCompressionStatement {
      columns = List.copyOf(columns);
    }
  }
}
