package io.redward.leader.binder;

import io.redward.foundation.batch.Batch;
import io.redward.spi.SystemTable;
import java.util.List;
import java.util.Optional;

/// A table of one statement's own, filled while it runs: the rows of a recursive query.
public final class WorkTable implements SystemTable {
  /// The schema that all of them are said to be in.
  public static final String SCHEMA = "pg_recursive";

  private final String name;
  private final List<Column> columns;
  private List<Batch> rows = List.of();

  WorkTable(String name, List<Column> columns) {
    this.name = name;
    this.columns = List.copyOf(columns);
  }

  @Override
  public String schema() {
    return SCHEMA;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  /// Puts these rows in place of what it holds.
  public void fill(List<Batch> batches) {
    rows = List.copyOf(batches);
  }

  @Override
  public Optional<List<Batch>> batches() {
    return Optional.of(rows);
  }

  @Override
  public void read(SystemRows out) {
    throw new UnsupportedOperationException("read as batches");
  }
}
