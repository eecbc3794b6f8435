package io.redward.leader.catalog;

import io.redward.foundation.types.SqlType;
import java.util.List;
import java.util.Set;

/// A view. Its text is parsed and bound again wherever it is used.
///
/// @param text the query
/// @param columns names and types as of its creation; names may differ from the query's
/// @param lateBinding WITH NO SCHEMA BINDING: `columns` is what it had when last looked at
/// @param searchPath the schemas its unqualified names are looked up in
/// @param dependencies oids of the tables and views it reads; empty if it is late binding
public record ViewDefinition(
    int oid,
    int schemaOid,
    String name,
    int owner,
    String text,
    List<Column> columns,
    boolean lateBinding,
    List<String> searchPath,
    Set<Integer> dependencies,
    AccessList access)
    implements OwnedObject {
  /// A column of a view.
  public record Column(String name, SqlType type) {}

  public ViewDefinition {
    columns = List.copyOf(columns);
    searchPath = List.copyOf(searchPath);
    dependencies = Set.copyOf(dependencies);
  }

  public ViewDefinition withOid(int oid) {
    return new ViewDefinition(
        oid, schemaOid, name, owner, text, columns, lateBinding, searchPath, dependencies, access);
  }

  public ViewDefinition withName(String name) {
    return new ViewDefinition(
        oid, schemaOid, name, owner, text, columns, lateBinding, searchPath, dependencies, access);
  }

  public ViewDefinition withAccess(AccessList access) {
    return new ViewDefinition(
        oid, schemaOid, name, owner, text, columns, lateBinding, searchPath, dependencies, access);
  }

  public ViewDefinition withOwner(int owner) {
    return new ViewDefinition(
        oid, schemaOid, name, owner, text, columns, lateBinding, searchPath, dependencies, access);
  }
}
