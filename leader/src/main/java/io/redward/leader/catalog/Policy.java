package io.redward.leader.catalog;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A row-level security or masking policy. It holds where it is attached.
///
/// @param columns what its expressions may read, by name and type as text
/// @param alias the name its expressions may have for the relation
/// @param expressions the condition of a row policy; the masked values of a masking policy
/// @param searchPath the schemas its unqualified names are looked up in
/// @param lookups oids of the tables its subqueries may read
/// @param modifiedBy oid of the user who last changed it
/// @param modifiedAt when, in microseconds since 1970
public record Policy(
    int oid,
    int databaseOid,
    String name,
    Kind kind,
    List<Column> columns,
    Optional<String> alias,
    List<String> expressions,
    List<String> searchPath,
    Set<Integer> lookups,
    int modifiedBy,
    long modifiedAt)
    implements CatalogObject {
  /// What a policy does.
  public enum Kind {
    RLS,
    MASKING
  }

  /// A column a policy reads.
  public record Column(String name, String type) {}

  public Policy {
    columns = List.copyOf(columns);
    expressions = List.copyOf(expressions);
    searchPath = List.copyOf(searchPath);
    lookups = Set.copyOf(lookups);
  }

  Policy withOid(int newOid) {
    return placed(newOid, databaseOid, lookups);
  }

  public Policy withDatabase(int newDatabase) {
    return placed(oid, newDatabase, lookups);
  }

  public Policy withLookups(Set<Integer> changed) {
    return placed(oid, databaseOid, changed);
  }

  public Policy withExpressions(List<String> changed, int user, long micros) {
    return new Policy(
        oid, databaseOid, name, kind, columns, alias, changed, searchPath, lookups, user, micros);
  }

  private Policy placed(int oid, int databaseOid, Set<Integer> lookups) {
    return new Policy(
        oid,
        databaseOid,
        name,
        kind,
        columns,
        alias,
        expressions,
        searchPath,
        lookups,
        modifiedBy,
        modifiedAt);
  }

  /// `RLS policy` or `masking policy`.
  public String noun() {
    return kind == Kind.RLS ? "RLS policy" : "masking policy";
  }
}
