package io.redward.leader.catalog;

import io.redward.storage.table.Isolation;

/// A database.
///
/// @param isolation of its transactions
public record Database(int oid, String name, int owner, AccessList access, Isolation isolation)
    implements OwnedObject {
  public Database withAccess(AccessList access) {
    return new Database(oid, name, owner, access, isolation);
  }

  public Database withName(String name) {
    return new Database(oid, name, owner, access, isolation);
  }

  public Database withOwner(int owner) {
    return new Database(oid, name, owner, access, isolation);
  }

  public Database withIsolation(Isolation isolation) {
    return new Database(oid, name, owner, access, isolation);
  }
}
