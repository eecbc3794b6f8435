package io.redward.leader.catalog;

/// ALTER TABLE … ROW LEVEL SECURITY: whether a relation's row policies hold.
///
/// @param any several policies let through what one of them lets through; else what all do
public record RowSecurity(int oid, int relationOid, boolean on, boolean any)
    implements CatalogObject {
  @Override
  public String name() {
    return Integer.toString(relationOid);
  }

  /// `and` or `or`.
  public String conjunction() {
    return any ? "or" : "and";
  }
}
