package io.redward.leader.catalog;

/// A schema of a database.
///
/// @param quota how many megabytes its tables may take; 0 without limit
public record Schema(
    int oid, int databaseOid, String name, int owner, AccessList access, long quota)
    implements OwnedObject {
  public Schema(int oid, int databaseOid, String name, int owner, AccessList access) {
    this(oid, databaseOid, name, owner, access, 0);
  }

  public Schema withName(String name) {
    return new Schema(oid, databaseOid, name, owner, access, quota);
  }

  public Schema withOwner(int owner) {
    return new Schema(oid, databaseOid, name, owner, access, quota);
  }

  public Schema withAccess(AccessList access) {
    return new Schema(oid, databaseOid, name, owner, access, quota);
  }

  public Schema withQuota(long megabytes) {
    return new Schema(oid, databaseOid, name, owner, access, megabytes);
  }
}
